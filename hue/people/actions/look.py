"""The force's name, contact, colours and crest: every page changes."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.pages import stale
from hue.people import contrast, crest, wording
from hue.people.access import require
from hue.people.models import Force, Officer
from hue.people.roles import Permission

LOOK_CHANGED = Kind("force.look_changed", "{by} changed the force's {what}.")


@transaction.atomic
def change_look(
    *,
    by: Officer,
    at: datetime,
    force: Force,
    name: str,
    short_name: str,
    contact_email: str,
    colours: dict[str, str],
    new_crest: bytes | None = None,
    without_crest: bool = False,
) -> Force:
    """`new_crest` is an uploaded SVG or PNG; None keeps the one there is."""
    require(by, Permission.CHANGE_FORCE)
    wording.must_pass(name, short_name, by=by, at=at)
    new: dict[str, object] = {
        "name": name,
        "short_name": short_name,
        "contact_email": contact_email,
        "colours": contrast.readable(colours),
        "crest": force.crest,
    }
    if new_crest is not None or without_crest:
        new["crest"] = crest.clean(new_crest) if new_crest is not None else ""
    changed = [field for field, value in new.items() if getattr(force, field) != value]
    if not changed:
        return force
    for field in changed:
        setattr(force, field, new[field])
    force.save(update_fields=changed)
    told = {"what": ", ".join(field.replace("_", " ") for field in changed)}
    record(LOOK_CHANGED, by=by, at=at, subject=force, data=told)
    stale.mark(("people.look", ""), ("publishing.home", ""), at=at)
    queue.defer("publishing.new_look", once="publishing.new_look")
    queue.defer("fediverse.profiles", once="fediverse.profiles")
    return force
