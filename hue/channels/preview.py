"""How a post would look on each account before it is one: counted as the network counts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from hue.channels.adapt import Fitted, fit
from hue.channels.connector import Can, Connector
from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.channels.queries import left_in, name_of, readers_by
from hue.people.models import LocalPolicingUnit

# As long as a post's own page; nobody is there yet.
A_PAGE = "/posts/0000000000/"


def names(unit: LocalPolicingUnit | None) -> list[str]:
    """Where a post of that unit goes."""
    return [name_of(account) for account in speaking_for(unit)]


def speaking_for(unit: LocalPolicingUnit | None) -> list[Account]:
    whole = Q(unit=None)
    rows = Account.objects.open().filter(whole | Q(unit=unit) if unit else whole)
    return list(rows.order_by("network", "handle"))


def previews(
    text: str,
    *,
    at: datetime,
    unit: LocalPolicingUnit | None,
    hashtag: str = "",
    alts: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """Side by side, one for each account that the post would go to."""
    return [_preview(account, text, hashtag, alts, at) for account in speaking_for(unit)]


def _preview(
    account: Account, text: str, hashtag: str, alts: tuple[str, ...], at: datetime
) -> dict[str, Any]:
    network = NETWORKS[account.network]
    can, link = network.can, settings.HUE_SITE + A_PAGE
    fitted = fit(can, text, link, hashtag=hashtag, pictures=len(alts), thread=account.threads)
    return {
        "where": name_of(account),
        "parts": [
            {"text": part, "says": f"{can.counts(part):,} of {can.length:,}"}
            for part in fitted.parts
        ],
        "alts": [_described(alt, can.alt) for alt in alts[: can.pictures]],
        "remarks": list(_remarks(network, fitted, alts)),
        "cost": _cost(account, can, fitted, at),
    }


def _cost(account: Account, can: Can, fitted: Fitted, at: datetime) -> str:
    """Of this one, before it goes; a list that is too dear stops before its first message."""
    if not can.cost:
        return ""
    if not can.readers:
        return f"${can.cost * len(fitted.parts)}"
    most, left = can.cost * readers_by(account), left_in(account, at)
    told = f"${can.cost} a reader, ${most:.2f} if it goes to all of them"
    if left is None:
        return told
    short = ": more than that does not go" if left < most else ""
    return f"{told}; ${left:.2f} of this month's cap is left{short}"


def _described(alt: str, most: int) -> str:
    return alt if len(alt) <= most else f"{alt[: most - 1]}…"


def _remarks(network: Connector, fitted: Fitted, alts: tuple[str, ...]) -> list[str]:
    told = list(fitted.remarks)
    if network.can.readers:
        return [*told, "Who got it hears of a correction or a withdrawal."]
    if alts and network.can.ratio:
        tall, wide = network.can.ratio
        told.append(
            f"A picture higher than {1 / tall:.2f} times its width, or wider than {wide} times its "
            "height, is cut there: its middle stays."
        )
    if not network.can.edit:
        told.append("A correction stands beside it: nothing there can be changed.")
    if not network.can.delete:
        told.append("It can be taken away by hand only.")
    return told
