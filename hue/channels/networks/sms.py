"""Text messages through GOV.UK Notify. https://docs.notifications.service.gov.uk/rest-api.html"""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote

from hue.channels.adapt import fit
from hue.channels.calling import Trouble, signed_out
from hue.channels.connector import Can
from hue.channels.counting import septets
from hue.channels.letter import LEAVE, Hands, Letter, ListConnector, Reader, filled
from hue.channels.message import Door, Fact
from hue.lib import clock

UUID = 36  # letters of the two ids at the end of a key
_MEANS = {
    "team-only": "This key writes to your team alone: make a live one at Notify, and reconnect.",
    "trial mode": "The service at Notify is in trial mode: ask them to make it live.",
    "send limits": "Notify's limit for today is reached.",
    "clock": "The clock of this machine is wrong: Notify takes no key then.",
}


class Sms(ListConnector):
    slug: ClassVar = "sms"
    via: ClassVar = "sms"
    codes: ClassVar = True
    name: ClassVar = "Text message"
    home: ClassVar = "https://api.notifications.service.gov.uk"
    secrets: ClassVar[dict[str, str]] = {
        "key": "API key of GOV.UK Notify",
        "template": "Id of a template whose whole text is ((message))",
        "neutral": "Id of a sender that does not name the police, for people who are not safe",
    }
    # Two parts at most; what a part costs is Notify's price with some room.
    can: ClassVar = Can(
        length=306, counts=septets, delete=False, readers=True, cost=Decimal("0.06")
    )

    def who(self, door: Door) -> Fact:
        told = _Notify(door).call("GET", f"/v2/template/{quote(door.secrets['template'])}")
        if told["type"] != "sms" or "((message))" not in told["body"]:
            raise Trouble("The template must be one of text messages, with ((message)) in it.")
        return Fact(f"GOV.UK Notify {_service(door)[:8]}")

    @contextmanager
    def open(self, door: Door) -> Iterator["_Notify"]:
        yield _Notify(door)

    def receipts(self, door: Door) -> dict[str, str]:
        """What became of the last ones, by Notify's own name for each."""
        told = _Notify(door).call("GET", "/v2/notifications?template_type=sms")
        return {str(one["id"]): str(one["status"]) for one in told["notifications"]}

    def reads(self, status: int, said: Any) -> Trouble | None:
        errors = said.get("errors", []) if isinstance(said, dict) else []
        words = " ".join(str(one.get("message", "")) for one in errors)
        known = next((means for part, means in _MEANS.items() if part in words), "")
        if status == 400 and "phone_number" in words:
            return Trouble("Notify knows no such number.", final=True, gone=True)
        if status == 403 and not known:
            return signed_out("GOV.UK Notify")
        if not known:
            return None
        trouble = Trouble(known, again=3600.0 if status == 429 else 0.0)
        trouble.signed_out = status in {400, 403}
        return trouble


class _Notify(Hands):
    def __init__(self, door: Door) -> None:
        self._door = door

    def hand(self, letter: Letter, reader: Reader) -> str:
        """After a time-out Notify is asked whether it has it; what it does not know is unsure."""
        told: dict[str, Any] = {
            "phone_number": reader.to,
            "template_id": self._door.secrets["template"],
            "personalisation": {"message": _short(letter, reader)},
            "reference": reader.key,
        }
        if letter.neutral:
            told["sms_sender_id"] = self._door.secrets["neutral"]
        try:
            return str(self.call("POST", "/v2/notifications/sms", json_=told)["id"])
        except Trouble as trouble:
            if trouble.unsure and (found := self._found(reader.key)):
                return found
            raise

    def _found(self, key: str) -> str:
        try:
            told = self.call("GET", f"/v2/notifications?reference={quote(key)}")
        except Trouble:
            return ""
        return str(told["notifications"][0]["id"]) if told["notifications"] else ""

    def call(self, method: str, path: str, **more: Any) -> Any:
        door = self._door
        bearer = f"Bearer {_token(door)}"
        address = f"{door.address.rstrip('/')}{path}"
        return door.line.call(method, address, Authorization=bearer, **more)


def _short(letter: Letter, reader: Reader) -> str:
    """With the way out at its end, unless it stands there, or somebody else may see it."""
    end = "" if letter.asks or letter.neutral or LEAVE in letter.short else f" Stop: {reader.leave}"
    can = replace(Sms.can, counts=lambda text: septets(text + end))
    short = filled(letter.short, reader)
    if can.counts(short) > can.length:
        text = short.removesuffix(letter.link).rstrip()
        short = fit(can, text, letter.link).parts[0].replace("\n\n", " ")
    return short + end


def _token(door: Door) -> str:
    """RFC 7519, signed by HMAC-SHA256; good for half a minute."""
    now = int(clock.real_now().timestamp())
    head, told = {"typ": "JWT", "alg": "HS256"}, {"iss": _service(door), "iat": now}
    signed = b".".join(_bytes(json.dumps(part).encode()) for part in (head, told))
    secret = door.secrets["key"][-UUID:].encode()
    return b".".join([signed, _bytes(hmac.digest(secret, signed, "sha256"))]).decode()


def _service(door: Door) -> str:
    """A key is its name, the service's id and the secret, with lines between."""
    return door.secrets["key"][-2 * UUID - 1 : -UUID - 1]


def _bytes(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
