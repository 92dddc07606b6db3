"""An activity as somebody sent it, before anything of it is believed."""

from typing import NamedTuple

from hue.fediverse.documents import (
    Document,
    Unreadable,
    id_of,
    is_public,
    kind_of,
    object_of,
    parsed,
    same_host,
)

# The others mean nothing to us: they are answered, and nothing of them is kept.
_ACTS = ("Follow", "Undo", "Block", "Move", "Like", "Announce", "QuoteRequest", "Flag")
WORKED_ON = frozenset((*_ACTS, "Create", "Update", "Delete"))


class Incoming(NamedTuple):
    id: str
    kind: str
    actor: str
    whole: Document

    @property
    def is_for_us(self) -> bool:
        """What is said to one person is no reply to us: it is neither kept nor read."""
        return self.kind in WORKED_ON and (self.kind != "Create" or is_public(self.object))

    @property
    def object(self) -> Document:
        return object_of(self.whole)

    @property
    def ends_its_actor(self) -> bool:
        return self.kind == "Delete" and id_of(self.object) == self.actor


def read(body: bytes) -> Incoming:
    """Raises Unreadable."""
    whole = parsed(body)
    found = Incoming(id_of(whole), kind_of(whole), id_of(whole.get("actor")), whole)
    if not found.kind or not found.actor:
        raise Unreadable("An activity needs a type, and an actor by its address.")
    if not same_host(found.id, found.actor):
        # Else anybody could use up the name of what somebody else is about to send.
        raise Unreadable("An activity needs an id on the server of its actor.")
    return found
