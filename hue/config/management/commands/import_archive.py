"""`hue import-archive FILE --by NAME`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.config import archive, takeover
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer


class Command(BaseCommand):
    help = (
        "Takes over from an export of another installation what can live on here: blocked "
        "servers, and who may send followers to our accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="such as desk.tar.gz")
        parser.add_argument("--by", required=True, metavar="NAME", help="who answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Officer.objects.filter(username=options["by"], left_at=None).first()
        if by is None:
            raise CommandError(f"Nobody signs in here as “{options['by']}”.")
        try:
            takeover.take_over(options["file"], by=by, at=clock.now(), say=self.stdout.write)
        except (archive.Trouble, Refused) as trouble:
            raise CommandError(str(trouble)) from trouble
