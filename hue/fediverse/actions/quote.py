"""Somebody elsewhere wants to quote what we said; one of ours takes back that they may."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access, answers, stamps
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of
from hue.fediverse.models import Quote, Received
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission

REVOKED = Kind(
    "fediverse.quote_revoked", "{by} took back that somebody at {host} may quote a post: {reason}"
)


def quote(*, by: Officer, at: datetime, received: Received) -> None:
    """Answered at once, by the rule that the note itself tells."""
    access.require_software(by)
    note = access.require_said(id_of(received.body.get("object")))
    uri = access.require_quoting(received)
    if not access.may_quote(note, received, uri):
        answers.reject(note.actor, received, at=at)
        return
    told = {"stranger": sender(received), "shown": note.shown, "at": at}
    row, _ = Quote.objects.get_or_create(note=note, uri=uri, defaults=told)
    answers.accept(note.actor, received, at=at, result=stamps.show(row, at=at))


@transaction.atomic
def revoke_quote(*, by: Officer, at: datetime, quote: Quote, reason: str) -> None:
    """Servers that keep to the rule then show the quote without our words."""
    require(by, Permission.OPEN_ACCOUNTS)
    access.may_be_revoked(quote, reason)
    stamps.revoke([quote], at=at)
    Quote.objects.filter(pk=quote.pk).update(revoked_at=at)
    told = {"host": quote.stranger.server.host, "reason": reason.strip()}
    record(REVOKED, by=by, at=at, subject=quote, data=told)
