"""Who may open an account, under which name, and what a server is blocked for."""

import re
from collections.abc import Callable

from hue.events.models import LiveEvent
from hue.fediverse import names
from hue.fediverse.models import Actor
from hue.people.access import Refused, require
from hue.people.models import LocalPolicingUnit, Officer, Team
from hue.people.roles import Permission

_HOST = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+(:\d{1,5})?")


def may_open(by: Officer, kind: str, key: str) -> None:
    """An officer's own is theirs alone to open, and theirs or the force's to close."""
    if kind != "officer":
        require(by, Permission.OPEN_ACCOUNTS)
    elif key != by.record_id:
        raise Refused("Officers open their own account, and nobody else does it for them.")
    elif not by.public or not by.is_active:
        raise Refused(
            "An account under your name shows your name: first choose to be named in public."
        )
    else:
        require(by, Permission.WRITE_POSTS)


def may_close(by: Officer, actor: Actor) -> None:
    if actor.kind == "instance":
        raise Refused("The server's own account signs what we ask other servers: it stays open.")
    if (actor.kind, actor.key) != ("officer", by.record_id):
        require(by, Permission.OPEN_ACCOUNTS)


def name_that_works(name: str) -> str:
    """As every server reads a mention, and free."""
    asked = name.strip().lower().lstrip("@")
    if not names.NAME.fullmatch(asked):
        raise Refused(
            "A name has 2 to 30 letters, figures and underscores, a letter first: “kings_heath”."
        )
    if Actor.objects.filter(name=asked).exists():
        raise Refused(f"@{asked} was used before: it is never given away again. Choose another.")
    return asked


def host_that_works(told: str) -> str:
    """As it stands in addresses: a name of the web, with its port where that is unusual."""
    host = told.strip().lower().removeprefix("https://").strip("/@")
    if not _HOST.fullmatch(host):
        raise Refused("Give the server's name as it stands in addresses: “social.example”.")
    return host


def somebody_speaks(kind: str, key: str) -> None:
    """There is such a voice, and it has no account yet."""
    if kind not in _KNOWN or not _KNOWN[kind](key):
        raise Refused("There is nobody of that kind and name who could have an account.")
    if Actor.objects.of(kind, key).exists():
        raise Refused("They have an account, or had one: there is no second.")


def is_open(actor: Actor) -> None:
    if actor.state != "open":
        raise Refused(f"{names.handle(actor.name)} is {actor.state} already.")


_KNOWN: dict[str, Callable[[str], bool]] = {
    "force": lambda key: key == "",
    "instance": lambda key: key == "",
    "unit": lambda key: LocalPolicingUnit.objects.filter(slug=key).exists(),
    "team": lambda key: Team.objects.filter(slug=key).exists(),
    "officer": lambda key: Officer.objects.named_in_public().filter(pk=key).exists(),
    "event": lambda key: LiveEvent.objects.filter(hashtag=key).exists(),
}
