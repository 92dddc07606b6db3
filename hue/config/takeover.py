"""What another installation of this software left in its archive, as far as it can live on here."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from hue.config import archive, movers
from hue.config.archive import Say
from hue.config.export import follows
from hue.fediverse import actions, names
from hue.fediverse.models import Actor
from hue.people.access import Refused
from hue.people.models import Officer
from hue.subscribers import actions as subscribers


def take_over(file: Path, *, by: Officer, at: datetime, key: str, say: Say) -> None:
    """Blocks are taken over, and readers with the yes that they said; `key` opens their addresses.
    Followers cannot be: they are their servers' to move, which the old accounts ask them to."""
    with TemporaryDirectory(dir=settings.HUE_DATA) as place:
        folder = Path(place)
        for _ in archive.unpack(file, folder, only=(f"{follows.FOLDER}/", *movers.FILES)):
            pass
        if not (folder / follows.ACCOUNTS).exists():
            raise archive.Trouble(f"{file} holds no accounts: it is no export of this software.")
        say(_blocked(folder, file, by, at))
        for row in _rows(folder / follows.ACCOUNTS):
            say(_known(row, by, at))
        say(_readers(folder, by, at, key))


def _blocked(folder: Path, file: Path, by: Officer, at: datetime) -> str:
    hosts = (folder / follows.BLOCKED).read_text().splitlines()
    reason = f"It was blocked by the installation whose archive is {file.name}."
    new = actions.take_over_blocks(by=by, at=at, hosts=hosts, reason=reason)
    return f"{new} of {len(hosts)} blocked servers are new here, and blocked."


def _known(row: dict[str, str], by: Officer, at: datetime) -> str:
    """One account of theirs: ours of the same name may receive its followers from now on."""
    name, old = row["Account name"], row["Address"]
    what = f"@{name} had {row['Followers']} followers"
    actor = Actor.objects.open().filter(name=name).first()
    if actor is None:
        return f"{what}. No account of that name is open here: open one, then run this again."
    if old not in actor.also_known_as:
        try:
            actions.know_as(by=by, at=at, actor=actor, other=old)
        except Refused as refusal:
            return f"{what}. {refusal}"
    return f"{what}. {names.handle(name)} may receive them: now move {old} to it on the old desk."


def _readers(folder: Path, by: Officer, at: datetime, key: str) -> str:
    force, left = movers.force_of(folder), movers.left_behind(folder)
    try:
        came = movers.movers(folder, key)
        count = subscribers.take_over(by=by, at=at, force=force, movers=came)
    except Refused as refusal:
        return f"Readers: {refusal}"
    also = f" {left} read on a device: those ask anew." if left else ""
    return f"{count} readers by {movers.ways()} are new here; each is told so.{also}"


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
