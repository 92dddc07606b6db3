"""A letter as it came (.eml, RFC 5322): its subject and its plain words."""

import hashlib
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage

from hue.listening.arrival import Arrival
from hue.listening.sources.markup import words

LARGEST = 10 * 2**20


def letter(raw: bytes) -> Iterator[Arrival | None]:
    """One; None where it has no date or no words."""
    message = message_from_bytes(raw[:LARGEST], policy=policy.default)
    yield _arrival(message, raw) if isinstance(message, EmailMessage) else None


def _arrival(message: EmailMessage, raw: bytes) -> Arrival | None:
    try:
        at, body = message["date"].datetime, message.get_body(("plain", "html"))
        text = str(body.get_content()) if body else ""
        subject, sender = str(message["subject"] or ""), str(message["from"] or "")
    except (AttributeError, LookupError, ValueError):
        return None
    if at is None:
        return None
    html = body is not None and body.get_content_type() == "text/html"
    said = f"{subject}\n{words(text) if html else text}".strip()
    id_ = str(message["message-id"] or "") or hashlib.sha256(raw).hexdigest()
    when = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Arrival(id_[:500], said, when, author=sender[:500])
