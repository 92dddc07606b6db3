"""A drill is played in an installation of its own, and nowhere else."""

from django.conf import settings

from hue.drill.script import Event, events
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

SLOWEST, FASTEST = 1.0, 60.0


def may_drill(by: Officer) -> None:
    require(by, Permission.RUN_DRILLS)
    if not settings.HUE_DRILL:
        raise Refused(
            "A drill is played in a place of its own, so that nothing of it reaches the public: "
            "start one with `hue drill`."
        )


def known_event(slug: str) -> Event:
    if slug not in events():
        raise Refused(f"There is no drill “{slug}”. These are written: {', '.join(events())}.")
    return events()[slug]


def a_speed(speed: float) -> float:
    if not SLOWEST <= speed <= FASTEST:
        raise Refused("A drill runs 1 to 60 times as fast as life: choose a speed between them.")
    return speed
