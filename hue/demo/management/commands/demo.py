"""`hue demo`: load the demonstration, or let it go on where it was."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hue.demo import script
from hue.demo.load import load, load_people
from hue.demo.models import Progress
from hue.demo.play import play_due
from hue.events.jobs import move_by
from hue.events.models import LiveEvent
from hue.lib import clock
from hue.people.models import Force
from hue.publishing.jobs import publish_by

STEP = timedelta(minutes=10)


class Command(BaseCommand):
    help = "Loads the demonstration force and lets its day run, or go on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--speed", type=float, help="How many times as fast as life; 60 the first time."
        )
        parser.add_argument(
            "--people-alone", action="store_true", help="The force and its people, no day."
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
        if options["people_alone"]:
            load_people(opens=_opens(clock.real_now()))
            return
        load(opens=_opens(clock.real_now()), rate=options["speed"] or 60)
        progress = Progress.objects.get()
        shown, rate = progress.shown_at, options["speed"] or progress.rate
        if options["at"]:
            shown = self._up_to(options["at"], shown)
        Progress.objects.update(shown_at=shown, rate=rate)
        clock.run_at(rate, shown=shown)

    def _up_to(self, until: str, shown: datetime) -> datetime:
        """As if the clock had run: what waits is decided, what is planned goes out on the way.

        Of the day that was loaded, which need not be today's.
        """
        opens = LiveEvent.objects.earliest("pk").starts_at
        last = opens + timedelta(minutes=script.minute_of(until))
        if last < shown:
            raise CommandError(
                f"It is {timezone.localtime(shown):%H:%M} there by now, and time does not go back: "
                "name a later time, or another HUE_DATA for a new day."
            )
        at = max(opens, shown)
        while at < last:
            at = min(at + STEP, last)
            move_by(at=at)
            publish_by(at=at)
            while play_due(at=at):
                self.stdout.write(".", ending="")
        return last


def _opens(real: datetime) -> datetime:
    """Seven in the morning of today, where the force is."""
    local = timezone.localtime(real)
    return datetime.combine(local.date(), time(7), tzinfo=local.tzinfo)
