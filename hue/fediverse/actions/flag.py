"""Another server says that something of ours is wrong."""

import html
from datetime import datetime

import nh3
from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of, text_of
from hue.fediverse.models import Flag, Received
from hue.lib.html import plain
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

READ = Kind("fediverse.flag_read", "{by} looked at what the server {host} had reported.")
FLAGGED = Kind("fediverse.flagged", "The server {host} reported something of ours.")
MOST, LONGEST, SHORT = 50, 5000, 300


def flag(*, by: Officer, at: datetime, received: Received) -> None:
    """Somebody of ours looks at it: the software judges nothing."""
    access.require_software(by)
    told = received.body.get("object")
    things = told if isinstance(told, list) else [told]
    about = [address for one in things[:MOST] if (address := id_of(one))]
    words = plain(_without_tags(text_of(received.body, "content")))[:LONGEST]
    server = sender(received).server
    row = Flag.objects.create(server=server, about=about, words=words, at=at)
    record(FLAGGED, by=by, at=at, subject=row, data={"host": server.host})
    said = f": “{words[:SHORT]}”" if words else ", and does not say why."
    raise_alarm(
        _slug(server.host),
        f"The server {server.host} reports {', '.join(about[:3]) or 'something of ours'}{said}",
        at=at,
    )


@transaction.atomic
def read_flag(*, by: Officer, at: datetime, flag: Flag) -> None:
    """Somebody has looked; what they did about it stands with the post."""
    require(by, Permission.OPEN_ACCOUNTS)
    host = flag.server.host
    if not Flag.objects.unread().filter(pk=flag.pk).update(read_at=at):
        raise Refused("Somebody has looked at it already.")
    if not Flag.objects.unread().filter(server=flag.server).exists():
        end_alarm(_slug(host), at=at)
    record(READ, by=by, at=at, subject=flag, data={"host": host})


def _slug(host: str) -> str:
    return f"flag {host}"


def _without_tags(told: str) -> str:
    return html.unescape(nh3.clean(told, tags=set(), clean_content_tags={"script", "style"}))
