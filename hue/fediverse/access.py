"""What somebody elsewhere may do with what stands here."""

from hue.fediverse import names
from hue.fediverse.accounts import Account
from hue.fediverse.documents import Document, id_of, is_public, kind_of, same_host
from hue.fediverse.models import Actor, Note, Received, Reply, Server, Stranger
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
    require_not_blocked(received.stranger.server)


def require_not_blocked(server: Server) -> None:
    if server.blocked_at is not None:
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


def require_note(address: str) -> Note:
    """One of ours that still stands: of what was withdrawn nothing is kept."""
    name = names.note_of(address)
    note = Note.objects.out().filter(pk=name).first() if name else None
    if note is None:
        raise NotTaken("It is about nothing that we say.")
    return note


def require_reply(received: Received, words: Document) -> None:
    require_own(received, words)
    if kind_of(words) != "Note" or not is_public(words):
        raise NotTaken("It is no public note.")
    if Reply.objects.filter(uri=id_of(words)).exclude(stranger=received.stranger).exists():
        raise NotTaken("Somebody else said that.")


def require_own(received: Received, words: Document) -> None:
    """Their words, under their name, on their server."""
    require_same_server(received, id_of(words))
    require_oneself(received, id_of(words.get("attributedTo")))


def require_own_act(received: Received, act: Document) -> None:
    """An act that is named by its id alone is looked up among the sender's."""
    if "actor" in act:
        require_oneself(received, id_of(act["actor"]))


def require_oneself(received: Received, uri: str) -> None:
    if uri != sender(received).uri:
        raise NotTaken("It is somebody else's.")


def require_same_server(received: Received, address: str) -> None:
    if not same_host(address, sender(received).uri):
        raise NotTaken("It stands on another server than who sent it.")


def require_move(received: Received, target: Account | None) -> None:
    """Both accounts must say that they are the same person's."""
    require_oneself(received, id_of(received.body.get("object")))
    if target is None or target.uri != id_of(received.body.get("target")):
        raise NotTaken("The account that they move to does not answer.")
    if sender(received).uri not in target.also_known_as:
        raise NotTaken("The account that they move to does not say that it is theirs.")
