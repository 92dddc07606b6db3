"""Playing the cues that are due, through the actions that the public form and the desk use."""

from datetime import datetime

from django.db import transaction

from hue.drill.models import DrillCue
from hue.drill.spotting import rumour_of
from hue.listening.actions import rumours
from hue.listening.actions.rumours.enter import Glimpse
from hue.people.models import Neighbourhood
from hue.people.queries import system
from hue.streams.tell import tell

AT_ONCE = 100


def play_due(*, at: datetime) -> int:
    """The oldest first; how many."""
    waiting = list(DrillCue.objects.due(at=at).values_list("pk", flat=True)[:AT_ONCE])
    return sum(_play(pk) for pk in waiting)


@transaction.atomic
def _play(pk: int) -> bool:
    cue = DrillCue.objects.select_for_update(skip_locked=True).filter(pk=pk, played_at=None).first()
    if cue is None:
        return False
    PARTS[cue.what](cue)
    cue.played_at = cue.due_at
    cue.save(update_fields=["played_at", "asked"])
    return True


def _asked(cue: DrillCue) -> None:
    """Each from a connection of its own, as many people have."""
    told = rumours.ask(
        by=system(),
        at=cue.due_at,
        words=cue.facts["words"],
        source=f"drill {cue.key}",
        place=_place(cue),
    )
    cue.asked = told.pk


def _seen(cue: DrillCue) -> None:
    """Of what the desk has spotted. Of anything else nobody here knows yet."""
    rumour = rumour_of(cue.drill, cue.claim)
    if rumour is None:
        return
    glimpse = Glimpse(cue.facts["source"], _place(cue), count=cue.facts["count"])
    rumours.see(by=system(), at=cue.due_at, rumour=rumour, glimpse=glimpse)


def _inject(cue: DrillCue) -> None:
    tell("desk", "waiting", {"drill": cue.drill_id}, at=cue.due_at)


PARTS = {"asked": _asked, "seen": _seen, "inject": _inject}


def _place(cue: DrillCue) -> Neighbourhood | None:
    return Neighbourhood.objects.filter(name=cue.facts.get("place", "")).first()
