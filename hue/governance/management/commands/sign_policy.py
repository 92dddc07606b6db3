"""`hue sign-policy`: a policy pack that somebody wrote or changed, signed with our key."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.governance.packfile.pack import PackRefused
from hue.governance.packfile.read import read, unsigned
from hue.governance.packfile.write import signed


class Command(BaseCommand):
    help = (
        "Signs a policy pack with the key of this force, in its place; a signature that it has is "
        "replaced. A pack with faults is not signed. It comes into force on the page “Policy”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            text = signed(unsigned(file.read_bytes()))
            found = read(text.encode())
            file.write_text(text, encoding="utf-8")
        except (PackRefused, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{file} is signed with the key {found.fingerprint}.")
