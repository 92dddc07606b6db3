"""What a change of a public post sets in motion: its line, its pages, the open screens."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hue.media import public
from hue.pages import stale
from hue.people.models import Officer
from hue.people.queries import pages_about
from hue.publishing import alerting, cards, outward, render, shelves
from hue.publishing.models import Post, PostPicture
from hue.streams.tell import take_back, tell_all

Page = tuple[str, str]
FEED, HOUR = "publishing.feed", "publishing.hour"


def announce(post: Post, change: str, *, at: datetime) -> None:
    """`change` is added, changed, withdrawn or restored: as it is for this post."""
    root, *followers = thread = draw(post)
    if post.practice:
        return
    if change == "added" and post.pk == root.pk:
        shelves.put(root)
    cards_too = (page for member in thread for page in _new_card(member))
    reached = outward.tell(post, thread, change, at=at)
    stale.mark(*pages_of(root, *followers), *cards_too, *reached, at=at)
    # A follow-up changes the line that is already on the screen.
    seen = change if post.pk == root.pk and change != "restored" else "changed"
    if change != "added":
        alerting.follow(post, at=at)
    if change in {"added", "restored"}:
        _show_pictures(post)
    elif change == "withdrawn" or post.versions.filter(redacted=True).exists():
        take_back(topics_of(root), root.id)
    _tell(root, seen, at=at)


def _tell(root: Post, change: str, *, at: datetime) -> None:
    message = {
        "id": root.id,
        "html": root.html,
        "place": render.place_of(root)["slug"],
        "at": root.published_at.isoformat() if root.published_at else "",
    }
    tell_all(topics_of(root), change, message, at=at)


def draw(post: Post) -> list[Post]:
    """The thread's line as its rows are now: another may have withdrawn words since `post` was
    read. Gives the thread, its first post locked."""
    root = Post.objects.to_read().locked(post.root)
    thread = render.thread_of(root)
    post.root.html = root.html = render.line(thread)
    Post.objects.filter(pk=root.pk).update(html=root.html)
    return thread


def sign_again(officer: Officer, *, at: datetime) -> None:
    """Every public line of theirs, and every line they answered in, rendered and written anew."""
    stale.mark(*pages_about(officer, officer.team), at=at)
    theirs = Post.objects.public().filter(Q(author=officer) | Q(followers__author=officer))
    for root in theirs.filter(thread=None).distinct().iterator(500):
        with transaction.atomic():
            drawn, *followers = draw(root)
            stale.mark(*pages_of(drawn, *followers), at=at)
            if take_back(topics_of(drawn), drawn.id):  # somebody may still come back for it
                _tell(drawn, "changed", at=at)


def topics_of(post: Post) -> list[str]:
    topics = ["force"]
    if post.event:
        topics.append(f"event/{post.event.hashtag}")
    if post.neighbourhood:
        topics.append(f"neighbourhood/{post.neighbourhood.slug}")
        topics.append(f"unit/{post.neighbourhood.unit.slug}")
    return topics


def pages_of(root: Post, *followers: Post) -> list[Page]:
    """The pages on which a thread stands: a number that does not grow with the archive."""
    return [
        # Each of the thread's pages shows the whole thread.
        *(("publishing.post", member.id) for member in (root, *followers)),
        ("publishing.home", ""),
        ("publishing.standing", "news"),
        (FEED, "force"),
        *_pages_of_places(root, *followers),
        *_pages_of_event(root),
        *_pages_of_author(root),
        *shelves.pages_of(root),
        *_pictures_of(root),
    ]


def _pictures_of(root: Post) -> list[Page]:
    thread = Q(post=root) | Q(post__thread=root)
    shown = PostPicture.objects.filter(thread).values_list("picture", flat=True)
    return [("publishing.picture", picture) for picture in shown]


def _show_pictures(post: Post) -> None:
    """At once: readers who are told ask for them before the page's writer comes to it.

    Still inside the transaction, whose lock on the post keeps a withdrawal waiting.
    """
    for placed in post.placed_pictures.filter(removed_at=None).select_related("picture"):
        public.show(placed.picture)


def _pages_of_places(*thread: Post) -> Iterator[Page]:
    """What follows up may be about another place."""
    for place in {member.neighbourhood for member in thread}:
        if place is None:
            continue
        yield "publishing.neighbourhood", place.slug
        yield "publishing.unit", place.unit.slug
        yield FEED, f"neighbourhoods/{place.slug}"
        yield FEED, f"units/{place.unit.slug}"


def _pages_of_event(root: Post) -> list[Page]:
    if root.event is None or root.published_at is None:
        return []
    tag = root.event.hashtag
    pages = [("publishing.event", tag), (FEED, f"events/{tag}")]
    same = Post.objects.public().filter(event=root.event, thread=None)
    # The hour before has to lead to this one.
    before = same.filter(published_at__lt=hour_of(root.published_at)).newest_first()
    earlier = before.values_list("published_at", flat=True).first()
    hours = [root.published_at, *([earlier] if earlier else [])]
    return pages + [(HOUR, f"{tag}/{hour_key(at)}") for at in hours]


def _pages_of_author(root: Post) -> list[Page]:
    if not root.author.public:
        return []
    pages = [("publishing.officer", str(root.author.pk))]
    if root.author.team:
        pages.append(("publishing.team", root.author.team.slug))
    return pages


def hour_of(at: datetime) -> datetime:
    """The full hour on the force's clocks; the repeated one in autumn counts as one."""
    return timezone.localtime(at).replace(minute=0, second=0, microsecond=0, fold=0)


def hour_key(at: datetime) -> str:
    """ "2026-07-09-14", as in the page's address."""
    return f"{hour_of(at):%Y-%m-%d-%H}"


def new_cards(*, at: datetime) -> None:
    """Every card by its new name, drawn as there is time; the old ones go."""
    for post in Post.objects.to_read().exclude(card="").iterator(500):
        with transaction.atomic():
            stale.mark(*_new_card(post), at=at)


def _new_card(post: Post) -> list[Page]:
    """The card of its words, and the one of the words it had before."""
    old, post.card = post.card, cards.digest_of(post)
    if old != post.card:
        Post.objects.filter(pk=post.pk).update(card=post.card)
    return [("publishing.card", digest) for digest in {old, post.card} - {""}]


def decided(post: Post, *, at: datetime) -> None:
    """The desk and the author see at once what became of a post that waited."""
    told = {"post": post.id, "state": post.state}
    tell_all(["desk", f"officer/{post.author.pk}"], "decided", told, at=at)
