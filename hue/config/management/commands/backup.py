"""`hue backup FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.config import archive, backup
from hue.lib import clock


class Command(BaseCommand):
    help = "Writes database, pictures and keys into one file; public pages are made anew from them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        phrase = settings.HUE_BACKUP_KEY
        try:
            backup.backup(
                options["file"], at=clock.real_now(), passphrase=phrase, say=self.stdout.write
            )
        except archive.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Everything is in {options['file']}.")
        if not phrase:
            self.stdout.write(
                "The keys lie open in it, and they open sealed personal data: keep it like a key, "
                "or name a file with a passphrase in HUE_BACKUP_KEY_FILE."
            )
