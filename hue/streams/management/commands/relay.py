"""`hue relay`: what the public may hear goes on to nginx with nchan."""

import asyncio
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hue.streams.listen import connect
from hue.streams.relay import relay


class Command(BaseCommand):
    help = "Passes public messages on to nginx with nchan, each once; one process for the force."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HUE_NCHAN:
            raise CommandError("Set HUE_NCHAN to nchan's publishing address first.")
        asyncio.run(relay(connect, settings.HUE_NCHAN, Path(settings.HUE_DATA) / "relay.last"))
