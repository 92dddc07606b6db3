"""A burglary, an arrest, and what officers say meanwhile."""

from datetime import timedelta

from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast

SOON = NOON + timedelta(minutes=5)
CLEAN = "A man was helped home from the High Street. All calm again."
CALM = "We have been to a house in Kings Heath; nobody was hurt."
PHONE = "Ring Dan on 07700 900123 if you saw the van."
BURGLAR = "The burglar came through the garden door and left his gloves."


def happened(cast: Cast) -> Incident:
    return incidents.report(
        by=cast.officer,
        at=NOON - timedelta(hours=3),
        kind="burglary",
        happened_at=NOON - timedelta(hours=4),
        neighbourhood=cast.kings_heath,
    )


def wrote(by: Officer, text: str, send: str = "publish", **also: object) -> Post:
    return actions.compose(by=by, at=NOON, draft=Draft(text, **also), send=send)  # type: ignore[arg-type]


def arrest(cast: Cast, incident: Incident) -> None:
    incidents.add_step(by=cast.sergeant, at=SOON, incident=incident, step="arrested", when=SOON)
    actions.recheck(by=system(), at=SOON, incident=incident)
