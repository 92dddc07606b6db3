"""Accounts and deliveries in words, for the screens of the desk."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count

from hue.channels import figures
from hue.channels.models import LAST, Account, Delivery
from hue.channels.networks import LISTS, NETWORKS
from hue.channels.queries import (
    STANDS,
    left_in,
    name_of,
    posts_of_last_event,
    readers_by,
    silent_since,
    spent_in,
)

STATES = {"planned": "wait", "open": "out", "closing": "wait", "closed": "stop"}
MOST_POSTS = 100_000
NOT_PROVED = (
    "Not yet proved on the live network: it has met only our own stand-in, made from the network's "
    "public documentation."
)


def accounts(*, at: datetime) -> list[dict[str, Any]]:
    rows = Account.objects.select_related("owner", "unit").order_by("network", "handle")
    return [account(row, at=at) for row in rows]


def account(row: Account, *, at: datetime) -> dict[str, Any]:
    network = NETWORKS[row.network]
    spent = spent_in(row, at)
    return {
        "account": row,
        "name": name_of(row),
        "state_kind": STATES[row.state],
        "health": _health(row, at),
        "silent": silent_since(row, at=at),
        "stuck": row.deliveries.to_decide().count(),
        "quota": _quota(row, at),
        "spent": f"${spent:.2f}" if network.can.cost or spent else "",
        "cap": f"${row.cap}" if row.cap is not None else "",
        "expires": row.expires_at,
        "figures": figures.of(row, at=at),
        "not_proved": "" if network.can.proved else NOT_PROVED,
    }


def _health(row: Account, at: datetime) -> str:
    if row.trouble:
        return row.trouble
    if row.paused_until is not None and row.paused_until > at:
        return "It takes no more for now."
    return "Well." if row.well_at else "Nothing was sent yet."


def _quota(row: Account, at: datetime) -> str:
    if row.quota_left is None or row.quota_resets_at is None or row.quota_resets_at < at:
        return ""
    return f"{row.quota_left} left"


def estimate(asked: str, *, at: datetime) -> dict[str, Any]:
    """What so many posts would cost this month; unasked, as many as the last live event had."""
    posts = min(int(asked), MOST_POSTS) if asked.isdecimal() else posts_of_last_event()
    paid = [row for row in Account.objects.open() if NETWORKS[row.network].can.cost]
    return {"posts": posts, "estimates": [_estimate(row, posts, at) for row in paid]}


def _estimate(row: Account, posts: int, at: datetime) -> dict[str, Any]:
    costs = NETWORKS[row.network].can.cost * posts * readers_by(row)
    left = left_in(row, at)
    return {
        "name": name_of(row),
        "costs": f"${costs:.2f}",
        "left": "" if left is None else f"${left:.2f}",
        "short": left is not None and left < costs,
        "threads": row.threads,
    }


def costs_of_lists(*, at: datetime) -> list[dict[str, Any]]:
    """What messages to readers cost this month, and what one to all of them would."""
    rows = Account.objects.open().filter(network__in=LISTS)
    paid = [row for row in rows if NETWORKS[row.network].can.cost]
    return [account(row, at=at) | {"estimate": _estimate(row, 1, at)} for row in paid]


def networks() -> list[dict[str, Any]]:
    return [
        {"slug": one.slug, "name": one.name, "does": _does(one.can), "proved": one.can.proved}
        for one in NETWORKS.values()
    ]


def _does(can: Any) -> str:
    told = [f"{can.length:,} characters" if can.length < 10_000 else "any length"]
    told += [f"{can.pictures} pictures"] if can.pictures else ["no pictures"]
    told += ["threads"] if can.threads else []
    if can.readers:
        told.append("to people who asked for it; those who got it hear of a correction")
    else:
        told.append("corrections in place" if can.edit else "corrections as a reply")
        told += [] if can.delete else ["withdrawn by hand only"]
    told += [f"${can.cost} a post"] if can.cost != Decimal(0) else []
    return ", ".join(told)


def delivery(row: Delivery) -> dict[str, Any]:
    network = NETWORKS[row.account.network]
    return {
        "delivery": row,
        "where": name_of(row.account),
        "words": STANDS[row.state],
        "text": row.piece.text or "(taken back)",
        "gone": row.piece.gone_at is not None,
        "last": row.piece.ref.startswith(LAST),
        "post_url": settings.HUE_SITE + row.piece.address,
        "open": row.state in {"failed", "unsure"},
        "asked": network.can.asked,
        "numbers": _numbers(row) if network.can.receive else "",
        "readers": _readers(row) if network.can.readers else [],
    }


def _numbers(row: Delivery) -> str:
    told = {"likes": row.likes, "shares": row.shares, "answers": row.answers, "views": row.views}
    return ", ".join(f"{count:,} {name}" for name, count in told.items() if count is not None)


def _readers(row: Delivery) -> list[tuple[str, int]]:
    """How many of them have it, wait for it, or may have it; who they are is not ours to see."""
    counted = row.copies.values_list("state").annotate(number=Count("pk")).order_by("state")
    return [(STANDS[state], number) for state, number in counted]
