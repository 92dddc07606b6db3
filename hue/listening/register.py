"""The register of rumours in words, for the desk."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from hue.channels.models import Account
from hue.lib import clock
from hue.listening import access
from hue.listening.models import Rebuttal, Rumour, Sighting, Verdict
from hue.listening.queries import rumours as queries
from hue.listening.spark import spark
from hue.listening.states import VERDICTS
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.access import why_not_seen

WORDS = {
    "unverified": "We do not know yet.",
    "false": "No.",
    "true": "Yes.",
    "partly": "Partly.",
    "cannot_say": "We cannot say.",
    "independent": "Somebody independent of us is looking into this.",
    "merged": "This is answered together with another question.",
}
STATES = {
    "unverified": ("not answered yet", "wait"),
    "false": ("answered: no", "out"),
    "true": ("answered: yes", "out"),
    "partly": ("answered: partly", "out"),
    "cannot_say": ("answered: we cannot say", "out"),
    "independent": ("under independent investigation", "wait"),
    "merged": ("part of another one", "stop"),
}


def lead(state: str, answer: str) -> str:
    """The first sentence of the public page."""
    return f"{WORDS[state]} {answer}".strip()


def moment(at: datetime) -> str:
    """As an entry of the record has it: where the force is."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


def words_of_a_post(found: Rumour) -> str:
    """The fact stands first: what is read first is remembered."""
    link = settings.HUE_SITE + found.address
    return f"{found.answer}\n\n{found.question} {WORDS[found.state]}\n{link}"


def rumour(found: Rumour, by: Officer, *, at: datetime) -> dict[str, Any]:
    """One entry with its whole story, and what this officer may do about it."""
    words, kind = STATES[found.state]
    proposed = found.verdicts.filter(state="proposed").select_related("by").first()
    decides = by.may(Permission.DECIDE_RUMOURS)
    return {
        "rumour": found,
        "state_words": words,
        "state_kind": kind,
        "lead": lead(found.state, found.answer),
        "overdue": clock.in_words(at - found.next_check_at) if found.next_check_at <= at else "",
        "grown": queries.growth(found, at=at),
        "where": queries.where_seen(found),
        "places": queries.places_seen(found),
        "spark": spark(queries.by_hour(found, at=at), "hour of the last day"),
        "checks": found.checks.select_related("by"),
        "verdicts": found.verdicts.exclude(state="proposed").select_related("by", "second"),
        "proposed": proposed,
        "may_second": proposed is not None and not _why_not_second(by, proposed),
        "why_not_second": _why_not_second(by, proposed) if proposed and decides else "",
        "rebuttals": _rebuttals(by, found),
        "may_rebut": _may_rebut(by, found),
        "advice": advice(queries.where_seen(found)),
        "challenges": found.challenges.all() if decides else [],
        "may_keep": not by.practice and by.may(Permission.KEEP_RUMOURS) and found.state != "merged",
        "may_decide": decides and not by.practice and found.state != "merged",
        "why_no_verdict": _why_no_verdict(by, found) if decides else "",
        "story": queries.story(found, opened=decides),
    }


def advice(where: list[dict[str, Any]]) -> list[str]:
    """Where it was seen most, and whether a post reaches those who saw it there."""
    total = sum(one["n"] for one in where)
    ours = set(Account.objects.open().values_list("network", flat=True))
    return [_of_source(one, total, ours) for one in where[:3]]


def _of_source(one: dict[str, Any], total: int, ours: set[str]) -> str:
    seen = f"{one['n']} of {total} times on {one['label']}"
    if one["source"] == "other":
        return f"Seen {one['n']} of {total} times {one['label']}."
    if one["source"] not in {slug for slug, _ in Sighting.SOURCES[:11]}:
        return f"Seen {one['n']} of {total} times by {one['label']}."
    if one["source"] in ours:
        return f"Seen {seen}: the post goes to our account there."
    return f"Seen {seen}, where we have no open account: ask those who do to pass the link on."


def _rebuttals(by: Officer, found: Rumour) -> list[Rebuttal]:
    """A draft is seen by its author's team alone."""
    posts = found.rebuttals.select_related("post__author", "by")
    return [one for one in posts if not why_not_seen(by, one.post)]


def _may_rebut(by: Officer, found: Rumour) -> bool:
    answered = found.state in VERDICTS and found.shown_at is not None
    return answered and not by.practice and by.may(Permission.WRITE_POSTS)


def _why_no_verdict(by: Officer, found: Rumour) -> str:
    try:
        access.may_give_verdict(by, found)
    except Refused as refusal:
        return str(refusal)
    return ""


def _why_not_second(by: Officer, proposed: Verdict) -> str:
    try:
        access.may_second(by, proposed)
    except Refused as refusal:
        return str(refusal)
    return ""


def row(found: Rumour, *, at: datetime) -> dict[str, Any]:
    """A line of the register."""
    words, kind = STATES[found.state]
    late = found.state != "merged" and found.next_check_at <= at
    return {"rumour": found, "state_words": words, "state_kind": kind, "late": late}
