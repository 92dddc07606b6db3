"""Asking for messages, and saying yes from the address itself."""

from dataclasses import asdict
from datetime import datetime
from hmac import compare_digest

from django.db import IntegrityError, transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib import sealing
from hue.people.access import Refused
from hue.people.models import Officer
from hue.subscribers import access, addresses, links
from hue.subscribers.choices import CONSENT
from hue.subscribers.choosing import Wish, open_lists, settle
from hue.subscribers.models import Source, Subscriber

CONFIRMED = Kind("watch.confirmed", "Somebody said yes to watch messages by {way}.")


def ask(*, by: Officer, at: datetime, via: str, address: str, source: str, wish: Wish) -> None:
    """Says nothing of whether the address is known. `source` is where it was asked from."""
    access.require_the_software(by)
    address = addresses.in_one_form(via, address)
    known = addresses.known_by(via, address)
    try:
        _keep(at, via, address, known, source, wish)
    except IntegrityError:  # the same moment brought it twice: one is enough
        return


@transaction.atomic
def _keep(at: datetime, via: str, address: str, known: str, source: str, wish: Wish) -> None:
    hash_ = sealing.keyed(f"{source} {at:%Y-%m-%d}", purpose="source")
    Source.objects.create(hash=hash_, at=at)
    row = Subscriber.objects.select_for_update().filter(known=known).first()
    if row is None:
        sealed = sealing.seal_text(address)
        row = Subscriber(via=via, known=known, sealed=sealed, asked_at=at)
    if access.may_be_greeted(row, hash_, at=at):
        row.greet_at = at
        row.asked_at, row.pending = at, asdict(wish)
        row.wrong_codes, row.code = 0, ""
    elif row.state == "asked" and not row.pending:
        return  # held: nothing is kept of it but that somebody asked
    row.save()


@transaction.atomic
def confirm(*, by: Officer, at: datetime, row: Subscriber, code: str | None = None) -> Subscriber:
    """Whoever reads what comes to the address says so. `code` where it came by SMS."""
    access.require_the_software(by)
    row = Subscriber.objects.select_for_update().get(pk=row.pk)
    access.may_confirm(row, at=at)
    if code is not None and not _is_code(row, code):
        raise Refused("That is not the code we sent: look again, or ask for another one.")
    settle(row, Wish(**row.pending))
    row.pending, row.code, row.greet_at = {}, "", None
    row.consent = CONSENT
    row.save()
    if row.state == "asked":
        row.move_to("reading", confirmed_at=at)
    open_lists(row, at=at)
    record(CONFIRMED, by=by, at=at, subject=row, data={"way": row.get_via_display()})
    return row


@transaction.atomic
def note_wrong_code(*, by: Officer, at: datetime, row: Subscriber) -> None:
    """Some guesses, then a new code must be asked for."""
    access.require_the_software(by)
    Subscriber.objects.filter(pk=row.pk).update(wrong_codes=F("wrong_codes") + 1)


def _is_code(row: Subscriber, code: str) -> bool:
    return bool(row.code) and compare_digest(row.code, links.code_of(row, code))
