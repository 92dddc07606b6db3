"""One cell at a time: text, moments and numbers, each refused with a sentence."""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hue.incidents.streetfile.rows import Happened, Precision

LOCAL = ZoneInfo("Europe/London")
EARLIEST_YEAR = 1900

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}):(\d{2})((?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,20})?", re.ASCII)


class Unreadable(Exception):
    """A cell that cannot be taken; the message tells what to do."""


def text(cell: str, longest: int) -> str:
    """One spelling of each accented letter, no control characters, at most `longest` characters."""
    if cell.isascii() and cell.isprintable():
        clean = cell.strip()
    else:
        clean = _printable(unicodedata.normalize("NFC", cell)).strip()
    if len(clean) > longest:
        raise Unreadable(f"This is {len(clean):,} characters long; {longest:,} are allowed.")
    return clean


def _printable(words: str) -> str:
    for character in words:
        if unicodedata.category(character) == "Cc" and character not in "\n\r\t":
            raise Unreadable(
                f"This holds the control character U+{ord(character):04X}. Take it out."
            )
    return words


def number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell):
        hint = " Write the decimal point as a full stop." if "," in cell else ""
        raise Unreadable(f"“{cell[:60]}” is not a number.{hint}")
    return float(cell)


def same_number(cell: str) -> str:
    """One spelling for 408811.0 and 408811, so that a file saved again keeps its rows' keys."""
    return f"{Decimal(cell).normalize():f}"


def happened(cell: str, latest: datetime) -> Happened:
    """2011-02, 2026-11-20, 20/11/2026, each of the latter with a time, local or with an offset."""
    when = _month(cell) or _moment(cell)
    if when.start > latest:
        raise Unreadable(f"“{cell[:60]}” lies in the future. Check the date.")
    if when.start.year < EARLIEST_YEAR:
        raise Unreadable(f"“{cell[:60]}” lies before {EARLIEST_YEAR}. Check the year.")
    return when


def _month(cell: str) -> Happened | None:
    found = _MONTH.fullmatch(cell)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or year < 1:
        raise Unreadable(f"“{cell}” is not a month. Write it as 2026-11.")
    return Happened(_utc(datetime.fromisoformat(f"{cell}-01")), Precision.MONTH)


def _moment(cell: str) -> Happened:
    british = _BRITISH.fullmatch(cell)
    written = cell
    if british:
        day, month, year, rest = british.groups()
        written = f"{year}-{month:0>2}-{day:0>2}{rest}"
    moment = _parsed(written)
    if moment is None:
        raise Unreadable(
            f"“{cell[:60]}” is not a date. Write it as 2026-11-20 14:05 or 20/11/2026 14:05."
        )
    precision = Precision.DAY if _DAY.fullmatch(written) else Precision.MINUTE
    return Happened(_utc(moment), precision)


def _parsed(written: str) -> datetime | None:
    found = _ISO.fullmatch(written)
    if not found:
        return None
    day, hour, minute, rest = found.groups(default="")
    if hour:
        written = f"{day}T{hour:0>2}:{minute}{rest}"
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _utc(moment: datetime) -> datetime:
    if not EARLIEST_YEAR <= moment.year < 3000:
        raise Unreadable(f"The year {moment.year} cannot be right. Check the date.")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    early = moment.replace(tzinfo=LOCAL, fold=0).astimezone(UTC)
    late = moment.replace(tzinfo=LOCAL, fold=1).astimezone(UTC)
    if early == late:
        return early
    raise Unreadable(_clocks_changed(moment, went_forward=early > late))


def _clocks_changed(moment: datetime, *, went_forward: bool) -> str:
    written = f"{moment:%H:%M on %-d %B %Y}"
    if went_forward:
        return f"{written} never was: the clocks went forward that night. Check the time."
    return (
        f"{written} was twice: the clocks went back that night. "
        "Add +01:00 for the first or +00:00 for the second."
    )
