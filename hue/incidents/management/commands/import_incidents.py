"""`hue import-incidents FILE.csv`: the same as the page, in one go."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.incidents import uploads
from hue.incidents.actions import begin, choose_columns, drop, receive
from hue.incidents.jobs import bring_in, look_through
from hue.incidents.kinds import KINDS
from hue.incidents.models import ImportBatch
from hue.incidents.streetfile.layouts import Columns, Field, template
from hue.incidents.streetfile.rows import BadRow, FileRefused
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system

CHUNK = 1 << 20


class Command(BaseCommand):
    help = (
        "Imports incidents from a CSV file: all of its rows, or none. Twice changes nothing. "
        f"Kinds: the crime types of police.uk, and {', '.join(KINDS.values())}."
    )
    # They would load every page of the desk into memory, which this never serves.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE.csv")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=HEADING",
            help=f"which column is which; fields: {', '.join(Field)}",
        )
        parser.add_argument("--look", action="store_true", help="look through it, import nothing")
        parser.add_argument("--template", action="store_true", help="print an empty file to fill")
        parser.add_argument("--by", metavar="SIGN-IN NAME", help="who imports; else the software")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            self.stdout.write(template(), ending="")
            return
        if options["file"] is None:
            raise CommandError("Name a CSV file, or ask for an empty one with --template.")
        try:
            self._import(options)
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {options['file']}.") from missing
        except (FileRefused, Refused) as refused:
            raise CommandError(str(refused)) from refused

    def _import(self, options: dict[str, Any]) -> None:
        by, columns = _officer(options["by"]), _columns(options["column"])
        batch = _received(by, options["file"])
        try:
            self._look(batch, by, columns)
            if options["look"] or not batch.found["new"]:
                self.stdout.write("\n".join(_told(batch)))
                return
            begin(by=by, at=clock.now(), batch=batch, here=True)
            bring_in(batch, self._progress("stored"))
        finally:
            if batch.state in {"received", "ready", "refused"}:
                drop(by=by, at=clock.now(), batch=batch)
        if batch.state != "imported":
            raise CommandError(batch.why)
        self.stdout.write("\n".join(_told(batch)))

    def _look(self, batch: ImportBatch, by: Officer, columns: Columns) -> None:
        if batch.state == "received" or columns:
            chosen = columns or _none_chosen(batch)
            _choose(batch, by, chosen)
        look_through(batch, self._progress("read"))
        if batch.state == "refused":
            raise CommandError("\n".join(_refused(batch)))

    def _progress(self, done: str) -> Callable[[int], None]:
        """A line that counts, where somebody watches."""
        if not sys.stderr.isatty():
            return lambda rows: None
        return lambda rows: print(f"\r  {rows:,} rows {done}", end="", file=sys.stderr, flush=True)


def _received(by: Officer, path: Path) -> ImportBatch:
    with path.open("rb") as file:
        kept = uploads.keep(iter(lambda: file.read(CHUNK), b""))
    return receive(by=by, at=clock.now(), name=path.name, path=kept, here=True)


def _choose(batch: ImportBatch, by: Officer, columns: Columns) -> None:
    if batch.state == "checking":
        batch.move_to("refused")  # the columns that were known are not those wanted
    choose_columns(by=by, at=clock.now(), batch=batch, columns=columns, here=True)


def _none_chosen(batch: ImportBatch) -> Columns:
    guessed = " ".join(f"--column {field}='{heading}'" for field, heading in batch.mapping.items())
    raise CommandError(
        f"The columns of this file are not known: {', '.join(batch.headings)}. "
        f"Say which is which, for example: {guessed or '--column kind=…'}"
    )


def _columns(given: list[str]) -> Columns:
    pairs = [one.partition("=") for one in given]
    unknown = [field for field, _, _ in pairs if field not in list(Field)]
    if unknown:
        raise CommandError(f"There is no field {unknown[0]!r}. Fields: {', '.join(Field)}.")
    return {Field(field): heading for field, _, heading in pairs}


def _officer(username: str | None) -> Officer:
    if not username:
        return system()
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        raise CommandError(f"Nobody signs in as {username!r}.")
    return officer


def _refused(batch: ImportBatch) -> Iterator[str]:
    if batch.why:
        yield batch.why
        return
    found = batch.found
    yield f"{found['bad_rows']:,} of {found['rows']:,} rows are bad, so nothing was imported."
    shown = [BadRow(**fault) for fault in found["faults"]]
    yield from (f"  {fault}" for fault in shown)
    if found["bad_rows"] > len({fault.line for fault in shown}):
        yield "  … and more. Mend these and try again."


def _told(batch: ImportBatch) -> Iterator[str]:
    found = batch.found
    if batch.state == "imported":
        yield f"{batch.added:,} incidents imported from {batch.name}."
    else:
        yield f"{found['new']:,} of {found['rows']:,} rows are new. Nothing was imported."
    yield f"  {found['known']:,} were here already."
    if found["differing"]:
        yield f"  {found['differing']:,} of those read differently now; they were left as they are."
    yield f"  {found['placed']:,} lie in {found['wards']:,} wards."
    for kind, count in found["kinds"]:
        yield f"  {count:>8,}  {KINDS[kind]}"
