"""The files that servers elsewhere ask for, and the page of an account for people."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.template.loader import render_to_string

from hue.fediverse import names, objects, profiles, stamps
from hue.fediverse.models import Actor, Note, Quote
from hue.fediverse.objects import Json
from hue.fediverse.say import A_PAGE, page_of
from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource

OBJECT = names.SUFFIX


class Accounts(PageSource):
    name = "fediverse.actor"
    rank = 3
    folders = ("actors", "webfinger")
    suffixes = (".html", ".json", ".jrd", ".gz")

    def keys(self) -> Iterable[str]:
        return Actor.objects.values_list("name", flat=True).iterator()

    def get(self, key: str) -> Actor | None:
        counted = Actor.objects.annotate(followed_by=Count("followers"))
        return counted.filter(name=key).first()

    def path(self, item: Actor) -> str:
        return f"actors/{item.name}.html"

    def files(self, item: Actor) -> Iterator[File]:
        profile = profiles.of(item)
        yield _object(f"actors/{item.name}", objects.actor(item, profile))
        yield File(f"webfinger/{item.name}.jrd", _json(_finger(item)))
        for kind, of, count in (
            ("followers", names.followers(item.name), item.followed_by),  # type: ignore[attr-defined]
            ("following", names.following(item.name), 0),
        ):
            told = {"id": of, "type": "OrderedCollection", "totalItems": count}
            yield _object(f"actors/{item.name}/{kind}", told)
        yield shell.file(
            self.path(item),
            title=f"{profile.name} on the fediverse",
            description=profile.about,
            head=_head(item),
            main=render_to_string("fediverse/actor.html", _page(item, profile)),
        )


class Notes(PageSource):
    name = "fediverse.note"
    rank = 1
    in_sitemap = False
    suffixes = ()  # the room of posts keeps their folder

    def keys(self) -> Iterable[str]:
        return Note.objects.values_list("pk", flat=True).iterator(5000)

    def get(self, key: str) -> Note | None:
        return dict(self.many([key]))[key]

    def many(self, keys: list[str]) -> Iterator[tuple[str, Note | None]]:
        found = _counted().in_bulk(keys)
        return ((key, found.get(key)) for key in keys)

    def path(self, item: Note) -> str:
        return f"posts/{item.pk}{OBJECT}"

    def files(self, item: Note) -> Iterator[File]:
        yield _object(f"posts/{item.pk}", _said(item))


class Stamps(PageSource):
    name = stamps.SOURCE
    rank = 0  # somebody is told of it in the same moment
    in_sitemap = False
    folders = ("stamps",)
    suffixes = (".json", ".gz")

    def keys(self) -> Iterable[str]:
        return Quote.objects.standing().values_list("pk", flat=True).iterator()

    def get(self, key: str) -> Quote | None:
        return Quote.objects.standing().select_related("note__actor").filter(pk=key).first()

    def path(self, item: Quote) -> str:
        return f"stamps/{item.pk}{OBJECT}"

    def files(self, item: Quote) -> Iterator[File]:
        yield _object(f"stamps/{item.pk}", objects.stamp(item))

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"stamps/{key}{OBJECT}",)


class Outboxes(PageSource):
    """The key is an account's name and a page, counted from the oldest: "south/3"."""

    name = "fediverse.outbox"
    in_sitemap = False

    def keys(self) -> Iterator[str]:
        for name, said in Actor.objects.values_list("name", "said").iterator():
            yield from (f"{name}/{page}" for page in range(1, page_of(max(said, 1)) + 1))

    def get(self, key: str) -> tuple[Actor, int] | None:
        name, _, page = key.partition("/")
        actor = Actor.objects.filter(name=name).first()
        return (actor, int(page)) if actor else None

    def path(self, item: tuple[Actor, int]) -> str:
        actor, page = item
        return f"actors/{actor.name}/outbox/{page}{OBJECT}"

    def files(self, item: tuple[Actor, int]) -> Iterator[File]:
        actor, page = item
        last = page_of(max(actor.said, 1))
        yield _object(f"actors/{actor.name}/outbox/{page}", _outbox_page(actor, page))
        yield _object(f"actors/{actor.name}/outbox", _outbox(actor, last))


