"""Somebody elsewhere answers in public, changes their words, or takes them back."""

from datetime import datetime

import nh3

from hue.fediverse import access
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of, is_public, object_of, text_of
from hue.fediverse.models import Received, Reply
from hue.pages import stale
from hue.people.models import Officer

LONGEST = 50_000  # characters of HTML, as it was sent
TAGS = {"p", "br", "a", "strong", "b", "em", "i", "del", "blockquote", "code", "pre"}
TAGS |= {"ul", "ol", "li"}


def reply(*, by: Officer, at: datetime, received: Received) -> None:
    """What is public, or unlisted, and answers a note of ours that stands. What is meant for one
    person is not kept: a room of conversations will take it."""
    access.require_software(by)
    words = object_of(received.body)
    access.require_reply(received, words)
    note = access.require_note(id_of(words.get("inReplyTo")))
    Reply.objects.get_or_create(
        uri=id_of(words),
        defaults={
            "note": note,
            "stranger": sender(received),
            "html": _cleaned(text_of(words, "content")),
            "public": True,
            "at": at,
        },
    )
    stale.mark(("fediverse.note", note.pk), at=at)


def change_reply(*, by: Officer, at: datetime, received: Received) -> None:
    """One that is not for the public any more is gone."""
    access.require_software(by)
    words = object_of(received.body)
    access.require_own(received, words)
    own = Reply.objects.standing().filter(uri=id_of(words), stranger=sender(received))
    if is_public(words):
        own.update(html=_cleaned(text_of(words, "content")), changed_at=at)
    else:
        own.update(html="", gone_at=at)


def _cleaned(html: str) -> str:
    """Words, paragraphs and links: no style, no picture, nothing that runs. Mentions are links."""
    return nh3.clean(
        html[:LONGEST],
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        clean_content_tags={"script", "style"},
        link_rel="nofollow noopener noreferrer",
    )
