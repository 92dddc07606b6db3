"""An account while it is changed: held, its keys sealed, and its page written anew."""

import json
from datetime import datetime

from hue.channels.models import Account
from hue.channels.networks import LISTS
from hue.lib import sealing
from hue.pages import stale
from hue.people.queries import system
from hue.subscribers import actions as subscribers


def held(account: Account) -> Account:
    rows = Account.objects.select_for_update(of=("self",))
    return rows.select_related("owner", "deputy", "connected_by").get(pk=account.pk)


def sealed(secrets: dict[str, str]) -> str:
    return sealing.seal_text(json.dumps(secrets)) if secrets else ""


def show(at: datetime) -> None:
    stale.mark(("channels.list", ""), ("publishing.standing", "rest"), at=at)
    open_ = Account.objects.open().filter(network__in=LISTS).values_list("network", flat=True)
    subscribers.open_ways(by=system(), at=at, ways=[LISTS[slug].via for slug in open_])
