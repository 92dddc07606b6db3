"""Which posts may be decided several at once: the one place that says so, and why another not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hue.governance.policy import Policy
from hue.guard.finding import Finding
from hue.guard.proceedings import is_active
from hue.incidents.case import Case
from hue.media.models import SHOWS
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import access, guarding
from hue.publishing.models import Post


def why_alone(
    post: Post,
    findings: Iterable[Finding],
    *,
    by: Officer,
    at: datetime,
    rules: Policy,
    case: Case | None,
) -> str:
    """Empty: it may be decided together with others."""
    found = list(findings)
    persons = [picture for picture in guarding.shown(post) if picture.shows]
    if stops := guarding.open_stops(post, found):
        return f"The guard stops it. {guarding.in_words(stops)}"
    if seconds := guarding.seconds(found):
        return f"The guard asks for a closer look. {guarding.in_words(seconds)}"
    if case is not None and is_active(case.incident, at, rules.guard):
        return "Proceedings are active in its case."
    if persons:
        return f"Its picture shows a person: {SHOWS[persons[0].shows].lower()}."
    return _late(post, at, rules) or _not_by(post, by, rules)


def _late(post: Post, at: datetime, rules: Policy) -> str:
    if post.received_at - post.written_at > timedelta(minutes=rules.late_after_minutes):
        return "It reached us late: is it still right?"
    if post.state != "published" and post.publish_at and post.publish_at <= at:
        return "Its time has passed: is it still right?"
    return ""


def _not_by(post: Post, by: Officer, rules: Policy) -> str:
    """What holds for one decision holds for many."""
    try:
        access.may_decide(by, post)
        access.other_words_than_ones_own(by, post, rules)
    except Refused as refusal:
        return str(refusal)
    return ""
