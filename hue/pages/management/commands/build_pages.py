"""`hue build-pages`: every public page and feed anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.lib import clock
from hue.pages.build import DiskFull
from hue.pages.rebuild import rebuild


class Command(BaseCommand):
    help = "Writes every public page and feed anew, removes what is no longer public, signs."

    def handle(self, *args: Any, **options: Any) -> None:
        started = self._said = time.monotonic()
        try:
            done = rebuild(at=clock.now(), progress=self._progress)
        except DiskFull as full:
            raise CommandError(
                "The disk is full: the pages that stand stay as they are. Free some space, then "
                "run `hue build-pages` again."
            ) from full
        took = time.monotonic() - started
        self.stdout.write(f"{done.pages} pages in {took:.1f} s, {done.removed} files removed.")
        if done.failed:
            raise CommandError(f"{done.failed} pages could not be written; the old ones stay.")

    def _progress(self, pages: int) -> None:
        if time.monotonic() - self._said >= 1:
            self._said = time.monotonic()
            self.stdout.write(f"{pages} pages …")
            self.stdout.flush()
