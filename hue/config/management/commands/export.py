"""`hue export`: what the desk holds, in forms that need nothing of ours."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.audit import chain


class Command(BaseCommand):
    help = "Writes the record as one JSON object a line, as the verifier of one file reads it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--record", metavar="FILE", required=True, help="the record alone")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["record"])
        if file.exists():
            raise CommandError(f"{file} exists: name a file that does not.")
        count = 0
        with open(file, "x", encoding="utf-8", opener=_for_us_alone) as handle:
            for count, line in enumerate(chain.lines(), 1):  # noqa: B007
                handle.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.stdout.write(
            f"{count} entries are in {file}. Anybody checks them with hue/audit/verify_alone.py, "
            f"the key at {settings.HUE_SITE}/signing-key.pem and a copy of "
            f"{settings.HUE_SITE}/index.json."
        )


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
