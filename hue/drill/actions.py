"""A drill begins and ends."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.drill import access, hearing, script
from hue.drill.models import Drill, DrillCue
from hue.people.access import Refused
from hue.people.models import Officer
from hue.streams.tell import tell

BEGAN = Kind("drill.began", "{by} began the drill “{title}” at {speed} times the speed of life.")
ENDED = Kind("drill.ended", "{by} ended the drill “{title}”.")


@transaction.atomic
def begin(*, by: Officer, at: datetime, event: str, speed: float) -> Drill:
    """Its cues are laid out from now on; the clock's pace is the caller's to set."""
    access.may_drill(by)
    told, speed = access.known_event(event), access.a_speed(speed)
    if Drill.objects.filter(state="running").exists():
        raise Refused("A drill is running already: end that one first.")
    drill = Drill.objects.create(event=event, speed=speed, began_at=at)
    DrillCue.objects.bulk_create(
        DrillCue(
            drill=drill,
            key=cue.key,
            claim=cue.claim,
            what=cue.what,
            facts=cue.facts,
            due_at=at + timedelta(minutes=cue.minute),
        )
        for cue in script.cues(told)
    )
    hearing.listen(drill, told, at=at)
    record(BEGAN, by=by, at=at, subject=drill, data={"title": told.title, "speed": speed})
    return drill


@transaction.atomic
def end(*, by: Officer, at: datetime, drill: Drill) -> Drill:
    access.may_drill(by)
    drill.move_to("ended", ended_at=at)
    told = script.events()[drill.event]
    hearing.stop(told, at=at)
    record(ENDED, by=by, at=at, subject=drill, data={"title": told.title})
    tell("desk", "changed", {"drill": drill.pk}, at=at)
    return drill
