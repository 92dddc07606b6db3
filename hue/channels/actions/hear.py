"""What others answer there and how often it was liked: kept while it stands, and not for long."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.channels import access
from hue.channels.heard import About, Answer, Heard, Numbers
from hue.channels.models import HEARD_FOR, Account, Day, Delivery, Reply
from hue.lib import sealing
from hue.lib.html import plain
from hue.people.models import Officer

FIRST_ASKED = timedelta(minutes=5)
ASKED_AGAIN = timedelta(days=1)  # at the latest
FIRST_PAID = timedelta(hours=1)
LONGEST_WORDS, LONGEST_NAME = 20_000, 300
TAKEN_AWAY = "Somebody took it away there."


@transaction.atomic
def hear(
    *, by: Officer, at: datetime, account: Account, rows: list[Delivery], heard: Heard, paid: bool
) -> None:
    """`rows` as they were asked about."""
    access.require_the_software(by)
    for number, about in heard.about.items():
        _note(rows[number], about, at=at, paid=paid)
    told = {"listen_at": None, "deaf": "", "cursor": heard.cursor or account.cursor}
    Account.objects.filter(pk=account.pk).update(**told)


@transaction.atomic
def note_deaf(*, by: Officer, at: datetime, account: Account, why: str, until: datetime) -> None:
    """Nothing is heard for a while. What we say there goes on."""
    access.require_the_software(by)
    Account.objects.filter(pk=account.pk).update(listen_at=until, deaf=why)


@transaction.atomic
def count(
    *,
    by: Officer,
    at: datetime,
    day: Day,
) -> None:
    """Once a day: who counts again the same day changes nothing."""
    access.require_the_software(by)
    Day.objects.bulk_create([day], ignore_conflicts=True)


@transaction.atomic
def forget(*, by: Officer, at: datetime) -> None:
    """Of what is not asked about any more nobody would learn that it was deleted there."""
    access.require_the_software(by)
    Reply.objects.filter(delivery__piece__at__lte=at - HEARD_FOR).delete()


def _note(row: Delivery, about: About, *, at: datetime, paid: bool) -> None:
    for answer in about.answers:
        _keep(row, answer, at)
    here = [answer.address for answer in about.answers]
    if about.whole:
        row.replies.exclude(address__in=here).delete()
    row.replies.filter(address__in=about.gone).delete()
    told: dict[str, object] = dict(_numbers(about.numbers))
    told["ask_at"] = _next(row, at, paid) if about.there else None
    if not about.there:
        told["says"] = TAKEN_AWAY
    Delivery.objects.filter(pk=row.pk, state="sent").update(**told)


def _keep(row: Delivery, answer: Answer, at: datetime) -> None:
    words = plain(answer.words)[:LONGEST_WORDS]
    link = answer.link[:500] if answer.link.startswith(("https://", "http://")) else ""
    first = {
        "words": words,
        "link": sealing.seal_text(link) if link else "",
        "who": sealing.seal_text(plain(answer.who)[:LONGEST_NAME]),
        "at": min(answer.at, at),
        "heard_at": at,
    }
    Reply.objects.update_or_create(
        delivery=row,
        address=answer.address[:500],
        defaults={"words": words},
        create_defaults=first,
    )


def _numbers(numbers: Numbers | None) -> dict[str, object]:
    if numbers is None:
        return {}
    told = {"likes": numbers.likes, "shares": numbers.shares, "answers": numbers.replies}
    return {**told, "views": numbers.views}


def _next(row: Delivery, at: datetime, paid: bool) -> datetime:
    """The older, the more seldom; where each look costs, when it is twice as old."""
    age = at - row.piece.at
    if paid:
        return at + max(FIRST_PAID, age)
    return at + min(ASKED_AGAIN, max(FIRST_ASKED, age / 3))
