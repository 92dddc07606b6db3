"""A rumour as tests enter and answer it."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.decide import Answer
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Rumour, Verdict
from hue.pages.build import write_stale
from hue.people.models import LocalPolicingUnit, Officer
from tests.cast import NOON, Cast

QUESTION = "Are shops on fire in Kings Heath?"
CLAIM = "they are burning the shops on the high street"
FACT = "No shop in Kings Heath is on fire: the fire service was called to one bin."


def entered(cast: Cast, **also: Any) -> Rumour:
    told: dict[str, Any] = {
        "by": cast.officer,
        "at": NOON,
        "question": QUESTION,
        "claim": CLAIM,
        "places": [cast.kings_heath],
        "glimpse": Glimpse("facebook", cast.kings_heath, count=14),
        **also,
    }
    return actions.enter(**told)


def answer(verdict: str = "false", says: str = FACT, **also: Any) -> Answer:
    told: dict[str, Any] = {
        "verdict": verdict,
        "says": says,
        "looked_at": "The fire service's log, and an officer on the high street.",
        "rationale": "Control has one call, for a bin; the patrol sees open shops.",
        "next_check_at": NOON + timedelta(days=1),
        **also,
    }
    return Answer(**told)


def decided(cast: Cast, rumour: Rumour, *, by: Officer | None = None, **also: Any) -> Verdict:
    at = also.pop("at", NOON + timedelta(minutes=20))
    show = also.pop("show", True)
    return actions.decide(
        by=by or cast.sergeant,
        at=at,
        rumour=rumour,
        seen=Rumour.objects.get(pk=rumour.pk).version,
        answer=answer(**also),
        show=show,
    )


def public(path: str) -> str:
    """A public file as it stands once everything stale was written; "" where there is none."""
    write_stale(at=NOON)
    file = settings.PUBLIC_ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


def elsewhere(cast: Cast, officer: Officer) -> Officer:
    """Somebody of another unit."""
    north = LocalPolicingUnit.objects.create(force=cast.force, slug="north", name="North")
    officer.unit = north
    officer.save(update_fields=["unit"])
    return officer
