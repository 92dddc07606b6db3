"""What we say on the fediverse, as ActivityStreams has it. Plain JSON: no JSON-LD processor."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from hue.fediverse import names
from hue.fediverse.models import Actor, Note, Quote, Share
from hue.lib import clock
from hue.lib.html import to_html
from hue.media.models import Picture

Json = dict[str, Any]
_TERMS = {
    "toot": "http://joinmastodon.org/ns#",
    "discoverable": "toot:discoverable",
    "indexable": "toot:indexable",
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    "movedTo": {"@id": "as:movedTo", "@type": "@id"},
    "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
    "Hashtag": "as:Hashtag",
    "schema": "http://schema.org#",
    "PropertyValue": "schema:PropertyValue",
    "value": "schema:value",
    "gts": "https://gotosocial.org/ns#",
    "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
    "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
    "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
    "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest",
    "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
    "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"},
}
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", _TERMS]
TYPES = {
    "force": "Group",
    "unit": "Group",
    "team": "Group",
    "officer": "Person",
    "event": "Service",
    "instance": "Application",
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Profile:
    """What an account says of itself."""

    name: str
    about: str  # plain words
    page: str  # the path of its page on our site
    icon: str = ""  # the path of a picture
    fields: Mapping[str, str] = field(default_factory=dict)  # label -> path


@dataclass(frozen=True)
class Words:
    """One post, as far as servers elsewhere are told."""

    text: str
    tag: str = ""  # of its event
    place: str = ""
    pictures: Sequence[Picture] = ()
    answers: str = ""  # the id of the note that it follows up


def document(thing: Mapping[str, Any]) -> str:
    """As it is sent and as it stands in a file: with its context, in one line."""
    return _encode({"@context": CONTEXT, **thing})


def actor(one: Actor, profile: Profile) -> Json:
    page = settings.HUE_SITE + profile.page
    made: Json = {
        "id": names.actor(one.name),
        "type": TYPES[one.kind],
        "preferredUsername": one.name,
        "name": profile.name,
        "summary": f"<p>{to_html(_about(one, profile))}</p>",
        "url": names.actor(one.name),
        "inbox": names.inbox(one.name),
        "outbox": names.outbox(one.name),
        "followers": names.followers(one.name),
        "following": names.following(one.name),
        "endpoints": {"sharedInbox": names.shared_inbox()},
        "manuallyApprovesFollowers": False,
        "discoverable": one.state == "open" and one.kind != "instance",
        "indexable": one.state == "open" and one.kind != "instance",
        "published": clock.stamp(one.opened_at),
        "updated": clock.stamp(one.changed_at),
        "attachment": [
            _field("Website", page),
            *(_field(label, settings.HUE_SITE + path) for label, path in profile.fields.items()),
        ],
        "publicKey": {
            "id": names.key(one.name),
            "owner": names.actor(one.name),
            "publicKeyPem": one.public_key,
        },
    }
    if profile.icon:
        kind = mimetypes.guess_type(profile.icon)[0]
        url = settings.HUE_SITE + profile.icon
        made["icon"] = {"type": "Image", "mediaType": kind, "url": url}
    if one.moved_to:
        made["movedTo"] = one.moved_to
    if one.also_known_as:
        made["alsoKnownAs"] = one.also_known_as
    return made


def note(row: Note, by: Actor, words: Words) -> Json:
    made: Json = {
        "id": names.note(row.pk, row.shown),
        "type": "Note",
        "attributedTo": names.actor(by.name),
        "content": _content(words),
        "published": clock.stamp(row.published_at),
        "url": f"{settings.HUE_SITE}/posts/{row.pk}/",
        "to": [names.PUBLIC],
        "cc": [names.followers(by.name)],
        "sensitive": False,
        "tag": [_tag(words.tag)] if words.tag else [],
        "attachment": [_document(picture) for picture in words.pictures],
        # Anybody may quote us, as anybody may quote our pages.
        "interactionPolicy": {"canQuote": {"automaticApproval": [names.PUBLIC]}},
    }
    made["contentMap"] = {settings.LANGUAGE_CODE.partition("-")[0]: made["content"]}
    if words.answers:
        made["inReplyTo"] = words.answers
    if words.place:
        made["location"] = {"type": "Place", "name": words.place}
    if row.updated_at:
        made["updated"] = clock.stamp(row.updated_at)
    return made


def tombstone(row: Note) -> Json:
    assert row.gone_at is not None
    return {
        "id": names.note(row.pk, row.shown),
        "type": "Tombstone",
        "formerType": "Note",
        "deleted": clock.stamp(row.gone_at),
    }


def counts(row: Note, *, likes: int, shares: int, replies: int) -> Json:
    """Collections without their members: how many there are is nobody's personal data."""
    told = {"likes": likes, "shares": shares, "replies": replies}
    at = names.note(row.pk, row.shown)
    return {
        name: {"id": f"{at}#{name}", "type": "Collection", "totalItems": count}
        for name, count in told.items()
    }


