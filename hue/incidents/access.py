"""What an account of an incident may say, and who may see it before the public."""

from datetime import datetime

from hue.incidents.kinds import KINDS, NEVER_SHOWN, OUTCOMES, SENSITIVE
from hue.incidents.models import Incident
from hue.incidents.streetfile.parse import HOUSE
from hue.people.access import Refused
from hue.states.moving import EditedMeanwhile


def known_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused(f"{kind!r} is no kind of incident that we know.")


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
