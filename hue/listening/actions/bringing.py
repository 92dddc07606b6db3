"""A file is handed in, and taken in piece by piece."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.listening import access, store
from hue.listening.actions.intake import take
from hue.listening.arrival import Arrival, Haul
from hue.listening.models import Bringing, Source
from hue.people.access import Refused
from hue.people.models import Officer
from hue.states.moving import MovedMeanwhile

TAKEN_IN = {"file": {".ndjson", ".jsonl", ".csv"}, "mail": {".eml"}}
SPEEDS = {0: "at once, with its own times", 1: "as it happened", 10: "10 times", 60: "60 times"}
BROUGHT = Kind("remarks.brought", "{by} handed in the file {file} for “{source}”.")
TAKEN = Kind("remarks.taken", "{by} took in {file}: {seen} lines, of which {kept} were kept.")


@transaction.atomic
def hand_in(
    *,
    by: Officer,
    at: datetime,
    source: Source,
    name: str,
    chunks: Iterable[bytes],
    speed: int = 0,
    begins: datetime | None = None,
) -> Bringing:
    """Replayed, its first line is said at once, or as long after now as it is after `begins`."""
    access.may_bring(by, source)
    if source.state != "on":
        raise Refused(f"“{source}” is off: nothing of it is taken in.")
    if PurePath(name).suffix.lower() not in TAKEN_IN[source.kind]:
        raise Refused(f"“{source}” takes {', '.join(sorted(TAKEN_IN[source.kind]))} files.")
    if speed not in SPEEDS:
        raise Refused("That speed is none of those that there are.")
    bringing = Bringing.objects.create(
        source=source,
        name=PurePath(name).name[:200],
        speed=speed,
        first_at=begins,
        by=by,
        at=at,
    )
    store.keep(bringing.pk, chunks)
    told = {"file": bringing.name, "source": str(source)}
    record(BROUGHT, by=by, at=at, subject=source, data=told)
    queue.defer("listening.bring", once="listening.bring")
    return bringing


@transaction.atomic
def take_lines(
    *, by: Officer, at: datetime, bringing: Bringing, found: Sequence[Arrival | None]
) -> None:
    """The next lines, and how far it has come: both or neither."""
    access.require_the_software(by)
    if Bringing.objects.select_for_update().get(pk=bringing.pk).line != bringing.line:
        raise MovedMeanwhile("Another worker is at this file.")
    arrivals = [one for one in found if one is not None]
    haul = Haul(arrivals, broken=len(found) - len(arrivals))
    counts = take(by=by, at=at, source=bringing.source, haul=haul)
    bringing.counts = dict(Counter(bringing.counts) + Counter(counts))
    bringing.line += len(found)
    bringing.save(update_fields=["counts", "line", "first_at"])


@transaction.atomic
def finish(*, by: Officer, at: datetime, bringing: Bringing, why: str = "") -> None:
    """`why`: it could not be taken in to its end."""
    access.require_the_software(by)
    bringing.move_to("stopped" if why else "done", why=why[:300], ended_at=at)
    told = {
        "file": bringing.name,
        "seen": bringing.line,
        "kept": bringing.counts.get("kept", 0),
    }
    record(TAKEN, by=by, at=at, subject=bringing.source, data=told)
    transaction.on_commit(lambda: store.remove(bringing.pk))
