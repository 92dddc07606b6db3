"""What an account of an incident may say, and who may know the people in it."""

from datetime import datetime

from hue.guard.rule import COMMAND
from hue.incidents.kinds import (
    CONSULTED,
    FORGOTTEN_FOR,
    KINDS,
    NAMING_PURPOSES,
    NEVER_SHOWN,
    OFFENCES,
    OPERATIONS,
    ORDERS,
    OUTCOMES,
    ROLES,
    SENSITIVE,
)
from hue.incidents.models import Concerned, CourtOrder, Incident
from hue.incidents.streetfile.parse import HOUSE
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.states.moving import EditedMeanwhile

WAIVES_FROM = 16  # years


def known_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused(f"{kind!r} is no kind of incident that we know.")


def known_role(role: str) -> None:
    if role not in ROLES:
        raise Refused(f"{role!r} is nothing that somebody can be in a case.")


def known_offence(offence: str) -> None:
    if offence not in OFFENCES:
        raise Refused(f"{offence!r} is no class of offence that gives anonymity.")


def place_that_may_be_kept(kind: str, where: str) -> str:
    """Nothing finer than the neighbourhood for a sensitive kind, and never a door."""
    if kind in SENSITIVE:
        return ""
    door = HOUSE.match(where)
    if door:
        raise Refused(f"“{where}” points to one house: write “{door['street']}” instead.")
    return where.strip()


def has_happened(when: datetime, *, at: datetime) -> None:
    if when > at:
        raise Refused("This time is still to come: say when it happened.")


def same_version(incident: Incident, seen: int) -> None:
    if incident.version != seen:
        raise EditedMeanwhile(
            "Somebody changed this incident while you had it open. Your words are kept below: "
            "compare them with what it says now, then save again."
        )


def may_be_told(code: str, words: str) -> None:
    if code in NEVER_SHOWN:
        raise Refused("Codes 14 and 16 say that a victim did not support: they are never shown.")
    if (code and code not in OUTCOMES) or not (code or words):
        raise Refused("Say what came of it: an outcome code of the Home Office, or plain words.")


def can_be_flagged(incident: Incident, operation: str, note: str) -> None:
    if operation not in OPERATIONS:
        raise Refused(f"{operation!r} is no state that an operation can be in.")
    if not note:
        raise Refused("Say in a sentence what it is about: everybody who writes about it reads it.")
    if operation == incident.operation:
        raise Refused(f"This is said already: {OPERATIONS[operation].lower()}.")
    if operation == "stood_down" and incident.operation != "live":
        raise Refused("Only an operation that is live is stood down.")


def may_know_people(officer: Officer) -> bool:
    """Others see “suspect 1, 34”."""
    return officer.may(Permission.KNOW_PEOPLE)


def require_people(officer: Officer) -> None:
    require(officer, Permission.KNOW_PEOPLE)


def commands(officer: Officer) -> bool:
    """Naming before charge is decided by whoever answers for the case, not by rank."""
    return not {*COMMAND}.isdisjoint(officer.roles)


def require_command(officer: Officer) -> None:
    require_people(officer)
    if not commands(officer):
        raise Refused(
            "Only the senior investigating officer or gold lets somebody be named before charge."
        )


def require_forgetting(officer: Officer) -> None:
    """It empties the record as well."""
    require_people(officer)
    require(officer, Permission.SHRED_PERSONAL_DATA)


def can_be_named_before_charge(person: Concerned, purpose: str, consulted: str) -> None:
    if purpose not in NAMING_PURPOSES or consulted not in CONSULTED:
        raise Refused("Choose the purpose, and whether the prosecutor or a chief officer agreed.")
    if not person.is_accused:
        raise Refused("Only of somebody suspected, wanted or accused: others agree to be named.")
    if purpose == "wanted_warning" and person.role != "wanted":
        raise Refused("The public is warned of a wanted person: note first that they are wanted.")


def can_agree(person: Concerned) -> None:
    if person.is_accused:
        raise Refused("Whoever is accused is named when the law allows it, not by agreeing.")


def can_waive(person: Concerned) -> None:
    """Nobody under 16 gives up anonymity, whoever signs."""
    if person.age is None:
        raise Refused("Note their age first: nobody under 16 can give up anonymity.")
    if person.age < WAIVES_FROM:
        raise Refused("Nobody under 16 can give up anonymity, whoever signs.")


def may_be_forgotten(person: Concerned, reason: str) -> None:
    if reason not in FORGOTTEN_FOR:
        raise Refused("Choose why they are forgotten.")
    if person.orders.filter(lifted_at=None).exists():
        raise Refused("A court's order protects them: it needs their name until it is lifted.")


def is_an_order(kind: str, words: tuple[str, ...]) -> None:
    if kind not in ORDERS:
        raise Refused(f"{kind!r} is no kind of order that we know.")
    if kind == "words" and not words:
        raise Refused("Write the words that may not be said.")


def can_be_lifted(order: CourtOrder, when: datetime) -> None:
    if order.lifted_at is not None:
        raise Refused("This order is lifted already.")
    if when < order.made_at:
        raise Refused("An order cannot be lifted before it was made.")
