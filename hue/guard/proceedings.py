"""Where somebody's case stands at a time, computed from dated steps, and whether it is active.

Contempt of Court Act 1981, section 2 and schedule 1: active from arrest, warrant, summons or
charge until acquittal, sentence or another end.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hue.guard.draft import Incident, Step
from hue.guard.policy import Policy

BEFORE_CHARGE = frozenset({"no_arrest", "warrant", "arrested", "bailed", "rui", "nfa"})
ACTIVE = frozenset({"warrant", "summons", "arrested", "bailed", "charged", "convicted"})
MONTH = timedelta(days=30)


def step_of(person: str, incident: Incident | None, at: datetime) -> Step | None:
    """The last step by then: the person's own, else one that names nobody."""
    done = [step for step in (incident.proceedings if incident else ()) if step.at <= at]
    own = [step for step in done if step.person == person]
    return latest(own or [step for step in done if not step.person])


def state_of(person: str, incident: Incident | None, at: datetime) -> str:
    step = step_of(person, incident, at)
    return step.state if step else "no_arrest"


def is_active(incident: Incident | None, at: datetime, policy: Policy) -> bool:
    """Whether anybody's case in this incident is."""
    people = {step.person for step in (incident.proceedings if incident else ())}
    steps = (step_of(person, incident, at) for person in people)
    return any(step is not None and _runs(step, at, policy) for step in steps)


def _runs(step: Step, at: datetime, policy: Policy) -> bool:
    if step.state == "rui":
        return policy.released_under_investigation_is_active
    if step.state == "warrant":
        return at < step.at + policy.warrant_lapses_months * MONTH
    return step.state in ACTIVE


def latest(steps: Iterable[Step]) -> Step | None:
    """Of two at one time the one that was written later."""
    return max(reversed(list(steps)), key=lambda step: step.at, default=None)
