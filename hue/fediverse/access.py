"""Who may open an account, and what somebody elsewhere may do with what is ours."""

import re
from collections.abc import Callable

from django.conf import settings

from hue.events.models import LiveEvent
from hue.fediverse import names
from hue.fediverse.accounts import Account
from hue.fediverse.documents import Document, id_of, is_address, is_public, kind_of, same_host
from hue.fediverse.models import Actor, Note, Quote, Received, Reply, Server, Stranger
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


def address_that_works(told: str) -> str:
    """Of the profile of an account elsewhere."""
    address = told.strip()
    if not is_address(address) or not (address.startswith("https:") or settings.HUE_FETCH_PRIVATE):
        raise Refused(
            "Give the address of the other account's profile: “https://social.example/users/them”."
        )
    return address


def may_move_to(actor: Actor, target: Account) -> None:
    """Else every server would ignore the move, and the followers would be lost between."""
    if names.actor(actor.name) not in target.also_known_as:
        raise Refused(
            f"{target.handle or target.uri} does not name {names.actor(actor.name)} as its own "
            "yet. Say so there first: on Mastodon in Preferences, Account, Moving from a "
            "different account."
        )


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


class NotTaken(Exception):
    """An activity that changes nothing here; the message says why in words."""


def require_software(by: Officer) -> None:
    """What comes from elsewhere is taken by the software itself, for nobody of ours."""
    if "system" not in by.roles:
        raise Refused("What other servers send is taken by the software, by no person.")


def is_stuck(received: Received) -> None:
    if received.state != "stuck":
        raise Refused("That message was looked at already.")


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


def require_said(address: str) -> Note:
    """One of ours, whether it stands or was taken back."""
    name = names.note_of(address)
    note = Note.objects.select_related("actor").filter(pk=name).first() if name else None
    if note is None:
        raise NotTaken("It is about nothing that we said.")
    return note


def require_quoting(received: Received) -> str:
    """The address of the post that quotes: their own, and, where it came whole, of that note."""
    words = received.body.get("instrument")
    uri = id_of(words)
    require_same_server(received, uri)
    if isinstance(words, dict):
        require_oneself(received, id_of(words.get("attributedTo")))
        if id_of(words.get("quote")) != id_of(received.body.get("object")):
            raise NotTaken("The post that came with it quotes something else.")
    return uri


def may_quote(note: Note, received: Received, uri: str) -> bool:
    """As the note says for everybody who reads it; who was refused once stays so."""
    if note.state != "out" or note.actor.state == "closed":
        return False
    if note.quotes.filter(uri=uri).exclude(revoked_at=None, stranger=sender(received)).exists():
        return False
    rule = note.object.get("interactionPolicy", {}).get("canQuote", {})
    allowed = set(rule.get("automaticApproval", ()))
    return not allowed.isdisjoint({names.PUBLIC, sender(received).uri})


def may_be_revoked(quote: Quote, reason: str) -> None:
    if quote.revoked_at is not None:
        raise Refused("That was taken back already.")
    if not reason.strip():
        raise Refused("Say why they may not quote it any more: it stands in the record.")


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
