"""Pixels: the pictures of public posts, and the cards that other sites show."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from hue.media import files as media
from hue.media import public
from hue.media.models import Picture, Portrait
from hue.pages import files, shell
from hue.pages.sources import File, PageSource
from hue.publishing import cards
from hue.publishing.feeds import scopes
from hue.publishing.models import Post, PostPicture
from hue.publishing.states import GONE


class Pictures(PageSource):
    """A picture is public as long as a published post shows it, or an officer their face."""

    name = "publishing.picture"
    rank = 0  # before the page that shows it
    in_sitemap = False
    folders = ("media",)
    suffixes = (".webp", ".jpg", ".jpeg", ".png", ".avif")

    def keys(self) -> Iterable[str]:
        return shown_pictures().values_list("pk", flat=True).iterator()

    def get(self, key: str) -> Picture | None:
        return shown_pictures().filter(pk=key).first()

    def path(self, item: Picture) -> str:
        return f"media/{max(item.sizes.items(), key=_width)[1]}"

    def files(self, item: Picture) -> Iterator[File]:
        public.show(item)
        for name in item.sizes.values():
            media.public(name).touch()  # so that a rebuild sees that somebody owns it
        yield from ()

    def gone(self, key: str) -> list[str]:
        """Its sizes, unless the very same picture is shown elsewhere."""
        picture = Picture.objects.filter(pk=key).first()
        if picture is None:
            return []
        twins = shown_pictures().filter(digest=picture.digest).values_list("sizes", flat=True)
        kept = {name for sizes in twins for name in sizes.values()}
        return [f"media/{name}" for name in picture.sizes.values() if name not in kept]


class Cards(PageSource):
    """The key is a card's digest. Made once for the same words; gone with the last post or page
    of them."""

    name = "publishing.card"
    rank = 8  # slow to draw, and nobody waits for it
    in_sitemap = False
    folders = ("cards",)
    suffixes = (".png",)

    def keys(self) -> Iterable[str]:
        """Those that are drawn already."""
        drawn = (file.stem for file in Path(settings.PUBLIC_ROOT, "cards").glob("*.png"))
        return list(drawn)

    def get(self, key: str) -> dict[str, str] | None:
        """What stands on it."""
        posts = Post.objects.filter(card=key, state="published", practice=False)
        post = posts.select_related("neighbourhood", "thread").first()
        if post and cards.digest_of(post) == key:
            return cards.facts(post)
        who = shell.who()
        pages = (cards.facts_of_page(scope, who) for scope in scopes())
        return next((told for told in pages if cards.digest(told) == key), None)

    def path(self, item: dict[str, str]) -> str:
        return cards.path_of(cards.digest(item))

    def gone(self, key: str) -> tuple[str, ...]:
        return (cards.path_of(key),)

    def files(self, item: dict[str, str]) -> Iterator[File]:
        drawn = files.within_root(self.path(item))
        if drawn.exists():
            drawn.touch()  # so that a rebuild sees that somebody owns it
        else:
            yield File(self.path(item), cards.png(item))


def shown_pictures() -> QuerySet[Picture]:
    posted = PostPicture.objects.filter(
        removed_at=None, post__state="published", post__practice=False
    ).exclude(post__thread__state__in=GONE)
    faces = Portrait.objects.public()
    return Picture.objects.filter(
        Q(pk__in=posted.values("picture")) | Q(pk__in=faces.values("picture"))
    )


def _width(size: tuple[str, str]) -> int:
    return int(size[0])
