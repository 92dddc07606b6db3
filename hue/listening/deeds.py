"""What the pane of a rumour can do: each takes what was typed, and says what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.forms import rumours as forms
from hue.listening.models import Rumour
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing.models import Post
from hue.publishing.present import faults
from hue.publishing.queries import public_posts

Typed = Mapping[str, Any]
Deed = Callable[[Officer, datetime, Rumour, Typed], str]


def see(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    told = _valid(forms.SightingForm(typed))
    glimpse = Glimpse(told["source"], told["place"], count=told["count"])
    actions.see(by=by, at=at, rumour=rumour, glimpse=glimpse)
    return "Noted."


def check(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    actions.check(by=by, at=at, rumour=rumour, **_valid(forms.CheckForm(typed)))
    return "Noted: whoever decides sees it."


def show(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    actions.show(by=by, at=at, rumour=rumour, seen=seen(typed))
    return "It stands on the public pages."


def reopen(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    actions.reopen(by=by, at=at, rumour=rumour, seen=seen(typed), why=typed.get("why", ""))
    return "Open again."


def second(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    verdict = rumour.verdicts.filter(pk=_number(typed.get("verdict"))).first()
    if verdict is None:
        raise Refused("That verdict is not there any more: look at the rumour as it is now.")
    agrees = typed.get("agrees") == "yes"
    actions.second(by=by, at=at, verdict=verdict, agrees=agrees, says=typed.get("says", ""))
    return "Decided, by two." if agrees else "It is decided anew."


def later(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    told = _valid(forms.LaterForm(typed))
    actions.look_later(by=by, at=at, rumour=rumour, seen=seen(typed), **told)
    return "Noted: the public page says when somebody looks again."


def merge(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    into = Rumour.objects.filter(pk=typed.get("into", "")).first()
    if into is None:
        raise Refused("Choose the rumour that it is part of.")
    why = typed.get("why", "")
    actions.merge(by=by, at=at, rumour=rumour, seen=seen(typed), into=into, why=why)
    return "Merged: its page leads to the other one."


def hand_over(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    told = _valid(forms.OwnerForm(typed))
    actions.hand_over(by=by, at=at, rumour=rumour, owner=told["owner"])
    return f"{told['owner']} answers for it now."


def investigate(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    reference = typed.get("reference", "")
    actions.investigate(by=by, at=at, rumour=rumour, seen=seen(typed), reference=reference)
    return "Noted: no verdict until it is over."


def end_investigation(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    result = typed.get("result", "")
    actions.end_investigation(by=by, at=at, rumour=rumour, seen=seen(typed), result=result)
    return "Noted: it can be decided now, by two."


def link(by: Officer, at: datetime, rumour: Rumour, typed: Typed) -> str:
    address = typed.get("address", "").strip()
    post: Post | None = public_posts(address).first() if "/posts/" in address else None
    if post is None:
        raise Refused("Paste the address of a post of ours, such as …/posts/0h3kd8m2q1/.")
    actions.link_rebuttal(by=by, at=at, rumour=rumour, post=post)
    return "Noted: the public page lists it."


DEEDS: dict[str, Deed] = {
    "seen": see,
    "check": check,
    "show": show,
    "open-again": reopen,
    "second": second,
    "later": later,
    "merge": merge,
    "hand-over": hand_over,
    "investigation": investigate,
    "investigation-over": end_investigation,
    "post": link,
}


def seen(typed: Typed) -> int:
    """The version that was on the screen."""
    return _number(typed.get("seen"))


def _number(told: Any) -> int:
    words = str(told or "")
    return int(words) if words.isdecimal() and len(words) < 12 else 0


def _valid(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(" ".join(fault["text"] for fault in faults(form)))
    told: dict[str, Any] = form.cleaned_data
    return told
