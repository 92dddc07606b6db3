"""`hue demo`: load the demonstration, or let it go on where it was."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hue.demo import script
from hue.demo.load import load
from hue.demo.models import Progress
from hue.demo.play import play_due
from hue.events.jobs import move_by
from hue.lib import clock
from hue.people.models import Force
from hue.publishing.jobs import publish_by

STEP = timedelta(minutes=10)


class Command(BaseCommand):
    help = "Loads the demonstration force and lets its day run, or go on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--speed", type=float, default=60, help="How many times as fast as life."
        )
        parser.add_argument("--at", default="", help="Play at once up to this time, such as 16:10.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HUE_DEMONSTRATION:
            raise CommandError(
                "This installation is not a demonstration: set HUE_DEMONSTRATION=yes in one "
                "that holds no real data."
            )
        if Force.objects.filter(demonstration=False).exists():
            raise CommandError("A real force lives here. The demonstration wants an empty place.")
        opens = _opens(clock.real_now())
        load(opens=opens, rate=options["speed"])
        if options["at"]:
            self._up_to(opens, options["at"])
        progress = Progress.objects.get()
        clock.run_at(progress.rate, shown=progress.shown_at)

    def _up_to(self, opens: datetime, until: str) -> None:
        """As if the clock had run: what waits is decided, what is planned goes out on the way."""
        last = opens + timedelta(minutes=script.minute_of(until))
        at = opens
        while at < last:
            at = min(at + STEP, last)
            move_by(at=at)
            publish_by(at=at)
            while play_due(at=at):
                self.stdout.write(".", ending="")
        Progress.objects.update(shown_at=last)


def _opens(real: datetime) -> datetime:
    """Seven in the morning of today, where the force is."""
    local = timezone.localtime(real)
    return datetime.combine(local.date(), time(7), tzinfo=local.tzinfo)
