"""What the Graph API's refusals mean: Facebook, Instagram and Threads share them.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from typing import Any

from hue.channels.calling import Trouble, signed_out
from hue.channels.message import Door

LIMITS = frozenset({4, 17, 32, 613, 80001, 80002})
ENDED = frozenset({102, 190, 463, 467})
DUPLICATE = 506
RIGHTS = frozenset({10, 200, 299})
NOT_THERE = (100, 33)
AN_HOUR = 3600.0  # a limit is counted by the hour, and no header says when it ends


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
