"""What a case is: its class of offence, the orders of courts about it, and whether it is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.incidents import access
from hue.incidents.kinds import OFFENCES, OPERATIONS, ORDERS
from hue.incidents.models import Concerned, CourtOrder, Incident
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

CLASSED = Kind("case.classed", "{by} noted of an incident: {offence}; {victim}; {place}.")
ORDERED = Kind("case.order", "{by} noted a court's order on incident {incident}: {says} {words}")
LIFTED = Kind("case.order_lifted", "{by} noted that a court's order was lifted, on {day}: {says}")
FLAGGED = Kind("case.operation", "{by} set the operation of an incident to {state}: {note}")
FOUND = Kind("case.found", "{by} noted that who was looked for is found, on {day}.")
SOUGHT = Kind("case.sought", "{by} noted that who was found is looked for again.")


@transaction.atomic
def classify(
    *,
    by: Officer,
    at: datetime,
    incident: Incident,
    offence: str,
    has_victim: bool,
    small_place: bool,
) -> None:
    """Whether the law gives anonymity, a victim is to be told, and a few words identify."""
    require(by, Permission.RECORD_INCIDENTS)
    access.known_offence(offence)
    Incident.objects.filter(pk=incident.pk).update(
        offence=offence,
        has_victim=has_victim,
        small_place=small_place,
        case_changed=True,
        news=True,
    )
    told = {
        "offence": OFFENCES[offence].lower(),
        "victim": "somebody was wronged" if has_victim else "no victim",
        "place": "a small place" if small_place else "no small place",
    }
    record(CLASSED, by=by, at=at, subject=incident, data=told)


@transaction.atomic
def note_order(
    *,
    by: Officer,
    at: datetime,
    incident: Incident,
    kind: str,
    made_at: datetime,
    person: Concerned | None = None,
    words: Sequence[str] = (),
) -> CourtOrder:
    """Without `person` an order of anonymity is about everybody in the case."""
    access.require_people(by)
    said = tuple(filter(None, map(plain, words)))
    access.is_an_order(kind, said)
    access.has_happened(made_at, at=at)
    if person is not None and person.incident_id != incident.pk:
        raise Refused("This person is concerned with another incident.")
    order = CourtOrder(incident=incident, kind=kind, person=person, made_at=made_at, by=by)
    order.words = said
    order.save()
    incident.tell_news()
    incident.tell_case_changed()
    told = {"incident": incident.pk, "says": ORDERS[kind]}
    personal = {"words": ", ".join(said)}
    record(ORDERED, by=by, at=at, subject=order, data=told, personal=personal)
    return order


@transaction.atomic
def lift_order(*, by: Officer, at: datetime, order: CourtOrder, when: datetime) -> None:
    access.require_people(by)
    order = CourtOrder.objects.select_for_update().get(pk=order.pk)
    access.has_happened(when, at=at)
    access.can_be_lifted(order, when)
    order.lifted_at = when
    order.save(update_fields=["lifted_at"])
    order.incident.tell_news()
    order.incident.tell_case_changed()
    told = {"day": f"{when:%Y-%m-%d}", "says": ORDERS[order.kind]}
    record(LIFTED, by=by, at=at, subject=order, data=told)


@transaction.atomic
def flag_operation(
    *, by: Officer, at: datetime, incident: Incident, operation: str, note: str
) -> None:
    """While it is live no place, number, tactic or time of it goes out; stood down releases."""
    require(by, Permission.FLAG_OPERATIONS)
    note = plain(note)
    incident = Incident.objects.locked(incident)
    access.can_be_flagged(incident, operation, note)
    incident.operation, incident.operation_note, incident.operation_at = operation, note, at
    incident.case_changed = True
    incident.save(update_fields=["operation", "operation_note", "operation_at", "case_changed"])
    told = {"state": OPERATIONS[operation].lower(), "note": note}
    record(FLAGGED, by=by, at=at, subject=incident, data=told)


@transaction.atomic
def mark_found(*, by: Officer, at: datetime, incident: Incident, when: datetime) -> None:
    """Who was missing or wanted: their pictures and any leave to name them end with it."""
    require(by, Permission.RECORD_INCIDENTS)
    access.has_happened(when, at=at)
    Incident.objects.filter(pk=incident.pk).update(found_at=when, case_changed=True)
    record(FOUND, by=by, at=at, subject=incident, data={"day": f"{when:%Y-%m-%d}"})


@transaction.atomic
def mark_sought(*, by: Officer, at: datetime, incident: Incident) -> None:
    """Found by mistake, or gone again."""
    require(by, Permission.RECORD_INCIDENTS)
    Incident.objects.filter(pk=incident.pk).update(found_at=None, case_changed=True)
    record(SOUGHT, by=by, at=at, subject=incident)
