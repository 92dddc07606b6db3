"""Who speaks for a post, and who passes it on."""

from typing import NamedTuple

from django.db.models import Q

from hue.events.models import LiveEvent
from hue.fediverse.models import Actor
from hue.people.models import Neighbourhood, Officer

# The most specific voice that is open says it.
ORDER = ("officer", "team", "unit", "force")
SHARES = frozenset({"unit", "event"})


class Voices(NamedTuple):
    says: Actor
    share: list[Actor]


def voices(author: Officer, place: Neighbourhood | None, event: LiveEvent | None) -> Voices | None:
    """None where no account is open under which it could be said."""
    wanted = Q(kind="force", key="")
    for kind, key in _keys(author, place, event):
        wanted |= Q(kind=kind, key=key)
    found = {one.kind: one for one in Actor.objects.open().filter(wanted)}
    says = next((found[kind] for kind in ORDER if kind in found), None)
    if says is None:
        return None
    share = [one for one in found.values() if one.kind in SHARES and one.pk != says.pk]
    return Voices(says, share)


def _keys(
    author: Officer, place: Neighbourhood | None, event: LiveEvent | None
) -> list[tuple[str, str]]:
    keys = [("officer", str(author.pk))] if author.public and author.left_at is None else []
    if author.team is not None and "guest" not in author.roles:
        keys.append(("team", author.team.slug))
    if place is not None:
        keys.append(("unit", place.unit.slug))
    if event is not None:
        keys.append(("event", event.hashtag))
    return keys
