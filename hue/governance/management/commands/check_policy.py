"""`hue check-policy`: what is wrong with a policy pack, or what it would change here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.governance import policy
from hue.governance.compare import compare
from hue.governance.models import Pack
from hue.governance.packfile.pack import PackFile, PackRefused
from hue.governance.packfile.read import read
from hue.lib import clock


class Command(BaseCommand):
    help = (
        "Reads a policy pack and changes nothing. Says every fault with its line, or whose key "
        "signed it and what would change in the policy in force here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = read(options["file"].read_bytes())
        except (PackRefused, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        pack = Pack(
            text=found.text, values=found.values, guard=found.guard, fingerprint=found.fingerprint
        )
        self._head(found, pack.signer)
        groups = compare(policy.in_force(at=clock.now()), policy.of(pack))
        for group in groups:
            self.stdout.write(f"\n{group.name}")
            for change in group.changes:
                self.stdout.write(f"  {change}")
        if not groups:
            self.stdout.write("It says what is in force already.")

    def _head(self, found: PackFile, signer: str) -> None:
        head = found.head
        self.stdout.write(f"{head.title}, edition {head.edition}, made by {head.made_by}.")
        whose = signer or "nobody here knows whose that is"
        self.stdout.write(f"Signed with the key {found.fingerprint}: {whose}.")
