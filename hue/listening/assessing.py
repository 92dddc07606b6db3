"""What a data protection impact assessment of listening says, filled from what is configured."""

from datetime import datetime
from typing import Any

from hue.listening.keys import WEEK
from hue.listening.models import Source, Watch
from hue.listening.sieve import DAYS, DAYS_OF_AN_INCIDENT
from hue.people.queries import the_force
from hue.people.roles import ROLES, Permission, holders

WHO = (
    Permission.WRITE_WATCHES,
    Permission.APPROVE_WATCHES,
    Permission.SWITCH_SOURCES,
    Permission.LISTEN,
    Permission.OPEN_REMARKS,
)
# What may go wrong for people, and what stands against it in the software.
RISKS = (
    (
        "Somebody is followed under the name of a topic.",
        "Handles, profile addresses and names are refused; a second person approves; a watch ends "
        "within 28 days; the record has all of it.",
    ),
    (
        "A profile of one person grows.",
        "No account is stored. Who said something is sealed under a key of the week; the hash that "
        "counts sources is cleared half a minute after reading and differs from claim to claim.",
    ),
    (
        "Lawful protest, belief or politics is chilled.",
        "Such a topic needs its necessity in writing and an information asset owner; the public "
        "page names every topic.",
    ),
    (
        "Words are taken for something that they are not.",
        "Nothing is hidden by a score; each place in the order has its reasons; a person decides "
        "and corrects.",
    ),
    (
        "People who do not matter to it are taken in by the way.",
        "Only what has a topic is kept; accounts that ask to be left out are; what is deleted "
        "there is deleted here where the source tells of it.",
    ),
    (
        "Staff look without need.",
        "A watch is seen by its own role alone; who looked at what, and for which purpose, is kept "
        "for 400 days; opening who said something needs a risk to life and a reason.",
    ),
)


def told(*, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "force_name": the_force().name,
        "watches": Watch.objects.running(at=at).to_read().order_by("name"),
        "sources": Source.objects.select_related("terms_read_by").order_by("state", "name"),
        "days": DAYS.days,
        "days_of_an_incident": DAYS_OF_AN_INCIDENT.days,
        "key_days": WEEK.days,
        "who": [
            (str(may), ", ".join(ROLES[role].name.lower() for role in holders(may))) for may in WHO
        ],
        "risks": RISKS,
    }
