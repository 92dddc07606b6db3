"""Links that stand in messages: whoever holds one is the one it was sent to."""

from hmac import compare_digest

from hue.lib import sealing
from hue.people.access import Refused
from hue.subscribers.models import Subscriber

SPENT = "This link is too old, or not whole. Ask again at “Watch messages”."


def own(id_: str, epoch: int) -> str:
    """To what somebody chose, and out of it. A new epoch ends the old ones."""
    return f"{id_}-{sealing.keyed(f'own {id_} {epoch}', purpose='link')[:32]}"


def to_confirm(row: Subscriber) -> str:
    """For what was asked then: asking again ends the link before."""
    stamp = row.asked_at.isoformat()
    return f"{row.pk}-{sealing.keyed(f'yes {row.pk} {stamp}', purpose='link')[:32]}"


def behind(token: str) -> Subscriber:
    row = _row(token)
    if not compare_digest(own(row.pk, row.epoch), token):
        raise Refused(SPENT)
    return row


def asked_behind(token: str) -> Subscriber:
    row = _row(token)
    if not row.pending or not compare_digest(to_confirm(row), token):
        raise Refused(SPENT)
    return row


def code_of(row: Subscriber, code: str) -> str:
    """What is kept of the digits that an SMS told them."""
    digits = "".join(filter(str.isdecimal, code))
    return sealing.keyed(f"{row.pk} {digits}", purpose="code")


def _row(token: str) -> Subscriber:
    row = Subscriber.objects.filter(pk=token.partition("-")[0]).first()
    if row is None or not token.isascii():
        raise Refused(SPENT)
    return row
