"""`hue import-archive FILE --by NAME`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.config import archive, takeover
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer


class Command(BaseCommand):
    help = (
        "Takes over from an export of another installation what can live on here: blocked "
        "servers, who may send followers to our accounts, and who reads watch messages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="such as desk.tar.gz")
        parser.add_argument("--by", required=True, metavar="NAME", help="who answers for it")
        told = "holds the HUE_SEALING_KEY of the other desk, where it is not ours"
        parser.add_argument("--key", type=Path, metavar="FILE", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        by = Officer.objects.filter(username=options["by"], left_at=None).first()
        if by is None:
            raise CommandError(f"Nobody signs in here as “{options['by']}”.")
        file, key = options["file"], options["key"]
        try:
            opens = key.read_text().strip() if key else settings.HUE_SEALING_KEY
            takeover.take_over(file, by=by, at=clock.now(), key=opens, say=self.stdout.write)
        except (archive.Trouble, Refused, OSError) as trouble:
            raise CommandError(str(trouble)) from trouble
