"""The people of a case: who they are, whether they may be named, and forgetting them."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from hue.audit.kinds import Kind
from hue.audit.models import Entry
from hue.audit.record import name_of, record, shred
from hue.incidents import access
from hue.incidents.kinds import CONSULTED, FORGOTTEN_FOR, NAMING_PURPOSES
from hue.incidents.models import Concerned, Identity, Incident
from hue.lib.html import plain
from hue.people.access import Refused
from hue.people.models import Officer

NOTED = Kind("case.person_noted", "{by} noted in incident {incident} {person}: {name}.")
CHANGED = Kind("case.person_changed", "{by} changed {what} of {person}, {name}.")
FORGOTTEN = Kind("case.person_forgotten", "{by} forgot {person} of incident {incident}: {why}.")
NAMING = Kind(
    "case.naming_allowed",
    "{by} let {person} be named before charge ({purpose}; consulted: {consulted}): {why}",
)
NAMING_ENDED = Kind("case.naming_ended", "{by} ended that {person} may be named before charge.")
AGREED = Kind("case.agreed", "{by} noted that {person} {did}, on {day}: {scope}")
TAKEN_BACK = Kind("case.consent_taken_back", "{by} noted that {person} takes consent back.")

NAMES = {
    "name": "name",
    "also": "other names",
    "details": "details",
    "ethnicity_purpose": "purpose of telling ethnicity",
}
CHANGEABLE = {"role": "role", "age": "age", "suspect": "number among the suspects", **NAMES}


@transaction.atomic
def note_person(
    *,
    by: Officer,
    at: datetime,
    incident: Incident,
    role: str,
    age: int | None = None,
    suspect: int | None = None,
    **identity: Any,
) -> Concerned:
    """`identity` is `name`, `also`, `details` and `ethnicity_purpose`, all of it sealed.

    `suspect` says whose steps of the proceedings are theirs; without it an accused person gets
    a number without steps, so that nobody is taken for somebody who is charged.
    """
    access.require_people(by)
    access.known_role(role)
    Incident.objects.locked(incident)
    last: int | None = incident.concerned.aggregate(last=Max("number"))["last"]
    person = Concerned(
        incident=incident, number=(last or 0) + 1, role=role, age=age, suspect=suspect, by=by, at=at
    )
    _number_among_suspects(person)
    person.identity = replace(Identity(), **_cleaned(identity))
    person.save()
    incident.tell_case_changed()
    _record(NOTED, person, by=by, at=at)
    return person


@transaction.atomic
def change_person(*, by: Officer, at: datetime, person: Concerned, **changes: Any) -> Concerned:
    """`changes` are what `note_person` takes."""
    access.require_people(by)
    person = _locked(person)
    before = _known(person)
    known = {**before, **_cleaned(changes)}
    access.known_role(known["role"])
    person.role, person.age, person.suspect = known["role"], known["age"], known["suspect"]
    _number_among_suspects(person)
    names = {name: known[name] for name in NAMES}
    person.identity = replace(person.identity, **names)
    after = _known(person)
    changed = [says for name, says in CHANGEABLE.items() if before[name] != after[name]]
    if not changed:
        return person
    person.save()
    person.incident.tell_case_changed()
    _record(CHANGED, person, by=by, at=at, what=", ".join(changed))
    return person


@transaction.atomic
def forget_person(*, by: Officer, at: datetime, person: Concerned, reason: str) -> None:
    """The row goes, and with it what the record and the orders about them knew; that it happened
    stays."""
    access.require_forgetting(by)
    person = _locked(person)
    access.may_be_forgotten(person, reason)
    why, about, incident = FORGOTTEN_FOR[reason], name_of(person), person.incident
    orders = list(person.orders.all())
    for entry in Entry.objects.filter(subject__in=map(name_of, [person, *orders])).exclude(
        key_id=""
    ):
        shred(by=by, at=at, entry=entry, why=why)
    for order in orders:  # lifted: their words are the name as often as not
        order.words = ()
        order.save(update_fields=["sealed"])
    person.delete()
    incident.tell_case_changed()
    told = {"person": person.label, "incident": incident.pk, "why": why}
    record(FORGOTTEN, by=by, at=at, subject=about, data=told)


@transaction.atomic
def allow_naming(
    *,
    by: Officer,
    at: datetime,
    person: Concerned,
    purpose: str,
    rationale: str,
    consulted: str,
) -> None:
    """Before charge, for an exceptional purpose; it ends when the person is found."""
    access.require_command(by)
    person, rationale = _locked(person), plain(rationale)
    access.can_be_named_before_charge(person, purpose, consulted)
    if not rationale:
        raise Refused("Say why this person must be named before charge: it is recorded.")
    person.naming_purpose, person.naming_consulted = purpose, consulted
    person.naming_by, person.naming_at = by, at
    _keep(person, naming_reason=rationale)
    told = {
        "person": person.label,
        "purpose": NAMING_PURPOSES[purpose],
        "consulted": CONSULTED[consulted],
    }
    record(NAMING, by=by, at=at, subject=person, data=told, personal={"why": rationale})


@transaction.atomic
def end_naming(*, by: Officer, at: datetime, person: Concerned) -> None:
    access.require_people(by)
    person = _locked(person)
    person.naming_purpose, person.naming_consulted = "", ""
    person.naming_by, person.naming_at = None, None
    _keep(person, naming_reason="")
    record(NAMING_ENDED, by=by, at=at, subject=person, data={"person": person.label})


@transaction.atomic
def agree_to_be_named(
    *,
    by: Officer,
    at: datetime,
    person: Concerned,
    when: datetime,
    scope: str,
    waived: bool = False,
) -> None:
    """`scope` says to what they agreed; `waived`, that anonymity by law was given up in writing."""
    access.require_people(by)
    person, scope = _locked(person), plain(scope)
    access.can_agree(person)
    access.has_happened(when, at=at)
    if not scope:
        raise Refused("Say what they agreed to: first name only, a picture, for how long.")
    if waived:
        access.can_waive(person)
    person.consent_at, person.waiver_at = when, when if waived else person.waiver_at
    _keep(person, agreed_to=scope)
    did = "gave up anonymity in writing" if waived else "agreed to be named"
    told = {"person": person.label, "did": did, "day": f"{when:%Y-%m-%d}"}
    record(AGREED, by=by, at=at, subject=person, data=told, personal={"scope": scope})


@transaction.atomic
def take_consent_back(*, by: Officer, at: datetime, person: Concerned) -> None:
    """A waiver as well: from now on they are not named."""
    access.require_people(by)
    person = _locked(person)
    person.consent_at = person.waiver_at = None
    _keep(person, agreed_to="")
    record(TAKEN_BACK, by=by, at=at, subject=person, data={"person": person.label})


def _locked(person: Concerned) -> Concerned:
    return (
        Concerned.objects.select_for_update(of=("self", "incident"), no_key=True)
        .select_related("incident")
        .get(pk=person.pk)
    )


def _keep(person: Concerned, **known: Any) -> None:
    person.identity = replace(person.identity, **known)
    person.save()
    person.incident.tell_case_changed()


def _record(kind: Kind, person: Concerned, *, by: Officer, at: datetime, what: str = "") -> None:
    """Who they are after it, all of it to be shredded when they are forgotten."""
    identity = person.identity
    told = {"incident": person.incident.pk, "person": person.label, "what": what}
    names = {
        "name": identity.name,
        "also": identity.also,
        "details": identity.details,
        "ethnicity_purpose": identity.ethnicity_purpose,
    }
    record(kind, by=by, at=at, subject=person, data=told, personal=names)


def _known(person: Concerned) -> dict[str, Any]:
    told = {"role": person.role, "age": person.age, "suspect": person.suspect}
    return {**told, **asdict(person.identity)}


def _cleaned(said: dict[str, Any]) -> dict[str, Any]:
    """Visible characters only; of a list, what is not empty."""
    return {name: _clean(value) for name, value in said.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list | tuple):
        return tuple(filter(None, map(plain, value)))
    return value


def _number_among_suspects(person: Concerned) -> None:
    if not person.is_accused:
        person.suspect = None
        return
    others = person.incident.concerned.exclude(pk=person.pk)
    if person.suspect is None:
        known = others.aggregate(last=Max("suspect"))["last"] or 0
        stepped = person.incident.proceedings.aggregate(last=Max("suspect"))["last"] or 0
        person.suspect = max(known, stepped) + 1
    elif others.filter(suspect=person.suspect).exists():
        raise Refused(f"Somebody else is suspect {person.suspect} already.")
