"""`hue new-force NAME`: an empty installation gets its force, and a first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from hue.lib import clock
from hue.people import actions
from hue.people.access import Refused
from hue.people.queries import system


class Command(BaseCommand):
    help = "Sets up the force of an empty installation, and the administrator who invites others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="as the public reads it: “Birmingham South Police”")
        parser.add_argument("--short", default="", help="a shorter name, where there is no room")
        parser.add_argument(
            "--unit",
            action="append",
            required=True,
            metavar="NAME",
            help="a local policing unit; once for each",
        )
        parser.add_argument("--admin", required=True, metavar="NAME", help="the administrator")
        parser.add_argument("--sign-in", required=True, metavar="NAME", help="signs in as")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            token = _set_up(options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        link = settings.HUE_SITE + reverse("invitation", args=[token])
        self.stdout.write(
            f"{options['name']} is set up. {options['admin']} signs in first by this link, which "
            f"works once, within three days:\n\n  {link}\n\n"
            "Next: `hue import-areas FILE.geojson --unit UNIT` for its neighbourhoods and teams, "
            "`hue build-pages` for the public site."
        )


@transaction.atomic
def _set_up(told: dict[str, Any]) -> str:
    """The token of the first invitation."""
    by, at = system(), clock.now()
    name = told["name"]
    short = told["short"] or name
    actions.found(by=by, at=at, name=name, short_name=short[:40], units=told["unit"])
    admin = actions.add_person(
        by=by,
        at=at,
        username=told["sign_in"],
        name=told["admin"],
        roles=["administrator"],
        practice=False,
    )
    return actions.invite(by=by, at=at, officer=admin)
