"""How a network lets our software in on somebody's word: OAuth 2 with PKCE (RFC 6749, RFC 7636).

What it gives is kept sealed with the account; no key ever stands in an address of ours.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from hue.channels.calling import Line

APP = {"client_id": "Id of your app there", "client_secret": "Secret of your app there"}


class Granted(NamedTuple):
    secrets: dict[str, str]
    seconds: int | None = None  # until the key ends; None: it does not
    renews: bool = False  # the software gets the next one without anybody

    def life(self, *, at: datetime) -> tuple[datetime | None, datetime | None]:
        """When it ends, and when it is renewed: half of its life is for when that fails."""
        if self.seconds is None:
            return None, None
        length = timedelta(seconds=self.seconds)
        return at + length, at + length / 2 if self.renews else None


@dataclass(frozen=True)
class Entrance:
    authorize: str  # where somebody says yes; from a slash on: on the account's own server
    keys_at: str
    scopes: str
    given: Mapping[str, str] = field(default_factory=lambda: APP)  # what is typed in before
    also: Mapping[str, str] = field(default_factory=dict)  # what is told besides
    basic: bool = False  # it wants the app's secret in a header

    def app(self, line: Line, address: str, back: str) -> dict[str, str]:
        """What our software is called there, where the server itself is asked for that."""
        return {}

    def ask(self, home: str, address: str, keys: Mapping[str, str], back: str, **pkce: str) -> str:
        """Where to send somebody; `pkce` are state and verifier."""
        told = {
            "response_type": "code",
            "client_id": keys["client_id"],
            "redirect_uri": back,
            "scope": self.scopes,
            "state": pkce["state"],
            "code_challenge": challenge(pkce["verifier"]),
            "code_challenge_method": "S256",
            **self.also,
        }
        return f"{placed(self.authorize, home, address)}?{urlencode(told)}"

    def redeem(self, line: Line, where: str, keys: Mapping[str, str], **told: str) -> Granted:
        """`where` is the token's address; told are code, code_verifier and redirect_uri."""
        return granted(keys, self.call(line, where, keys, "authorization_code", told))

    def renew(self, line: Line, where: str, keys: Mapping[str, str]) -> Granted:
        """A key that lives longer. The one before may be dead from then on."""
        told = {"refresh_token": keys["refresh_token"]}
        return granted(keys, self.call(line, where, keys, "refresh_token", told))

    def call(
        self, line: Line, where: str, keys: Mapping[str, str], grant: str, told: Mapping[str, str]
    ) -> Any:
        form = {"grant_type": grant, "client_id": keys["client_id"], **told}
        if not self.basic:
            return line.call("POST", where, form={**form, "client_secret": keys["client_secret"]})
        pair = base64.b64encode(f"{keys['client_id']}:{keys['client_secret']}".encode()).decode()
        return line.call("POST", where, form=form, Authorization=f"Basic {pair}")


def granted(keys: Mapping[str, str], said: Any) -> Granted:
    kept = {**keys, "token": str(said["access_token"])}
    if said.get("refresh_token"):
        kept["refresh_token"] = str(said["refresh_token"])
    seconds = int(said["expires_in"]) if said.get("expires_in") else None
    return Granted(kept, seconds, renews="refresh_token" in kept)


def placed(where: str, home: str, address: str) -> str:
    """An account that was connected under another address than its network's asks there."""
    if address.rstrip("/") == home and not where.startswith("/"):
        return where
    parts = urlsplit(where)
    return f"{address.rstrip('/')}{parts.path}"


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
