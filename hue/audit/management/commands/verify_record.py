"""`hue verify-record`: is the record what it was?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.audit.verify import Report, public_head, verify
from hue.audit.verify_alone import Tampered
from hue.lib import clock


class Command(BaseCommand):
    help = (
        "Checks every entry of the record against its seal, and the end of the record against "
        "the public index; names the first entry that was changed, removed, reordered or cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="FILE",
            type=Path,
            help="a kept copy of index.json, instead of the newest",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = public_head(options["head"])
            report = verify(at=clock.now(), head=head, progress=self._progress)
        except (Tampered, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"All {report.verdict.sealed} sealed entries are as they were.")
        if head is None:
            self.stdout.write(
                "There is no public index yet: nobody could see that a tail was cut off."
            )
        self._complain(report)

    def _complain(self, report: Report) -> None:
        wrong = []
        if report.late:
            wrong.append(
                f"{len(report.late)} entries still wait for their seal, from entry id "
                f"{report.late[0]} on: is a worker running?"
            )
        if report.unreadable:
            wrong.append(
                f"The personal data of {len(report.unreadable)} entries lost its key, and nobody "
                f"is recorded to have shredded it; the first is entry id {report.unreadable[0]}."
            )
        if wrong:
            raise CommandError("\n".join(wrong))

    def _progress(self, count: int) -> None:
        self.stderr.write(f"{count:,} entries ...")
