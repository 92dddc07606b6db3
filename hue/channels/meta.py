"""What the Graph API's refusals mean: Facebook, Instagram and Threads share them.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from typing import Any

from hue.channels.calling import Trouble, signed_out

LIMITS = frozenset({4, 17, 32, 613, 80001, 80002})
ENDED = frozenset({102, 190, 463, 467})
DUPLICATE = 506
RIGHTS = frozenset({10, 200, 299})
NOT_THERE = (100, 33)
AN_HOUR = 3600.0  # a limit is counted by the hour, and no header says when it ends


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
