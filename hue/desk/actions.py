"""What the desk itself changes: the personal data in the record, opened or shredded."""

from datetime import datetime

from hue.audit.models import Entry
from hue.audit.record import read_personal, shred
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission


def open_personal(*, by: Officer, at: datetime, entry: Entry, why: str) -> str:
    """The entry's sentence with its personal data; that it was read is an entry itself."""
    require(by, Permission.OPEN_PERSONAL_DATA)
    return read_personal(by=by, at=at, entry=entry, why=_reason(why))


def shred_personal(*, by: Officer, at: datetime, entry: Entry, why: str) -> None:
    """For ever: nobody can open it afterwards, and the chain holds."""
    require(by, Permission.SHRED_PERSONAL_DATA)
    shred(by=by, at=at, entry=entry, why=_reason(why))


def _reason(why: str) -> str:
    said = plain(why)
    if not said:
        raise Refused("Say why: the law asks for a reason, and it stands in the record.")
    return said
