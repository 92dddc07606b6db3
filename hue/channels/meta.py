"""What the Graph API's refusals mean: Facebook, Instagram and Threads share them.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from hue.channels.calling import Line, Trouble, signed_out
from hue.channels.entrance import Entrance, Granted, granted
from hue.channels.message import Door

LIMITS = frozenset({4, 17, 32, 613, 80001, 80002})
ENDED = frozenset({102, 190, 463, 467})
DUPLICATE = 506
RIGHTS = frozenset({10, 200, 299})
NOT_THERE = (100, 33)
AN_HOUR = 3600.0  # a limit is counted by the hour, and no header says when it ends


@dataclass(frozen=True)
class LongKeys(Entrance):
    """A key for an hour becomes one for sixty days, which is renewed before it ends. Both are
    asked for by GET, with the key in the query: their documentation knows no other way.

    https://developers.facebook.com/docs/instagram-platform/reference/access_token
    https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
    """

    kind: str = ""  # "ig" or "th"
    graph: str = ""  # where they are asked for

    def redeem(self, line: Line, where: str, keys: Mapping[str, str], **told: str) -> Granted:
        short = str(self.call(line, where, keys, "authorization_code", told)["access_token"])
        asked = {"client_secret": keys["client_secret"], "access_token": short}
        return self._longer(line, where, "access_token", keys, "exchange", asked)

    def renew(self, line: Line, where: str, keys: Mapping[str, str]) -> Granted:
        asked = {"access_token": keys["token"]}
        return self._longer(line, where, "refresh_access_token", keys, "refresh", asked)

    def _longer(
        self,
        line: Line,
        where: str,
        path: str,
        keys: Mapping[str, str],
        verb: str,
        asked: Mapping[str, str],
    ) -> Granted:
        base = self.graph if where == self.keys_at else urljoin(where, "/")
        query = urlencode({"grant_type": f"{self.kind}_{verb}_token", **asked})
        return granted(keys, line.call("GET", f"{base}{path}?{query}"))._replace(renews=True)


def call(door: Door, version: str, method: str, path: str, **told: str) -> Any:
    """The key goes in the body or, where there is none, in a header: never in the address."""
    address = f"{door.address.rstrip('/')}/{version}/{path}"
    token = door.secrets["token"]
    if method == "POST":
        return door.line.call(method, address, form={**told, "access_token": token})
    return door.line.call(method, address, Authorization=f"Bearer {token}")


def container(door: Door, version: str, path: str, **told: str) -> str:
    """What is published afterwards. Nobody sees it: one that is lost is made again."""
    try:
        return str(call(door, version, "POST", path, **told)["id"])
    except Trouble as trouble:
        trouble.unsure = False
        raise


def refusal(name: str, said: Any) -> Trouble | None:
    fault = said.get("error") if isinstance(said, dict) else None
    if not isinstance(fault, dict):
        return None
    code, below = fault.get("code"), fault.get("error_subcode")
    if (code, below) == NOT_THERE:
        return Trouble(f"{name}: there is nothing at that address.", final=True, gone=True)
    return signed_out(name) if code in ENDED else _by_code(name, code)


def _by_code(name: str, code: Any) -> Trouble | None:
    if code in LIMITS:
        return Trouble(f"{name} takes no more for now.", again=AN_HOUR)
    if code == DUPLICATE:
        return Trouble(f"{name} says that it has these words already.", unsure=True)
    if code in RIGHTS:
        says = f"{name} does not let us do this: give the key the right to it, then send it again."
        return Trouble(says, final=True)
    return None
