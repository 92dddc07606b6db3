"""The guard asked about a post: its words, its pictures, and what the desk knows of the case."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hue.governance import policy
from hue.governance.policy import Policy
from hue.governance.reading import laid_down
from hue.guard import check as guard
from hue.guard.draft import Draft, Order
from hue.guard.finding import Finding, Severity, Verdict
from hue.incidents.case import Case, facts, forbidden_words
from hue.incidents.models import Incident
from hue.media.facts import of as facts_of_picture
from hue.media.models import Picture
from hue.people import wording
from hue.people.models import Officer
from hue.publishing.models import Look, Post

LATELY = timedelta(days=3)
OTHERS = 100  # newest posts of colleagues that one's own words are compared with


@dataclass(frozen=True)
class Words:
    """What is asked about: of a post, or of what somebody is still typing."""

    text: str
    by: Officer
    incident: Incident | None = None
    in_event: bool = False
    pictures: tuple[Picture, ...] = ()
    alts: tuple[str, ...] = field(default=())  # of pictures that are not kept yet


def check(words: Words, *, at: datetime, rules: Policy | None = None) -> Verdict:
    """A broken rule is an alarm on the desk; the verdict then asks for a second person.

    `rules` is the policy in force, where somebody has just read it.
    """
    return wording.ask(*laid_down(_draft(words, at), rules))


def shown(post: Post) -> tuple[Picture, ...]:
    """Its pictures, those taken away left out."""
    placed = post.placed_pictures.filter(removed_at=None).select_related("picture")
    return tuple(one.picture for one in placed)


def words_of(post: Post, text: str | None = None) -> Words:
    return Words(
        text=post.text if text is None else text,
        by=post.author,
        incident=post.incident,
        in_event=post.event_id is not None,
        pictures=shown(post),
    )


def look(post: Post, *, at: datetime) -> Verdict:
    """Asks, and keeps what was said: the proof that reasonable care was taken."""
    rules = policy.in_force(at=at)
    verdict = check(words_of(post), at=at, rules=rules)
    keep(post, verdict, rules, at=at)
    return verdict


def keep(post: Post, verdict: Verdict, rules: Policy, *, at: datetime) -> None:
    Look.objects.create(
        post=post,
        version=post.version,
        at=at,
        edition=guard.edition(),
        policy=rules.number,
        findings=[_kept(finding) for finding in verdict.findings],
    )


def reason_must_pass(post: Post, reason: str, *, by: Officer, at: datetime) -> None:
    """What the public reads about a post in place of its words must not repeat the harm."""
    case = facts(post.incident, at=at).around("", at=at) if post.incident else None
    wording.must_pass(reason, by=by, at=at, case=case, urgent=True)


def note_again(post: Post, *, at: datetime) -> None:
    """A draft that was stopped says what stops it now: its words or its case have changed."""
    last = post.looks.order_by("-id").first()
    if last is None or all(kept["severity"] != Severity.STOP for kept in last.findings):
        return  # why it waits was written by a person
    post.note = in_words(open_stops(post, check(words_of(post), at=at).findings))
    post.save(update_fields=["note"])


def open_stops(post: Post, findings: Iterable[Finding]) -> list[Finding]:
    """Stops that nobody who may has overridden for these words."""
    stops = [finding for finding in findings if finding.severity is Severity.STOP]
    if not stops:
        return []
    of_these_words = post.overrides.filter(version=post.version)
    done = {(one.rule, *place) for one in of_these_words for place in one.places}
    return [finding for finding in stops if finding.place not in done]


def seconds(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.SECOND]


def new_since(post: Post, findings: Iterable[Finding]) -> list[Finding]:
    """What nobody had seen when these words were last let pass: the case has changed."""
    last = post.looks.filter(version=post.version).order_by("-id").first()
    known = {_place(kept) for kept in last.findings} if last else set()
    return [one for one in seconds(findings) if one.place not in known]


def brought_in(post: Post, text: str, verdict: Verdict, *, at: datetime) -> list[Finding]:
    """Of other words for a post: what asks for a second person and did not stand in its own."""
    asks = seconds(verdict.findings)
    if not asks:
        return []
    before = check(words_of(post), at=at).findings
    known = {_what(finding, post.text) for finding in before}
    return [finding for finding in asks if _what(finding, text) not in known]


def _what(finding: Finding, text: str) -> tuple[str, str, str]:
    """Wherever it stands: other words around it have moved it."""
    words = text[finding.start : finding.end] if finding.field == "text" else ""
    return finding.rule, finding.field, words


def in_words(findings: Iterable[Finding]) -> str:
    """Each sentence once."""
    return " ".join(dict.fromkeys(finding.wrong for finding in findings))


def _place(kept: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(kept[name] for name in ("rule", "field", "start", "end"))


def _kept(finding: Finding) -> dict[str, object]:
    """Where and what, never the words themselves: they may be what must be sealed."""
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
    }


def _draft(words: Words, at: datetime) -> Draft:
    case = facts(words.incident, at=at) if words.incident else None
    return draft_of(words, at, case, _of_colleagues(words.by, at), forbidden_words(at=at))


def draft_of(
    words: Words,
    at: datetime,
    case: Case | None,
    recent: tuple[str, ...],
    forbidden: tuple[Order, ...] = (),
) -> Draft:
    """What the guard is given, where the case and the words of colleagues are known; `forbidden`
    are orders of courts about words, made in any case."""
    return replace(
        case.around(words.text, at=at) if case else Draft(words.text, at),
        orders=tuple(dict.fromkeys((*(case.orders if case else ()), *forbidden))),
        kind="event_line" if words.in_event else "update",
        alt_texts=(*(picture.alt for picture in words.pictures), *words.alts),
        pictures=tuple(facts_of_picture(picture) for picture in words.pictures),
        recent_texts=recent,
    )


def _of_colleagues(by: Officer, at: datetime) -> tuple[str, ...]:
    newest = Post.objects.filter(state="published", practice=False, published_at__gt=at - LATELY)
    others = newest.exclude(author=by).newest_first().values_list("text", flat=True)
    return tuple(others[:OTHERS])
