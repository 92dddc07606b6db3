"""Reads about accounts elsewhere, and where a post stands."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from hue.channels.models import Account, Delivery, Piece, Spent
from hue.channels.networks import NETWORKS

A_GUESS = 300  # posts of a day-long live event
STANDS = {
    "due": "waits",
    "sending": "on its way",
    "sent": "there",
    "failed": "failed",
    "unsure": "not known",
    "withdrawing": "being taken away",
    "withdrawn": "taken away",
    "dropped": "left as it is",
}


def any_open() -> bool:
    return Account.objects.open().exists()


def knows(ref: str, *, before: int | None = None) -> bool:
    """Whether a post went elsewhere; with `before`, in words older than that version."""
    older = {} if before is None else {"version__lt": before}
    return Piece.objects.filter(ref=ref, **older).exists()


def stands(ref: str) -> list[dict[str, Any]]:
    """Where a post is elsewhere, one line for each account."""
    rows = Delivery.objects.filter(piece__ref=ref).select_related("account")
    return [
        {
            "pk": row.pk,
            "where": name_of(row.account),
            "state": row.state,
            "words": STANDS[row.state],
            "link": row.link if row.state == "sent" and row.link.startswith("http") else "",
            "says": row.says,
        }
        for row in rows.order_by("account__network", "account__handle")
    ]


def name_of(account: Account) -> str:
    return f"{NETWORKS[account.network].name} {account.handle}"


def public_places() -> list[dict[str, str]]:
    """Where people find us elsewhere today; a webhook is nobody's place to read."""
    rows = Account.objects.ever_opened().exclude(state="closed").exclude(profile="")
    return [{"name": name_of(row), "url": row.profile} for row in rows]


def posts_of_last_event() -> int:
    """As far as they went elsewhere; a guess before the first one."""
    last = Piece.objects.exclude(hashtag="").order_by("-at").first()
    return Piece.objects.filter(hashtag=last.hashtag).count() if last else A_GUESS


def spent_in(account: Account, at: datetime) -> Decimal:
    """US dollars in the month of `at`."""
    rows = Spent.objects.filter(account=account, month=at.date().replace(day=1))
    return rows.aggregate(sum=Sum("dollars"))["sum"] or Decimal(0)
