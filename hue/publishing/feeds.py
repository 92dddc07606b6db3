"""What stands in a feed of the force, a unit, a neighbourhood, an event.

A post's entry keeps its permanent address as its name for ever; a corrected one comes again with
its new words, a withdrawn one with the reason instead of words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Value, prefetch_related_objects

from hue.events.models import LiveEvent
from hue.lib import clock
from hue.lib.html import to_html
from hue.pages import shell
from hue.people.models import LocalPolicingUnit, Neighbourhood
from hue.publishing.formats import Entry, Feed
from hue.publishing.models import NEWEST_FIRST, Post, PostPicture, PostQuerySet
from hue.publishing.states import GONE

NEWEST = 30
TOMBSTONES = {state: word.capitalize() for state, word in GONE.items()}
LATELY_CHANGED = 15  # of each kind: told again however old they are
# Four feeds are written after every post: reading whole rows took most of their time.
TOLD = (
    *("text", "note", "published_at", "corrected_at", "withdrawn_at"),
    *("state", "thread__state", "thread__note", "thread__withdrawn_at", "neighbourhood__name"),
    *("author__rank", "author__name", "author__public", "author__roles", "author__team__name"),
)


class Scope(NamedTuple):
    """What a feed, a page's newest lines and its widget are about.

    `key` is "force", "units/south", "neighbourhoods/kings-heath" or "events/day24".
    """

    key: str
    title: str
    says: str
    posts: PostQuerySet

    @property
    def base(self) -> str:
        """The address of its page."""
        return "/" if self.key == "force" else f"/{self.key}/"

    @property
    def topic(self) -> str:
        """Where open screens hear of it: "event/day24"."""
        return self.key.replace("s/", "/", 1)


def scope_of(key: str) -> Scope | None:
    """None: no such."""
    kind, _, slug = key.partition("/")
    return _SCOPES[kind](slug)


def scopes() -> Iterator[Scope]:
    """All of them."""
    yield of_force()
    yield from map(of_unit, LocalPolicingUnit.objects.iterator())
    yield from map(of_neighbourhood, Neighbourhood.objects.iterator())
    yield from map(of_event, LiveEvent.objects.iterator())


def feeds(scopes: Sequence[Scope]) -> Iterator[Feed]:
    """Of all of them at once: after a post four feeds repeat the same ones, read here once."""
    for scope, told in zip(scopes, _entries([scope.posts for scope in scopes]), strict=True):
        yield Feed(
            title=scope.title,
            says=scope.says,
            base=scope.base,
            address=settings.HUE_SITE + scope.base,
            author=shell.who()["name"],
            updated=max((entry.updated for entry in told), default=clock.now()),
            entries=told,
        )


def _entries(feeds: Sequence[PostQuerySet]) -> Iterator[list[Entry]]:
    """Of each the newest, and whatever older one was changed lately; newest first."""
    standing = _standing(feeds)
    ids = {pk for of_one in standing.values() for pk in of_one}
    read = Post.objects.filter(pk__in=ids).only(*TOLD)
    found = list(read.select_related("author__team", "neighbourhood", "thread").newest_first())
    prefetch_related_objects([post for post in found if post.corrected_at], "versions")
    pictures = _pictures(ids)
    told = [_entry(post, pictures.get(post.pk, "")) for post in found]
    for number in range(len(feeds)):
        yield [entry for entry in told if entry.id in standing[number]]


def _standing(feeds: Sequence[PostQuerySet]) -> dict[int, set[str]]:
    """The posts of each feed, by its number here; one query."""
    parts: list[Any] = []
    for number, posts in enumerate(feeds):
        numbered = posts.public().annotate(feed=Value(number)).values_list("feed", "pk")
        parts.append(numbered.order_by(*NEWEST_FIRST)[:NEWEST])
        for change in ("corrected_at", "withdrawn_at"):
            changed = numbered.exclude(**{change: None}).order_by(f"-{change}")
            parts.append(changed[:LATELY_CHANGED])
    found: dict[int, set[str]] = defaultdict(set)
    for number, pk in parts[0].union(*parts[1:], all=True):
        found[number].add(pk)
    return found


def _entry(post: Post, picture: str) -> Entry:
    assert post.published_at is not None
    told = post.withdrawn_at is None and not (post.thread and post.thread.withdrawn_at)
    title, words = _words(post) if told else _tombstone(post)
    return Entry(
        id=post.id,
        address=settings.HUE_SITE + post.address,
        title=title,
        html=words,
        author=post.author.publicly,
        published=post.published_at,
        updated=_updated(post),
        withdrawn=not told,
        picture=picture if told else "",
    )


def _words(post: Post) -> tuple[str, str]:
    place = post.neighbourhood.name if post.neighbourhood else ""
    short = post.text if len(post.text) <= 90 else f"{post.text[:89].rstrip()}…"
    words = f"<p>{to_html(post.text)}</p>"
    versions = post.versions.all() if post.corrected_at else ()
    reasons = [version.reason for version in versions if version.public]
    words += "".join(f"<p>Corrected: {to_html(reason)}</p>" for reason in reasons)
    title = " ".join(f"{place}: {short}".split()) if place else " ".join(short.split())
    return title, words


def _tombstone(post: Post) -> tuple[str, str]:
    gone = post if post.withdrawn_at or post.thread is None else post.thread
    why = "This post was withdrawn: " if gone.state == "withdrawn" else ""
    return TOMBSTONES[gone.state], f"<p>{why}{to_html(gone.note)}</p>"


def _updated(post: Post) -> datetime:
    root_withdrawn = post.thread.withdrawn_at if post.thread else None
    times = (post.published_at, post.corrected_at, post.withdrawn_at, root_withdrawn)
    return max(at for at in times if at is not None)


def _pictures(ids: Collection[str]) -> dict[str, str]:
    """The address of each post's first picture that still stands, in its largest size."""
    placed = PostPicture.objects.filter(post__in=ids, removed_at=None).order_by("-position")
    return {
        post: f"{settings.HUE_SITE}/media/{sizes[max(sizes, key=int)]}"
        for post, sizes in placed.values_list("post", "picture__sizes")
    }


def of_force() -> Scope:
    name = shell.who()["name"]
    return Scope("force", name, f"What {name} publishes.", Post.objects.all())


def of_unit(unit: LocalPolicingUnit) -> Scope:
    posts = Post.objects.filter(neighbourhood__unit=unit)
    return Scope(f"units/{unit.slug}", unit.name, f"What happens in {unit.name}.", posts)


def of_neighbourhood(place: Neighbourhood) -> Scope:
    posts = Post.objects.filter(neighbourhood=place)
    says = f"What happens in {place.name}."
    return Scope(f"neighbourhoods/{place.slug}", place.name, says, posts)


def of_event(event: LiveEvent) -> Scope:
    tag = event.hashtag
    return Scope(f"events/{tag}", f"#{tag}", event.purpose, Post.objects.filter(event=event))


def _force(slug: str) -> Scope:
    return of_force()


def _unit(slug: str) -> Scope | None:
    unit = LocalPolicingUnit.objects.filter(slug=slug).first()
    return of_unit(unit) if unit else None


def _neighbourhood(slug: str) -> Scope | None:
    place = Neighbourhood.objects.filter(slug=slug).first()
    return of_neighbourhood(place) if place else None


def _event(slug: str) -> Scope | None:
    event = LiveEvent.objects.filter(hashtag=slug).first()
    return of_event(event) if event else None


_SCOPES = {"force": _force, "units": _unit, "neighbourhoods": _neighbourhood, "events": _event}
