"""`hue export`: what the desk holds, in forms that need nothing of ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.config import archive
from hue.config.export import whole
from hue.lib import clock


class Command(BaseCommand):
    help = (
        "Writes tables, posts, pictures and the record into one .tar.gz that opens without this "
        "software; or the record alone, as the verifier of one file reads it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", nargs="?", type=Path, help="such as desk.tar.gz")
        what.add_argument("--record", metavar="FILE", type=Path, help="the record alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["record"]:
            self._record(Path(options["record"]))
            return
        try:
            whole.export(options["file"], at=clock.now(), say=self.stdout.write)
        except archive.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"All of it is in {options['file']}: README.txt says what is where.")

    def _record(self, file: Path) -> None:
        if file.exists():
            raise CommandError(f"{file} exists: name a file that does not.")
        count = 0
        with open(file, "x", encoding="utf-8", opener=archive.for_us_alone) as handle:
            for count, line in enumerate(whole.record_lines(), 1):  # noqa: B007
                handle.write(line + "\n")
        self.stdout.write(
            f"{count} entries are in {file}. Anybody checks them with hue/audit/verify_alone.py, "
            f"the key at {settings.HUE_SITE}/signing-key.pem and a copy of "
            f"{settings.HUE_SITE}/index.json."
        )
