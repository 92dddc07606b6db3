"""The signed list of our accounts elsewhere, the live ones and the closed."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.channels.networks.webpush import WebPush, public_key
from hue.lib import signing
from hue.pages import index, shell
from hue.pages.sources import File, PageSource


class AccountsPage(PageSource):
    name = "channels.list"
    rank = 4

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "channels.html"

    def files(self, item: str) -> Iterator[File]:
        told = [_told(account) for account in Account.objects.ever_opened()]
        signed = _signed(told)
        live = [one for one in told if not one["closed"]]
        context = {
            "live": live,
            "closed": [one for one in told if one["closed"]],
            "signature": signed["signature"],
            "key": index.fingerprint(),
            "force": shell.who(),
        }
        main = render_to_string("channels/public.html", context)
        yield shell.file(self.path(item), title="Our accounts elsewhere", main=main)
        # By it a browser asks for messages; empty where none are sent.
        yield File("watch-push.json", json.dumps({"key": _push_key()}).encode())
        yield File("channels.json", json.dumps(signed, ensure_ascii=False).encode())


def _told(account: Account) -> dict[str, Any]:
    return {
        "network": NETWORKS[account.network].name,
        "handle": account.handle,
        # Of a webhook the address is its owner's affair.
        "url": account.profile,
        "purpose": account.purpose,
        "staffed": account.staffed,
        "out_of_hours": account.out_of_hours,
        "last_words": account.last_words,
        "opened": account.opened_at,
        "closed": account.closed_at,
    }


def _push_key() -> str:
    row = Account.objects.open().filter(network=WebPush.slug).first()
    return public_key(row.opened()) if row else ""


def _signed(told: list[dict[str, Any]]) -> dict[str, str]:
    """As a post's page does: exactly these bytes, and the signature over them."""
    plain = [
        {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in one.items()} for one in told
    ]
    signed = index.canonical({"site": settings.HUE_SITE, "accounts": plain})
    return {"signed": signed.decode(), "signature": signing.sign(signed)}
