"""Messages on a device, through whichever service its browser names. RFC 8030, 8291, 8292.

pywebpush encrypts; the request itself goes through lib/fetch: a stranger named the address.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from hue.channels.calling import Trouble
from hue.channels.connector import Can
from hue.channels.counting import characters
from hue.channels.letter import Hands, Letter, ListConnector, Reader
from hue.channels.message import Door, Fact
from hue.lib import clock

A_DAY = 86_400
SHOWN = 300  # characters: what a device has room for
FAULTS = 2  # of one service in a round, then it is left alone until the next


class WebPush(ListConnector):
    slug: ClassVar = "webpush"
    via: ClassVar = "webpush"
    codes: ClassVar = False
    name: ClassVar = "Messages on a device"
    home: ClassVar = settings.HUE_SITE  # each browser names a service of its own
    secrets: ClassVar[dict[str, str]] = {}
    # The device shows one message for a key, however often it comes.
    can: ClassVar = Can(
        length=SHOWN, counts=characters, delete=False, readers=True, repeats=True, proved=False
    )

    def makes(self) -> dict[str, str]:
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        return {"vapid": _text(number.to_bytes(32, "big"))}

    def who(self, door: Door) -> Fact:
        return Fact(door.handle)

    @contextmanager
    def open(self, door: Door) -> Iterator["_Push"]:
        yield _Push(door)

    def reads(self, status: int, said: Any) -> Trouble | None:
        if status in {400, 401, 403}:
            return Trouble(f"The push service refuses it ({status}).", final=True)
        return None


def public_key(secrets: dict[str, str]) -> str:
    """What a browser asks for: whoever has the other half may write to it."""
    point = (
        _private(secrets).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return _text(point)


class _Push(Hands):
    def __init__(self, door: Door) -> None:
        self._door = door
        self._signed: dict[str, str] = {}
        self._faults: Counter[str] = Counter()

    def hand(self, letter: Letter, reader: Reader) -> str:
        told = json.loads(reader.to)
        service = "{0.scheme}://{0.netloc}".format(urlsplit(told["endpoint"]))
        if self._faults[service] >= FAULTS:
            raise Trouble("That push service does not answer.")
        try:
            self._post(told, service, _encrypted(told, _shown(letter, reader)), reader)
        except Trouble as trouble:
            self._faults[service] += not trouble.final
            raise
        return reader.key

    def _post(self, told: Any, service: str, body: bytes, reader: Reader) -> None:
        self._door.line.call(
            "POST",
            told["endpoint"],
            body=body,
            TTL=str(A_DAY),
            Content_Encoding="aes128gcm",
            Content_Type="application/octet-stream",
            Authorization=self._vapid(service),
        )

    def _vapid(self, service: str) -> str:
        """For one service, half a day long."""
        if service not in self._signed:
            from py_vapid import Vapid02

            until = int(clock.real_now().timestamp()) + A_DAY // 2
            # The public page says how to reach us; services ask for an address of https in it.
            claims = {"aud": service, "exp": until, "sub": settings.HUE_SITE}
            signer = Vapid02(_private(self._door.secrets), conf={"no-strict": True})
            signed = signer.sign(claims)
            self._signed[service] = signed["Authorization"]
        return self._signed[service]


def _shown(letter: Letter, reader: Reader) -> bytes:
    """What the service worker of the public site shows."""
    body = letter.short.removesuffix(letter.link).strip()
    shown = body if len(body) <= SHOWN else f"{body[: SHOWN - 1]}…"
    told = {"title": letter.subject, "body": shown, "url": letter.link, "tag": reader.key}
    return json.dumps({**told, "own": "" if letter.asks else reader.own}).encode()


def _encrypted(told: Any, content: bytes) -> bytes:
    from pywebpush import WebPusher, WebPushException

    try:
        made: bytes = WebPusher(told).encode(content, content_encoding="aes128gcm")["body"]
    except (WebPushException, ValueError):
        raise Trouble("The browser gave a key that is none.", final=True, gone=True) from None
    return made


def _private(secrets: dict[str, str]) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(base64.urlsafe_b64decode(secrets["vapid"] + "=="), "big")
    return ec.derive_private_key(number, ec.SECP256R1())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
