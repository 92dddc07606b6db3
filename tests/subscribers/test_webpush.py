"""Messages on a device: a push service of our own decrypts what it gets, as a browser would."""

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from hue.channels import greeting, sending
from hue.channels.models import Account, Copy, Delivery
from hue.channels.networks.webpush import WebPush, public_key
from hue.channels.sitemaps import AccountsPage
from hue.people.models import Officer
from hue.people.queries import system
from hue.subscribers import actions, addresses
from hue.subscribers.choosing import Wish
from hue.subscribers.models import Subscriber
from tests.cast import NOON, Cast
from tests.channels.opened import opened, say, work
from tests.channels.stub import Asked, Says, Stub, serving

PUPPY = "Puppy found on the High Street."
LATER = NOON + timedelta(minutes=30)


class Browser:
    """Keys as a browser makes them; opens what was encrypted to them."""

    def __init__(self, endpoint: str) -> None:
        self._key, self._secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": text(point), "auth": text(self._secret)}
        self.given = json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def opens(self, body: bytes) -> Any:
        found = http_ece.decrypt(
            body, private_key=self._key, auth_secret=self._secret, version="aes128gcm"
        )
        return json.loads(found)


@dataclass
class PushService(Stub):
    gone: bool = False
    routes: list[tuple[str, str, str]] = field(
        default_factory=lambda: [("POST", r"/push/(\w+)", "take")]
    )

    def take(self, asked: Asked, device: str) -> Says:
        if self.gone:
            return Says(410, {})
        assert asked.headers["content-encoding"] == "aes128gcm"  # RFC 8291
        assert int(asked.headers["ttl"]) > 0  # RFC 8030
        token, key = (part.partition("=")[2] for part in asked.headers["authorization"].split(","))
        number = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        signed = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), number)
        claims = jwt.decode(token, signed, algorithms=["ES256"], audience=self.url)  # RFC 8292
        assert claims["sub"]
        self.posts[self.new_id()] = {"device": device, "key": key, "body": asked.raw}
        return Says(201, {})


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture(autouse=True)
def _loopback(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HUE_FETCH_PRIVATE = True
    # The stand-in has no certificate; browsers name https alone.
    monkeypatch.setattr(addresses, "SECURE", "http")


@pytest.fixture
def service() -> Iterator[PushService]:
    with serving(PushService()) as stub:
        assert isinstance(stub, PushService)
        yield stub


@pytest.fixture
def account(cast: Cast, owner: Officer) -> Account:
    return opened(cast, owner, "webpush", WebPush.home, WebPush().makes())


def ask(browser: Browser) -> None:
    wish = Wish(["kings-heath"], ["team"], quiet=False)
    told = {"via": "webpush", "address": browser.given, "source": "x", "wish": wish}
    actions.ask(by=system(), at=NOON, **told)
    greeting.greet_all(at=NOON)


def reads(service: PushService, name: str = "a") -> Browser:
    browser = Browser(f"{service.url}/push/{name}")
    ask(browser)
    told = browser.opens(list(service.posts.values())[-1]["body"])
    assert told["title"] == "Please confirm: watch messages"
    assert Client().post(urlsplit(told["url"]).path).status_code == 200
    service.posts.clear()
    return browser


def put(cast: Cast) -> Delivery:
    say(cast, PUPPY, neighbourhood=cast.kings_heath)
    work()
    return Delivery.objects.get()


def test_a_device_says_yes_and_shows_a_post_once(
    cast: Cast, account: Account, service: PushService
) -> None:
    browser = reads(service)
    row = put(cast)
    work(at=LATER)
    [got] = service.posts.values()
    told = browser.opens(got["body"])
    assert (told["title"], told["body"]) == (f"Kings Heath: {PUPPY}", PUPPY)
    assert told["url"].endswith(row.piece.address)
    assert "/my-watch/own/" in told["own"]
    assert got["key"] == public_key(account.opened())
    assert row.state == "sent"


def test_the_key_is_sealed_and_its_public_half_is_a_file(account: Account) -> None:
    secret = account.opened()["vapid"]
    assert secret not in account.secrets
    files = {file.path: file.content for file in AccountsPage().files("")}
    assert json.loads(files["watch-push.json"]) == {"key": public_key(account.opened())}
    assert secret.encode() not in files["watch-push.json"]


def test_a_device_that_is_gone_ends_it(cast: Cast, account: Account, service: PushService) -> None:
    reads(service)
    service.gone = True
    row = put(cast)
    assert (Subscriber.objects.get().state, row.state) == ("left", "sent")


def test_a_service_that_is_away_keeps_no_other_device_waiting(
    cast: Cast, account: Account, service: PushService
) -> None:
    with serving(PushService()) as other:
        assert isinstance(other, PushService)
        reads(other, "b")
    reads(service)
    row = put(cast)
    assert len(service.posts) == 1
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["due", "sent"]
    assert row.state == "sent"
    sending.later(account, at=NOON + timedelta(days=1, minutes=1))
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["dropped", "sent"]


def test_an_address_inside_our_walls_is_not_asked(
    cast: Cast, account: Account, service: PushService, settings: Any
) -> None:
    reads(service)
    settings.HUE_FETCH_PRIVATE = False
    row = put(cast)
    assert not service.posts
    assert (row.state, Copy.objects.get().state) == ("sent", "due")


@pytest.mark.parametrize(
    "given", ["", "x", "[]", '{"endpoint": "https://push.example/a"}', '{"endpoint": 1, "keys": 2}']
)
def test_what_no_browser_gives_is_refused(cast: Cast, given: str) -> None:
    with pytest.raises(addresses.Refused, match="choose e-mail"):
        addresses.in_one_form("webpush", given)
