"""What happened: the account of it, and its changes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.incidents import access
from hue.incidents.kinds import KINDS, WITH_VICTIM
from hue.incidents.models import Incident
from hue.lib.html import plain
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission

REPORTED = Kind("incident.recorded", "{by} recorded an incident ({kind}, {place}).")
AMENDED = Kind("incident.amended", "{by} changed what an incident says: {what}; version {version}.")
AMENDABLE = {
    "kind": "kind",
    "happened_at": "time",
    "neighbourhood": "neighbourhood",
    "where": "place",
    "log_reference": "log reference",
    "reported": "what was reported",
    "did": "what officers did",
}


@transaction.atomic
def report(*, by: Officer, at: datetime, kind: str, happened_at: datetime, **also: Any) -> Incident:
    """Record an incident; `also` are its other fields. A sensitive kind keeps no street."""
    require(by, Permission.RECORD_INCIDENTS)
    access.known_kind(kind)
    also = {name: plain(told) if isinstance(told, str) else told for name, told in also.items()}
    also["where"] = access.place_that_may_be_kept(kind, also.get("where", ""))
    also.setdefault("has_victim", kind in WITH_VICTIM)
    incident = Incident.objects.create(by=by, kind=kind, happened_at=happened_at, **also)
    told = {"kind": KINDS[kind], "place": incident.place}
    record(REPORTED, by=by, at=at, subject=incident, data=told)
    return incident


@transaction.atomic
def amend(*, by: Officer, at: datetime, incident: Incident, seen: int, **changes: Any) -> Incident:
    """Change the account. `seen` is the version on the screen; `changes` are AMENDABLE fields.

    Raises EditedMeanwhile when somebody was faster: nothing is overwritten.
    """
    require(by, Permission.RECORD_INCIDENTS)
    incident = Incident.objects.locked(incident)
    access.same_version(incident, seen)
    changes = {"kind": incident.kind, "where": incident.where, **changes}
    access.known_kind(changes["kind"])
    changes["where"] = access.place_that_may_be_kept(changes["kind"], changes["where"])
    changed = [name for name in AMENDABLE if _differs(incident, name, changes)]
    if not changed:
        return incident
    for name in changed:
        setattr(incident, name, changes[name])
    incident.version, incident.news = incident.version + 1, True
    incident.has_victim |= "kind" in changed and incident.kind in WITH_VICTIM
    incident.case_changed |= "kind" in changed
    incident.save(update_fields=[*changed, "version", "news", "has_victim", "case_changed"])
    told = {"what": ", ".join(AMENDABLE[name] for name in changed), "version": incident.version}
    record(AMENDED, by=by, at=at, subject=incident, data=told)
    return incident


def _differs(incident: Incident, name: str, changes: dict[str, Any]) -> bool:
    if name not in changes:
        return False
    if isinstance(changes[name], str):
        changes[name] = plain(changes[name])
    return bool(getattr(incident, name) != changes[name])
