"""A dry run: exactly what would be sent to a network, and nothing is."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings

from hue.channels import letters
from hue.channels.adapt import fit
from hue.channels.calling import Line, Trouble
from hue.channels.message import Door, Message
from hue.channels.models import Account, Piece
from hue.channels.networks import NETWORKS
from hue.channels.preview import A_PAGE
from hue.lib.fetch import Answer

KEY = "[key]"


class Call(NamedTuple):
    method: str
    address: str
    headers: dict[str, str]
    body: str


class Said(str):
    """Whatever a network would have said: the same for every name."""

    __slots__ = ()

    def __getitem__(self, name: Any) -> "Said":
        return self

    def get(self, name: str, default: Any = None) -> "Said":
        return self


class DryLine(Line):
    """Remembers what it was asked to send."""

    def __init__(self, name: str) -> None:
        super().__init__(name, lambda status, said: None)
        self.sent: list[Call] = []

    def _answer(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        shown = {name: value for name, value in headers.items() if name != "Authorization"}
        self.sent.append(Call(method, url, shown, _shown(body)))
        return Answer(200, b"", "", url)

    def _read(self, method: str, answer: Answer) -> Any:
        return Said("[from the network]")


def dry_run(account: Account, text: str, *, at: datetime) -> list[Call]:
    """Without its keys, and as far as it gets without an answer."""
    network = NETWORKS[account.network]
    if network.can.readers:
        return [_to_a_reader(account, text, at)]
    line = DryLine(network.name)
    door = Door(account.address, account.handle, line, dict.fromkeys(network.secrets, KEY))
    link = settings.HUE_SITE + A_PAGE
    fitted = fit(network.can, text, link, thread=account.threads)
    message = Message("dry-run", text, fitted.parts, link, version=1, at=at)
    if not network.can.needs_picture:
        try:
            network.send(door, message)
        except Trouble:  # it waits for an answer that nobody gives
            return line.sent
    return line.sent


def _to_a_reader(account: Account, text: str, at: datetime) -> Call:
    """The letter, before somebody's own links are filled in."""
    piece = Piece(ref="dry-run", text=text, address=A_PAGE, at=at, put_at=at)
    letter = letters.of_one(account, letters.Told(piece, "new"), neutral=False)
    return Call("TO", "each reader", {"Subject": letter.subject}, letter.text)


def _shown(body: bytes) -> str:
    text = body.decode(errors="replace")
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
