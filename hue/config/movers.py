"""Readers of watch messages in another installation's archive: sealed there, opened by its key."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hue.config.archive import Trouble
from hue.config.export.tables import file_of
from hue.lib import sealing
from hue.subscribers.actions import Mover
from hue.subscribers.choices import VIAS
from hue.subscribers.choosing import Wish

READERS, READS = file_of("subscribers.Subscriber"), file_of("subscribers.Reads")
PLACES, FORCE = file_of("people.Neighbourhood"), file_of("people.Force")
FILES = (READERS, READS, PLACES, FORCE)
MOVABLE = ("email", "sms")  # a device is bound to the key of the site that it asked
_CHOSEN = ("topics", "level", "pace", "hour", "whole", "safe", "act_a_week", "news_a_week")


def force_of(folder: Path) -> str:
    return str(next(_rows(folder / FORCE))["name"])


def left_behind(folder: Path) -> int:
    return sum(row["via"] not in MOVABLE for row in _reading(folder))


def movers(folder: Path, key: str) -> Iterator[Mover]:
    """Who said yes there and still reads."""
    slugs = {row["id"]: row["slug"] for row in _rows(folder / PLACES)}
    places = defaultdict[str, list[str]](list)
    for row in _rows(folder / READS):
        places[row["subscriber_id"]].append(slugs[row["neighbourhood_id"]])
    for row in _reading(folder):
        if row["via"] in MOVABLE:
            yield _mover(row, places[row["id"]], key)


def _reading(folder: Path) -> Iterator[dict[str, Any]]:
    return (row for row in _rows(folder / READERS) if row["state"] == "reading")


def _mover(row: dict[str, Any], places: list[str], key: str) -> Mover:
    try:
        address = sealing.open_with(key, row["sealed"])
    except sealing.CannotOpen as error:
        raise Trouble(
            "The addresses of its readers do not open with this key: give the old desk's "
            "HUE_SEALING_KEY, in a file, by --key."
        ) from error
    chosen = {name: row[name] for name in _CHOSEN}
    return Mover(
        via=row["via"],
        address=address,
        asked_at=datetime.fromisoformat(row["asked_at"]),
        confirmed_at=datetime.fromisoformat(row["confirmed_at"]),
        consent=row.get("consent", ""),  # archives of before have none
        wish=Wish(**chosen, neighbourhoods=places, quiet=row["quiet_from"] is not None),
        forwards=row["forwards"],
    )


def ways() -> str:
    return " and ".join(VIAS[via].lower() for via in MOVABLE)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
