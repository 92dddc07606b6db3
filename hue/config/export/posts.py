"""What stood in public, as pages that any browser opens: one for each month."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, linebreaks

from hue.governance.models import Removal
from hue.media.models import Picture
from hue.publishing.models import Post, PostPicture, PostQuerySet, Version
from hue.publishing.states import GONE

CHUNK = 500
HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{}</title><style>'
    "body{{font:1rem/1.5 sans-serif;max-width:40rem;margin:auto;padding:1rem}}"
    "article{{border-top:1px solid;margin-top:2rem}}img{{max-width:100%}}</style></head><body>"
    "<h1>{}</h1>"
)


def months() -> list[date]:
    return list(_public().dates("published_at", "month"))


def index(months: list[date]) -> Iterator[str]:
    yield format_html(HEAD, "Posts", "Posts")
    yield "<ul>"
    for month in months:
        yield format_html('<li><a href="{}">{}</a></li>', f"{month:%Y-%m}.html", f"{month:%B %Y}")
    yield "</ul></body></html>"


def month(of: date) -> Iterator[str]:
    yield format_html(HEAD, f"{of:%B %Y}", f"Posts of {of:%B %Y}")
    posts = (
        _public()
        .filter(published_at__year=of.year, published_at__month=of.month)
        .select_related("author__team__neighbourhood", "neighbourhood", "thread")
        .prefetch_related("versions", "placed_pictures__picture")
        .order_by("published_at", "pk")
    )
    for post in posts.iterator(CHUNK):
        yield from _article(post)
    yield "</body></html>"


def hidden_files() -> set[str]:
    """Pictures that were taken back: nothing that still stands has them."""
    gone = Q(removed_at__isnull=False) | Q(post__state__in=GONE) | Q(post__thread__state__in=GONE)
    placed = PostPicture.objects.filter(gone)
    stands = PostPicture.objects.exclude(gone)
    hidden = Picture.objects.filter(pk__in=placed.values("picture"))
    digests = Picture.objects.filter(pk__in=stands.values("picture")).values("digest")
    return {
        name
        for sizes in hidden.exclude(digest__in=digests).values_list("sizes", flat=True)
        for name in sizes.values()
    }


def _public() -> PostQuerySet:
    return Post.objects.public().exclude(published_at=None)


def _article(post: Post) -> Iterator[str]:
    assert post.published_at is not None
    at = timezone.localtime(post.published_at)
    yield format_html(
        '<article id="{}"><h2>{} {}</h2>', post.pk, f"{at:%d %B %Y, %H:%M}", post.place
    )
    yield format_html("<p>{}, {}</p>", post.author.publicly, post.get_kind_display())
    if post.thread and post.thread.published_at:
        first = f"{timezone.localtime(post.thread.published_at):%Y-%m}.html#{post.thread_id}"
        yield format_html('<p>Goes on from <a href="{}">{}</a></p>', first, post.thread_id)
    gone = next((one for one in (post, post.thread) if one and one.state in GONE), None)
    if gone:
        yield _withdrawn(gone)
    else:
        yield linebreaks(post.text, autoescape=True)
        yield from (_picture(placed.picture) for placed in _shown(post))
        yield from (_before(version) for version in post.versions.all() if version.public)
    yield "</article>"


def _withdrawn(post: Post) -> str:
    removal = Removal.objects.filter(subject=f"post:{post.pk}").order_by("-at").first()
    return format_html("<p>Withdrawn. {}</p>", removal.reason if removal else "")


def _shown(post: Post) -> Iterator[PostPicture]:
    placed = sorted(post.placed_pictures.all(), key=lambda one: one.position)
    return (one for one in placed if one.removed_at is None)


def _picture(picture: Picture) -> str:
    largest = picture.sizes[max(picture.sizes, key=int)]
    return format_html('<p><img src="../media/{}" alt="{}"></p>', largest, picture.alt)


def _before(version: Version) -> str:
    was = "The words before are sealed." if version.redacted else f"It said: {version.text}"
    return format_html("<p><small>Corrected: {} {}</small></p>", version.reason, was)
