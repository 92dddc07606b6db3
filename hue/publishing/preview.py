"""What another policy would have done with the posts of the last 90 days.

Each post is asked about as it was: its first public words, its case and its time at publication.
Pictures and roles are those of today; nothing older is kept of them.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from hue.governance.models import Election
from hue.governance.policy import Policy
from hue.governance.reading import laid_down
from hue.guard import check as guard
from hue.guard.finding import Finding, Severity, Verdict
from hue.incidents.case import Cases
from hue.people.access import Refused
from hue.publishing import access
from hue.publishing.guarding import LATELY, OTHERS, Words, draft_of
from hue.publishing.models import Post, PostPicture, PostQuerySet, Version
from hue.publishing.states import GONE, PUBLIC

BACK = timedelta(days=90)
BATCH = 100
LISTED = 50  # of each change: the count says how many there are
# What a policy makes of a post, and what it is called when another made something else of it.
ALONE, SECOND, STOPPED = "alone", "second", "stopped"
CHANGES = {
    (ALONE, SECOND): "needs_second",
    (ALONE, STOPPED): "stopped",
    (SECOND, STOPPED): "stopped",
    (SECOND, ALONE): "no_second",
    (STOPPED, ALONE): "not_stopped",
    (STOPPED, SECOND): "not_stopped",
}


@dataclass
class Preview:
    posts: int = 0
    sealed: int = 0  # words that were taken back, and are not read again for this
    counts: Counter[str] = field(default_factory=Counter)
    listed: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, post: Post, change: str, why: str) -> None:
        self.counts[change] += 1
        some = self.listed.setdefault(change, [])
        if len(some) < LISTED:
            some.append(_told(post, why))

    def as_json(self) -> dict[str, Any]:
        return {
            "posts": self.posts,
            "sealed": self.sealed,
            "counts": dict(self.counts),
            "listed": self.listed,
        }


class Colleagues:
    """What was published in the days before, as posts pass by in order of their time."""

    def __init__(self) -> None:
        self._lately: deque[tuple[datetime, int, str]] = deque()

    def of(self, author: int, at: datetime) -> tuple[str, ...]:
        while self._lately and self._lately[0][0] <= at - LATELY:
            self._lately.popleft()
        others = (text for _, by, text in reversed(self._lately) if by != author)
        return tuple(islice(others, OTHERS))

    def heard(self, post: Post, text: str, at: datetime) -> None:
        self._lately.append((at, post.author_id, text))


def published_lately(*, at: datetime) -> PostQuerySet:
    lately = Post.objects.filter(published_at__gt=at - BACK, published_at__lte=at)
    return lately.filter(state__in=PUBLIC, practice=False).order_by("published_at", "id")


def preview(
    posts: PostQuerySet, before: Policy, after: Policy, each: Callable[[int], None]
) -> Preview:
    """`each` hears how many posts are done, now and then."""
    seen, colleagues, elections = Preview(), Colleagues(), list(Election.objects.all())
    rows = _with_parts(posts).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        cases = Cases([post.incident for post in batch if post.incident])
        for post in batch:
            _ask(post, cases, colleagues, elections, (before, after), seen)
        seen.posts += len(batch)
        each(seen.posts)
    return seen


def _with_parts(posts: PostQuerySet) -> PostQuerySet:
    first = Version.objects.filter(public=True).order_by("number")
    return posts.select_related("author", "neighbourhood", "incident").prefetch_related(
        Prefetch("versions", queryset=first, to_attr="once_public"),
        Prefetch("placed_pictures", queryset=PostPicture.objects.select_related("picture")),
    )


def _ask(
    post: Post,
    cases: Cases,
    colleagues: Colleagues,
    elections: list[Election],
    policies: tuple[Policy, Policy],
    seen: Preview,
) -> None:
    text, at = _first_words(post), post.published_at
    assert at is not None
    if not text:
        seen.sealed += 1
        return
    pictures = tuple(placed.picture for placed in post.placed_pictures.all())
    words = Words(text, post.author, post.incident, post.event_id is not None, pictures)
    case = cases.of(post.incident, at=at) if post.incident else None
    draft = draft_of(words, at, case, colleagues.of(post.author_id, at))
    fates = [
        _fate(post, words, guard.check(*laid_down(draft, one, elections)), one) for one in policies
    ]
    colleagues.heard(post, text, at)
    (before, why_before), (after, why_after) = fates
    if before != after:
        gone = after == ALONE or before == STOPPED
        seen.add(post, CHANGES[before, after], why_before if gone else why_after)


def _first_words(post: Post) -> str:
    """As they first stood in public; of words taken back, none."""
    versions: list[Version] = post.once_public  # type: ignore[attr-defined]
    if post.state in GONE or any(version.redacted for version in versions):
        return ""
    return versions[0].text if versions else post.text


def _fate(post: Post, words: Words, verdict: Verdict, rules: Policy) -> tuple[str, str]:
    """What the policy makes of it, and why."""
    if why := _why_refused(words, rules):
        return STOPPED, why
    if stops := [one for one in verdict.findings if one.severity is Severity.STOP]:
        return STOPPED, _named(stops)
    if why := access.why_second_person(post, words.pictures, rules):
        return SECOND, why
    seconds = [one for one in verdict.findings if one.severity is Severity.SECOND]
    return (SECOND, _named(seconds)) if seconds else (ALONE, "")


def _why_refused(words: Words, rules: Policy) -> str:
    if len(words.pictures) > rules.pictures_a_post:
        return f"It has {len(words.pictures)} pictures; the limit is {rules.pictures_a_post}."
    try:
        access.words_that_fit(words.text, rules)
    except Refused as refusal:
        return str(refusal)
    return ""


def _named(findings: Iterable[Finding]) -> str:
    return " ".join(dict.fromkeys(f"{one.wrong} ({one.rule})" for one in findings))


def _told(post: Post, why: str) -> dict[str, str]:
    """Never its words: they may be taken back later."""
    assert post.published_at is not None
    return {
        "address": reverse("publishing:item", args=[post.pk]),
        "what": f"{post.place}, {post.author}",
        "at": post.published_at.isoformat(),
        "why": why,
    }
