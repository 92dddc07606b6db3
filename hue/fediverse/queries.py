"""Who speaks for a post and who passes it on; whose key it is; what the desk sees of it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from hue.events.models import LiveEvent
from hue.fediverse import keys, names
from hue.fediverse.accounts import Account
from hue.fediverse.models import (
    Actor,
    ActorQuerySet,
    Dispatch,
    Follower,
    Note,
    Quote,
    Server,
    Stranger,
)
from hue.fediverse.signatures import Signer
from hue.people.models import Force, LocalPolicingUnit, Neighbourhood, Officer, Team

# The most specific voice that is open says it.
ORDER = ("officer", "team", "unit", "force")
_PAGES = {"force": "publishing.home", "unit": "publishing.unit", "event": "publishing.event"}
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


def events_to_open() -> QuerySet[LiveEvent]:
    """Of units that speak themselves; an event's account is there before it starts."""
    unit = Actor.objects.open().filter(kind="unit", key=OuterRef("unit__slug"))
    own = Actor.objects.filter(kind="event", key=OuterRef("hashtag"))
    coming = LiveEvent.objects.filter(state__in=["planned", "live"])
    return coming.filter(Exists(unit)).exclude(Exists(own))


def events_over() -> ActorQuerySet:
    over = LiveEvent.objects.filter(state__in=["closed", "cancelled"]).values("hashtag")
    return Actor.objects.open().filter(kind="event", key__in=over)


def officers_gone() -> ActorQuerySet:
    """Who took their name back, or left."""
    named = Officer.objects.named_in_public().annotate(key=Cast("pk", CharField())).values("key")
    return Actor.objects.open().filter(kind="officer").exclude(key__in=named)


def accounts() -> ActorQuerySet:
    """With how many follow and when something was said last."""
    followers = Follower.objects.filter(actor=OuterRef("pk")).order_by().values("actor")
    notes = Note.objects.filter(actor=OuterRef("pk")).order_by().values("actor")
    return (
        Actor.objects.exclude(kind="instance")
        .annotate(
            followed_by=Subquery(followers.annotate(n=Count("pk")).values("n")),
            last_said=Subquery(notes.annotate(last=Max("published_at")).values("last")),
        )
        .order_by("-state", "kind", "name")
    )


def troubles() -> QuerySet[Server]:
    """Servers for which something waits, since they do not answer, or failed for good."""
    of = Dispatch.objects.filter(server=OuterRef("pk")).order_by().values("server")
    waiting = of.filter(state="due").annotate(n=Count("pk")).values("n")
    failed = of.filter(state="failed").annotate(n=Count("pk")).values("n")
    last = Dispatch.objects.filter(server=OuterRef("pk"), state="failed").order_by("-ended_at")
    return (
        Server.objects.filter(blocked_at=None)
        .annotate(
            waiting=Subquery(waiting), failed=Subquery(failed), why=Subquery(last.values("why")[:1])
        )
        .filter(Q(failing_since__isnull=False) | Q(failed__gt=0))
        .order_by("host")
    )


def fell_silent(*, at: datetime, for_: timedelta, until: timedelta) -> QuerySet[Server]:
    """Where somebody follows us, and nothing has arrived for that long; after `until` it is news
    no more."""
    followed = Follower.objects.filter(stranger__server=OuterRef("pk"))
    silent = Server.objects.filter(failing_since__lte=at - for_, failing_since__gt=at - until)
    return silent.filter(Exists(followed), blocked_at=None).order_by("host")


def voices_to_open() -> list[tuple[str, str, str]]:
    """(kind, key, name) of those who have no account yet; officers open their own."""
    known = set(Actor.objects.values_list("kind", "key"))
    found = [("force", "", force.name) for force in Force.objects.all()]
    found += [("unit", unit.slug, unit.name) for unit in LocalPolicingUnit.objects.order_by("name")]
    found += [("team", team.slug, team.name) for team in Team.objects.order_by("name")]
    return [one for one in found if one[:2] not in known]


def speaks_on(page: str) -> Actor | None:
    """Whose page on our site it is: "force", "units/south", "neighbourhoods/kings-heath" …"""
    kind, _, key = page.partition("/")
    own: dict[str, Q] = {
        "force": Q(kind="force"),
        "units": Q(kind="unit", key=key),
        "events": Q(kind="event", key=key),
        "neighbourhoods": Q(
            kind="team", key__in=Team.objects.filter(neighbourhood__slug=key).values("slug")
        ),
    }
    return Actor.objects.open().filter(own[kind]).order_by("pk").first()


def named_on(actor: Actor) -> list[tuple[str, str]]:
    """The page of who speaks, and the list of where we publish."""
    pages = [("publishing.standing", "rest")]
    if actor.kind == "team":
        place = Team.objects.values_list("neighbourhood__slug", flat=True).get(slug=actor.key)
        pages.append(("publishing.neighbourhood", place))
    elif actor.kind in _PAGES:
        pages.append((_PAGES[actor.kind], actor.key))
    return pages


def quotes(note: str = "") -> QuerySet[Quote]:
    """Who quotes us elsewhere, or one note; the newest first."""
    found = Quote.objects.standing().select_related("stranger").order_by("-at")
    return found.filter(note=note) if note else found


def account_of(officer: Officer) -> Actor | None:
    return Actor.objects.of("officer", str(officer.pk)).first()


def account_of_key(key_id: str) -> Account | None:
    """As our rows have it."""
    row = Stranger.objects.filter(key_id=key_id, gone_at=None).first()
    if row is None:
        return None
    return Account(row.uri, row.handle, row.inbox, row.shared_inbox, row.key_id, row.public_key)


def is_known(uri: str) -> bool:
    return Stranger.objects.filter(uri=uri).exists()


def instance_signer() -> Signer | None:
    row = Actor.objects.open().of("instance", "").first()
    return Signer(names.key(row.name), keys.opened(row.private_key)) if row else None


def states_of_accounts() -> dict[str, str]:
    return dict(Actor.objects.values_list("name", "state"))


def blocked_hosts() -> frozenset[str]:
    return frozenset(Server.objects.blocked().values_list("host", flat=True))