class Server(PageSource):
    """What this server is: NodeInfo, and where WebFinger is asked."""

    name = "fediverse.server"
    rank = 6
    in_sitemap = False
    folders = ("nodeinfo",)

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str | None:
        return key if Actor.objects.exists() else None

    def path(self, item: str) -> str:
        return "nodeinfo.json"

    def gone(self, key: str) -> tuple[str, ...]:
        return ("nodeinfo.json", "nodeinfo/2.1.json", "host-meta.xrd")

    def files(self, item: str) -> Iterator[File]:
        rel = "http://nodeinfo.diaspora.software/ns/schema/2.1"
        there = f"{settings.HUE_SITE}/nodeinfo/2.1.json"
        yield File(self.path(item), _json({"links": [{"rel": rel, "href": there}]}))
        yield File("nodeinfo/2.1.json", _json(_nodeinfo()))
        yield File("host-meta.xrd", _host_meta().encode())


def _counted() -> Any:
    """Notes with what is counted of them."""
    return Note.objects.select_related("actor").annotate(
        likes=Count("reactions", filter=Q(reactions__kind="like"), distinct=True),
        boosts=Count("reactions", filter=Q(reactions__kind="boost"), distinct=True),
        answered=Count(
            "replies", filter=Q(replies__gone_at=None, replies__public=True), distinct=True
        ),
    )


def _said(note: Any) -> Json:
    if note.state == "gone":
        return objects.tombstone(note)
    counts = objects.counts(note, likes=note.likes, shares=note.boosts, replies=note.answered)
    return {**note.object, **counts}


def _outbox(actor: Actor, last: int) -> Json:
    return {
        "id": names.outbox(actor.name),
        "type": "OrderedCollection",
        "totalItems": actor.notes.out().count() + actor.shares.standing().count(),
        "first": names.outbox_page(actor.name, last),
        "last": names.outbox_page(actor.name, 1),
    }


def _outbox_page(actor: Actor, page: int) -> Json:
    """The newest first. Where the next newer page is does not stand here, or a full page would
    change when that one is begun."""
    on_page = Q(number__gt=(page - 1) * A_PAGE, number__lte=page * A_PAGE)
    said = {note.number: _created(note, actor) for note in actor.notes.out().filter(on_page)}
    shares = actor.shares.standing().select_related("actor").filter(on_page)
    said |= {share.number: objects.shared(share) for share in shares}
    made: Json = {
        "id": names.outbox_page(actor.name, page),
        "type": "OrderedCollectionPage",
        "partOf": names.outbox(actor.name),
        "orderedItems": [said[number] for number in sorted(said, reverse=True)],
    }
    if page > 1:
        made["next"] = names.outbox_page(actor.name, page - 1)
    return made


def _created(note: Note, actor: Actor) -> Json:
    return {
        "id": f"{names.note(note.pk, note.shown)}#created",
        "type": "Create",
        "actor": names.actor(actor.name),
        "published": note.object["published"],
        "to": note.object["to"],
        "cc": note.object["cc"],
        "object": note.object,
    }


def _finger(actor: Actor) -> Json:
    own = names.actor(actor.name)
    return {
        "subject": f"acct:{actor.name}@{names.host()}",
        "aliases": [own],
        "links": [
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": own},
            {"rel": "self", "type": names.KINDS[0], "href": own},
        ],
    }


def _nodeinfo() -> Json:
    open_ones = Actor.objects.open().exclude(kind="instance")
    return {
        "version": "2.1",
        "software": {"name": "hueandcry", "version": "0.1.0"},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0", "rss2.0"]},
        "openRegistrations": False,
        "usage": {
            "users": {"total": open_ones.count()},
            "localPosts": Note.objects.out().count(),
        },
        "metadata": {"nodeName": str(shell.who()["name"])},
    }


def _host_meta() -> str:
    template = f"{settings.HUE_SITE}/.well-known/webfinger?resource={{uri}}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
        f'<Link rel="lrdd" template="{template}"/></XRD>\n'
    )


def _page(actor: Actor, profile: objects.Profile) -> dict[str, Any]:
    return {
        "account": actor,
        "profile": profile,
        "handle": names.handle(actor.name),
        "followers": actor.followed_by,  # type: ignore[attr-defined]
        "at": clock.stamp(actor.changed_at),
    }


def _head(actor: Actor) -> str:
    own = names.actor(actor.name)
    return f'<link rel="alternate" type="{names.KINDS[0]}" href="{own}">'


def _object(path: str, thing: Json) -> File:
    return File(f"{path}{OBJECT}", objects.document(thing).encode())


def _json(thing: Json) -> bytes:
    return json.dumps(thing, ensure_ascii=False).encode()
