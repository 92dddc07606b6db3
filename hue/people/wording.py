"""Words of a person that go in public beside a post: the guard reads them at one door."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest

from hue.guard import check as guard
from hue.guard.draft import Draft
from hue.guard.finding import Finding, Severity, Verdict
from hue.guard.policy import Policy
from hue.pages.alarms import raise_alarm
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.roles import Permission

log = logging.getLogger(__name__)


def _cautious(draft: Draft) -> tuple[Draft, Policy]:
    return draft, guard.DEFAULT


# What the force has laid down for the guard: set at start by the room that keeps the policy.
laid_down: Callable[[Draft], tuple[Draft, Policy]] = _cautious


def ask(draft: Draft, rules: Policy) -> Verdict:
    """The guard's answer. A broken rule is an alarm on the desk, whoever asked."""
    verdict = guard.check(draft, rules)
    for broken in verdict.broken:
        says = f"The rule {broken.rule} of the guard failed: {broken.error}. Posts that it should "
        raise_alarm(f"guard.{broken.rule}", says + "have read go to a second person.", at=draft.at)
    return verdict


def must_pass(
    *texts: str, by: Officer, at: datetime, case: Draft | None = None, urgent: bool = False
) -> None:
    """Refused with the guard's sentence; `case` is what the desk knows around the words.

    No second person looks at such words, so what needs one is put there only by those who may be.
    `urgent`: why something is taken back or corrected. Nothing but a stop holds that up.
    """
    verdict = _read(texts, at, case)
    if verdict.broken and not urgent:
        # What the refusal takes back takes the alarm with it: the log keeps it.
        log.error("the guard failed: %s", verdict.broken)
        raise Refused("The guard could not read these words: ask the desk before you try again.")
    stops = [one for one in verdict.findings if one.severity is Severity.STOP]
    if stops:
        raise Refused(_says(stops))
    seconds = [one for one in verdict.findings if one.severity is Severity.SECOND]
    if seconds and not urgent and not by.may(Permission.APPROVE_POSTS):
        raise Refused(f"{_says(seconds)} As it is, only somebody who may approve posts writes it.")


def tell_advice(request: HttpRequest, *texts: str, at: datetime) -> None:
    """What was let through and could be said better."""
    if findings := _read(texts, at, None).findings:
        messages.info(request, f"Saved. The guard advises: {_says(findings)}")


def _read(texts: tuple[str, ...], at: datetime, case: Draft | None) -> Verdict:
    said = "\n".join(filter(None, texts))
    if not said:
        return Verdict(())
    return ask(*laid_down(replace(case or Draft("", at), text=said, at=at)))


def _says(findings: list[Finding] | tuple[Finding, ...]) -> str:
    return " ".join(dict.fromkeys(f"{one.wrong} {one.right}" for one in findings))
