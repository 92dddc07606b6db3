"""What the publication guard is told of an incident."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q

from hue.guard import draft as guard
from hue.incidents.access import WAIVES_FROM
from hue.incidents.models import Concerned, CourtOrder, Incident, Proceeding

Of = TypeVar("Of", Concerned, Proceeding, CourtOrder)


@dataclass(frozen=True)
class Case:
    """Named as in `guard.draft.Draft`."""

    incident: guard.Incident
    persons: tuple[guard.Person, ...]
    orders: tuple[guard.Order, ...]
    victim_informed_at: datetime | None
    operation: guard.Operation

    def around(self, text: str, *, at: datetime) -> guard.Draft:
        """Words about the case, with all that is known of it."""
        return guard.Draft(
            text,
            at,
            incident=self.incident,
            persons=self.persons,
            orders=self.orders,
            victim_informed_at=self.victim_informed_at,
            operation=self.operation,
        )


def facts(incident: Incident, *, at: datetime) -> Case:
    return Cases([incident]).of(incident, at=at)


def forbidden_words(*, at: datetime) -> tuple[guard.Order, ...]:
    """Of all cases, orders not lifted by then: whoever writes may not know of the case at all."""
    in_force = Q(lifted_at=None) | Q(lifted_at__gt=at)
    return tuple(map(_order, CourtOrder.objects.filter(in_force, kind="words")))


class Cases:
    """Everything noted of some incidents, by three queries; told as of any time."""

    def __init__(self, incidents: list[Incident]) -> None:
        self._people = _by_incident(Concerned.objects.filter(incident__in=incidents))
        self._steps = _by_incident(Proceeding.objects.filter(incident__in=incidents))
        self._orders = _by_incident(CourtOrder.objects.filter(incident__in=incidents))

    def of(self, incident: Incident, *, at: datetime) -> Case:
        pk, people = incident.pk, self._people[incident.pk]
        return Case(
            incident=_incident(incident, self._steps[pk], people),
            persons=tuple(_person(one, incident, at) for one in people),
            orders=tuple(map(_order, self._orders[pk])),
            victim_informed_at=incident.victim_informed_at,
            operation=guard.Operation(incident.operation),
        )


def _by_incident(rows: Iterable[Of]) -> dict[int, list[Of]]:
    told: dict[int, list[Of]] = defaultdict(list)
    for row in rows:
        told[row.incident_id].append(row)
    return told


def _incident(
    incident: Incident, steps: list[Proceeding], people: list[Concerned]
) -> guard.Incident:
    return guard.Incident(
        kind=incident.kind,
        offence=incident.offence,
        has_victim=incident.has_victim,
        small_place=incident.small_place,
        proceedings=tuple(guard.Step(step.step, step.at, _whose(step, people)) for step in steps),
        resolved_at=incident.found_at,
    )


def _whose(step: Proceeding, people: list[Concerned]) -> str:
    """Nobody's step is everybody's for the guard: one whose person is not noted stays apart."""
    own = (str(person.pk) for person in people if person.suspect == step.suspect)
    return next(own, f"suspect {step.suspect}")


def _person(person: Concerned, incident: Incident, at: datetime) -> guard.Person:
    identity = person.identity
    old_enough = person.age is not None and person.age >= WAIVES_FROM
    return guard.Person(
        id=str(person.pk),
        name=identity.name,
        role=person.role,
        age=person.age,
        also=identity.also,
        details=identity.details,
        consent=_by(person.consent_at, at),
        waiver=_by(person.waiver_at, at) and old_enough,
        ethnicity_purpose=bool(identity.ethnicity_purpose),
        override=_may_be_named(person, incident, at),
    )


def _may_be_named(person: Concerned, incident: Incident, at: datetime) -> bool:
    """Leave to name before charge ends when they are found or no longer what it was given for."""
    if not person.is_accused or not _by(person.naming_at, at):
        return False
    if person.naming_purpose == "wanted_warning" and person.role != "wanted":
        return False
    given, found = person.naming_at, incident.found_at
    return not (given and found and given <= found <= at)


def _order(order: CourtOrder) -> guard.Order:
    return guard.Order(
        kind=order.kind,
        made_at=order.made_at,
        person=str(order.person_id or ""),
        words=order.words,
        lifted_at=order.lifted_at,
    )


def _by(when: datetime | None, at: datetime) -> bool:
    return when is not None and when <= at
