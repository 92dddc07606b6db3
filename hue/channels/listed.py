"""Every account of ours, the live and the closed, as the signed public list tells of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.channels.queries import silent_since
from hue.fediverse import names, profiles
from hue.fediverse.models import Actor
from hue.fediverse.queries import accounts as own
from hue.lib import signing
from hue.pages import files, index

FILE = "channels.json"


def everywhere(*, at: datetime) -> list[dict[str, Any]]:
    """Those on our own server first."""
    others = [_elsewhere(one, at) for one in Account.objects.ever_opened()]
    return [*map(_ours, own()), *others]


def signed(told: list[dict[str, Any]]) -> dict[str, str]:
    """As a post's page does: exactly these bytes, and the signature over them."""
    plain = [dict(_plain(one)) for one in told]
    said = index.canonical({"site": settings.HUE_SITE, "accounts": plain})
    return {"signed": said.decode(), "signature": signing.sign(said)}


def as_written(*, at: datetime) -> bool:
    """Whether the public list still says what is so: rooms below do not know of it."""
    file = files.within_root(FILE)
    return file.exists() and file.read_bytes() == index.canonical(signed(everywhere(at=at)))


def _plain(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        yield name, value.isoformat() if hasattr(value, "isoformat") else value


def _ours(actor: Actor) -> dict[str, Any]:
    return {
        "network": "Fediverse",
        "handle": names.handle(actor.name),
        "url": names.actor(actor.name),
        "purpose": profiles.of(actor).about,
        "staffed": "",
        "out_of_hours": "",
        "last_words": "",
        "opened": actor.opened_at,
        # A moved one says nothing more: nothing but its closing changes it.
        "closed": None if actor.state == "open" else actor.closed_at or actor.changed_at,
        "moved_to": actor.moved_to,
        "silent_since": None,
    }


def _elsewhere(account: Account, at: datetime) -> dict[str, Any]:
    return {
        "network": NETWORKS[account.network].name,
        "handle": account.handle,
        # Of a webhook the address is its owner's affair.
        "url": account.profile,
        "purpose": account.purpose,
        "staffed": account.staffed,
        "out_of_hours": account.out_of_hours,
        "last_words": account.last_words,
        "opened": account.opened_at,
        "closed": account.closed_at,
        "moved_to": "",
        "silent_since": silent_since(account, at=at),
    }
