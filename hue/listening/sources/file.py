"""NDJSON and CSV: `id`, `text`, `at`, and if they are known `author`, `address`, `reshare_of`,
`quotes`, `language`. Other columns are not looked at."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from hue.listening.arrival import Arrival
from hue.listening.sources.mail import letter

COLUMNS = ("author", "address", "reshare_of", "quotes", "language")
# One cell may be a post of a megabyte: it is read, and cut later, where that is counted.
csv.field_size_limit(16 * 2**20)


def lines(raw: Iterable[bytes], *, name: str, after: int = 0) -> Iterator[Arrival | None]:
    """One for each line from `after` on; None where it cannot be read. A broken encoding is
    mended, and seen."""
    if name.lower().endswith(".eml"):
        return islice(letter(b"".join(raw)), after, None)
    if name.lower().endswith(".csv"):
        rows = csv.DictReader(line.decode("utf-8", "replace") for line in raw)
        return map(arrival_of, islice(rows, after, None))
    return (_parsed(line.decode("utf-8", "replace")) for line in islice(raw, after, None))


def _parsed(line: str) -> Arrival | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return arrival_of(told) if isinstance(told, dict) else None


def arrival_of(told: Mapping[str, Any]) -> Arrival | None:
    at, id_, text = time_of(told.get("at")), told.get("id"), told.get("text")
    if at is None or id_ in (None, "") or not isinstance(text, str):
        return None
    more = {name: str(told.get(name) or "")[:500] for name in COLUMNS}
    return Arrival(str(id_)[:500], text, at, indexable=not _left_out(told), **more)


def time_of(value: Any) -> datetime | None:
    """ISO 8601, or seconds since 1970."""
    try:
        if isinstance(value, int | float) or str(value).replace(".", "", 1).isdigit():
            return datetime.fromtimestamp(float(value), UTC)
        when = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _left_out(told: Mapping[str, Any]) -> bool:
    return str(told.get("indexable", "")).lower() in {"false", "no", "0"}
