"""Reads about accounts elsewhere, and where a post stands."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from hue.channels.models import Account, Day, Delivery, Piece, Spent
from hue.channels.networks import LISTS, NETWORKS
from hue.fediverse.models import Actor, Reaction, Reply
from hue.people.models import Officer
from hue.subscribers.models import Subscriber

SHOWN_DAYS = timedelta(days=60)
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


def silent_since(account: Account, *, at: datetime) -> datetime | None:
    """Since when, if that is too long for its charter."""
    last = account.said_at or account.opened_at
    if account.state != "open" or last is None:
        return None
    return last if at - last > timedelta(days=account.silent_after) else None


def silent_of(owner: Officer, *, at: datetime) -> list[tuple[Account, datetime]]:
    """Their accounts that have fallen silent."""
    mine = Account.objects.open().filter(owner=owner)
    return [(one, since) for one in mine if (since := silent_since(one, at=at))]


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


def left_in(account: Account, at: datetime) -> Decimal | None:
    """Of this month's cap, where there is one."""
    return None if account.cap is None else max(account.cap - spent_in(account, at), Decimal(0))


def readers_by(account: Account) -> int:
    """Whom a message reaches if it concerns everybody; an account that is no list counts as one."""
    if account.network not in LISTS:
        return 1
    return Subscriber.objects.reading().filter(via=LISTS[account.network].via).count()


def said_so_far(account: Account) -> dict[str, int]:
    """What came of all that was said there, as far as it is known."""
    names = ("likes", "shares", "answers", "views")
    told = account.deliveries.aggregate(**{name: Sum(name) for name in names})
    return {name: told[name] or 0 for name in names}


def not_counted(*, day: date) -> QuerySet[Account]:
    return Account.objects.reachable().exclude(days__day=day)


def own_not_counted(*, day: date) -> list[Day]:
    """Of our own server: its rows are all there is to know."""
    known = Day.objects.filter(day=day).exclude(actor="").values("actor")
    actors = Actor.objects.open().exclude(kind="instance").exclude(name__in=known)
    return [_counted(one, day) for one in actors.annotate(n=Count("followers"))]


def _counted(actor: Actor, day: date) -> Day:
    reactions = Reaction.objects.filter(note__actor=actor)
    told = reactions.aggregate(
        likes=Count("pk", filter=Q(kind="like")), shares=Count("pk", filter=Q(kind="boost"))
    )
    answers = Reply.objects.standing().filter(note__actor=actor).count()
    followers = actor.n  # type: ignore[attr-defined]
    return Day(actor=actor.name, day=day, followers=followers, answers=answers, **told)


def days_of(account: Account | None, actor: str = "", *, at: datetime) -> list[Day]:
    """The last weeks, the oldest first."""
    rows = Day.objects.filter(account=account, actor=actor, day__gt=at.date() - SHOWN_DAYS)
    return list(rows.order_by("day"))


def own_days(*, at: datetime) -> QuerySet[Day]:
    """Of accounts on our own server, in the last weeks, the oldest first."""
    return Day.objects.filter(account=None, day__gt=at.date() - SHOWN_DAYS).order_by("day")
