"""What somebody elsewhere may do with what stands here."""

from hue.fediverse import names
from hue.fediverse.documents import Document, id_of
from hue.fediverse.models import Actor, Received, Stranger
from hue.people.access import Refused
from hue.people.models import Officer


class NotTaken(Exception):
    """An activity that changes nothing here; the message says why in words."""


def require_software(by: Officer) -> None:
    """What comes from elsewhere is taken by the software itself, for nobody of ours."""
    if "system" not in by.roles:
        raise Refused("What other servers send is taken by the software, by no person.")


def require_known(received: Received) -> None:
    if received.stranger is None:
        raise NotTaken("The account that sent it is gone.")
    if received.stranger.server.blocked_at is not None:
        raise NotTaken("Its server is blocked.")


def sender(received: Received) -> Stranger:
    assert received.stranger is not None
    return received.stranger


def require_ours(body: Document) -> Actor:
    """The account of ours that it is about."""
    name = names.actor_of(id_of(body.get("object")))
    actor = Actor.objects.filter(name=name).first() if name else None
    if actor is None:
        raise NotTaken("It is about no account of ours.")
    return actor


def may_be_followed(actor: Actor) -> bool:
    return actor.state == "open" and actor.kind != "instance"
