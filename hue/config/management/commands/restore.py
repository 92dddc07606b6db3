"""`hue restore FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.config import archive, backup


class Command(BaseCommand):
    help = "Brings a backup back into an empty database and folder; overwrites nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        phrase = settings.HUE_BACKUP_KEY
        try:
            backup.restore(options["file"], passphrase=phrase, say=self.stdout.write)
        except archive.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(
            "Restored. Now: hue migrate, hue manage collectstatic --no-input, hue build-pages, "
            "hue verify-record."
        )
