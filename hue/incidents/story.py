"""What rooms above add to an incident's screens; each sets its part when the software starts."""

from collections.abc import Callable

from hue.incidents.models import Incident, IncidentQuerySet
from hue.people.models import Officer


def _nothing(incident: Incident, officer: Officer) -> str:
    return ""


def _none(incidents: IncidentQuerySet) -> IncidentQuerySet:
    return incidents.none()


# HTML: what was said about it in public, and a way to say more.
posts_about: Callable[[Incident, Officer], str] = _nothing
# Those that still owe the public an outcome.
owing: Callable[[IncidentQuerySet], IncidentQuerySet] = _none
