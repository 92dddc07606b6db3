"""Somebody signs in at a network, and our software gets a key of its own: there and back.

What is under way stands sealed in their session, for some minutes and for one use.
"""

import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from hue.channels import access, actions
from hue.channels.calling import Line, Trouble, understood
from hue.channels.connector import Connector
from hue.channels.entrance import Entrance, Granted, placed
from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.channels.sending import open_door
from hue.lib import sealing
from hue.people import queries as people
from hue.people.access import Refused

KEPT = "channels.signing_in"
FOR = timedelta(minutes=10)
LOST = "That took too long, or was begun in another browser: begin again from this page."


class Trip(NamedTuple):
    """What was typed before, and what the network must say when somebody comes back."""

    network: str
    address: str
    keys: dict[str, str]
    state: str
    verifier: str
    until: str
    account: int | None = None  # it gets a new key; else one is connected with what was typed
    typed: dict[str, Any] = {}


def set_out(
    session: SessionBase, network: Connector, address: str, given: dict[str, str], **also: Any
) -> str:
    """Where to send them; `also` are `at`, and `account` or what was typed."""
    entrance = _entrance(network)
    address = access.address_that_works(address)
    with understood(network.name):
        app = entrance.app(Line(network.name, network.reads), address, back())
    if "client_id" not in {**given, **app}:
        raise Refused("Its key was pasted: paste a new one, or connect it anew by signing in.")
    until = (also.pop("at") + FOR).isoformat()
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    trip = Trip(network.slug, address, {**given, **app}, state, verifier, until, **also)
    session[KEPT] = sealing.seal_text(json.dumps(trip._asdict()))
    home = network.home
    return entrance.ask(home, address, trip.keys, back(), state=state, verifier=verifier)


def come_back(session: SessionBase, state: str, *, at: datetime) -> Trip:
    """Once, soon, and in the same browser. Raises Refused."""
    kept = session.pop(KEPT, None)
    if kept is None:
        raise Refused(LOST)
    trip = Trip(**json.loads(sealing.open_text(kept)))
    soon = at <= datetime.fromisoformat(trip.until)
    if not (soon and hmac.compare_digest(trip.state.encode(), state.encode())):
        raise Refused(LOST)
    return trip


def redeem(trip: Trip, code: str) -> Granted:
    """Raises Trouble."""
    network = NETWORKS[trip.network]
    entrance = _entrance(network)
    where = placed(entrance.keys_at, network.home, trip.address)
    told = {"code": code, "code_verifier": trip.verifier, "redirect_uri": back()}
    with understood(network.name):
        return entrance.redeem(Line(network.name, network.reads), where, trip.keys, **told)


def renew(account: Account, *, at: datetime) -> None:
    """Before it ends; the network is called outside every transaction."""
    by = people.system()
    mine = actions.claim_key(by=by, at=at, account=account)
    if mine is None:
        return
    network = NETWORKS[mine.network]
    entrance, door = _entrance(network), open_door(network, mine)
    where = placed(entrance.keys_at, network.home, mine.address)
    try:
        with understood(network.name):
            granted = entrance.renew(door.line, where, door.secrets)
    except Trouble as trouble:
        actions.note_not_renewed(by=by, at=at, account=mine, says=_not_renewed(mine, trouble, at))
    else:
        actions.keep_key(by=by, at=at, account=mine, granted=granted)


def _not_renewed(account: Account, trouble: Trouble, at: datetime) -> str:
    when = date_format(timezone.localtime(account.expires_at or at), "l j F, H:i")
    return (
        f"The key to {account} could not be renewed, and ends {when}: {trouble} {account.owner} "
        "reconnects it before that."
    )


def back() -> str:
    """Must be named to the network, exactly so."""
    return f"{settings.HUE_SITE}{reverse('channels:come_back')}"


def _entrance(network: Connector) -> Entrance:
    if network.entrance is None:
        raise Refused(f"Nobody signs in at {network.name}: paste its key.")
    return network.entrance