def stamp(quote: Quote) -> Json:
    """That this post elsewhere may quote this note: it is so while the file stands."""
    return {
        "id": names.stamp(quote.pk),
        "type": "QuoteAuthorization",
        "attributedTo": names.actor(quote.note.actor.name),
        "interactingObject": quote.uri,
        "interactionTarget": names.note(quote.note.pk, quote.shown),
    }


def revoke(of: str, quote: Quote, at: datetime) -> Json:
    """The stamp stands in it whole: by its type they know what it was."""
    by = quote.note.actor
    return {
        **_about_note("Delete", of, by, clock.stamp(at), stamp(quote)),
        "cc": [quote.stranger.uri],
    }


def create(of: str, by: Actor, said: Json) -> Json:
    return _about_note("Create", of, by, said["published"], said)


def update(of: str, by: Actor, said: Json, at: datetime) -> Json:
    return _about_note("Update", of, by, clock.stamp(at), said)


def delete(of: str, by: Actor, gone: Json) -> Json:
    return _about_note("Delete", of, by, gone["deleted"], gone)


def announce(of: str, by: Actor, note_id: str, at: datetime) -> Json:
    return _about_note("Announce", of, by, clock.stamp(at), note_id)


def undo(of: str, share: Share, at: datetime) -> Json:
    return _about_note("Undo", of, share.actor, clock.stamp(at), shared(share))


def shared(share: Share) -> Json:
    """As it was told, and stands in the outbox."""
    return announce(share.activity_id, share.actor, share.uri, share.at)


def digest_of(made: Json) -> str:
    """Of a profile, whenever it was changed."""
    lasting = {name: value for name, value in made.items() if name != "updated"}
    return hashlib.sha256(_encode(lasting).encode()).hexdigest()


def update_actor(of: str, by: Actor, now: Json, at: datetime) -> Json:
    return _about_note("Update", of, by, clock.stamp(at), now)


def move(of: str, by: Actor, target: str, at: datetime) -> Json:
    return {**_about_note("Move", of, by, clock.stamp(at), names.actor(by.name)), "target": target}


def _about_note(kind: str, of: str, by: Actor, at: str, what: Json | str) -> Json:
    return {
        "id": names.activity(of),
        "type": kind,
        "actor": names.actor(by.name),
        "published": at,
        "to": [names.PUBLIC],
        "cc": [names.followers(by.name)],
        "object": what,
    }


def _about(one: Actor, profile: Profile) -> str:
    if one.state == "closed":
        return f"This account is closed for good. {profile.about}"
    return profile.about


def _content(words: Words) -> str:
    url = f"{settings.HUE_SITE}/events/{{}}/"
    return f"<p>{to_html(words.text, tag_url=url, tags=frozenset({words.tag}))}</p>"


def _tag(tag: str) -> Json:
    return {"type": "Hashtag", "name": f"#{tag}", "href": f"{settings.HUE_SITE}/events/{tag}/"}


def _document(picture: Picture) -> Json:
    name = picture.name_of(picture.width)
    return {
        "type": "Document",
        "mediaType": mimetypes.guess_type(name)[0],
        "url": f"{settings.HUE_SITE}/media/{name}",
        "name": picture.alt,
        "width": picture.width,
        "height": picture.height,
    }


def _field(label: str, url: str) -> Json:
    """The link back from that page carries rel="me": Mastodon then shows it as verified."""
    link = f'<a href="{url}" rel="me nofollow noopener" target="_blank">{url}</a>'
    return {"type": "PropertyValue", "name": label, "value": link}
