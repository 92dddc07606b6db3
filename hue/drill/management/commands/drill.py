"""`hue drill NAME --speed N`, once its place is there: begins the drill, or lets it go on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Max

from hue.drill import actions, script
from hue.drill.models import Drill
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Force
from hue.people.queries import system

MARK = " (drill)"


class Command(BaseCommand):
    help = "Replays a written event into screens of its own, and scores it. Nothing leaves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=f"One of: {', '.join(script.events())}.")
        parser.add_argument(
            "--speed", type=float, default=10, help="1 to 60 times as fast as life; 10."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, name, speed = clock.now(), options["name"], options["speed"]
        for force in Force.objects.exclude(name__endswith=MARK):
            force.name += MARK  # on every page of this place, in public and on the desk
            force.short_name += MARK
            force.save(update_fields=["name", "short_name"])
        running = Drill.objects.filter(state="running").first()
        try:
            if running is None:
                actions.begin(by=system(), at=at, event=name, speed=speed)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        # What passed while it was switched off does not count.
        played = running.cues.aggregate(at=Max("played_at"))["at"] if running else None
        clock.run_at(speed, shown=played or (running.began_at if running else at))
