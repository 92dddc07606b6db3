"""A server elsewhere that signs as it is told, well or badly; what it signs with is checked by no
code of ours, but by `cryptography` itself."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from hue.fediverse import names
from hue.lib import clock

Json = dict[str, Any]
COVERED = ("(request-target)", "host", "date", "digest")
_made: dict[str, rsa.RSAPrivateKey] = {}


def key_of(name: str) -> rsa.RSAPrivateKey:
    if name not in _made:
        _made[name] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return _made[name]


def pem_of(name: str) -> str:
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return key_of(name).public_key().public_bytes(serialization.Encoding.PEM, kind).decode()


class Neighbour:
    """`asked` holds the path of every GET; `serves` may answer one by itself."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.asked: list[str] = []
        self.signed: list[str] = []  # the Signature header of each GET
        self.serves: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.keys: dict[str, str] = {}  # whose key an account shows instead of its own
        self.known_as: dict[str, list[str]] = {}
        self.gone: set[str] = set()
        self._count = 0

    def actor(self, who: str = "ann") -> str:
        return f"{self.site}/users/{who}"

    def key_id(self, who: str = "ann") -> str:
        return f"{self.actor(who)}#main-key"

    def profile(self, who: str) -> Json:
        key = {"id": self.key_id(who), "owner": self.actor(who)}
        return {
            "id": self.actor(who),
            "type": "Person",
            "preferredUsername": who,
            "name": "<script>alert(1)</script>",
            "inbox": f"{self.actor(who)}/inbox",
            "endpoints": {"sharedInbox": f"{self.site}/inbox"},
            "alsoKnownAs": self.known_as.get(who, []),
            "publicKey": key | {"publicKeyPem": pem_of(self.keys.get(who, who))},
        }

    def activity(self, kind: str, object_: Any, *, who: str = "ann", **also: Any) -> Json:
        self._count += 1
        told = {
            "id": f"{self.site}/activities/{self._count}",
            "type": kind,
            "actor": self.actor(who),
        }
        return {**told, "object": object_, **also}

    def follow(self, name: str = "police", **also: Any) -> Json:
        return self.activity("Follow", names.actor(name), **also)

    def note(self, words: str, *, who: str = "ann", id_: str = "1", **also: Any) -> Json:
        return {
            "id": f"{self.site}/notes/{id_}",
            "type": "Note",
            "attributedTo": self.actor(who),
            "content": words,
            "inReplyTo": names.note("0123456789"),
            "to": [names.PUBLIC],
            **also,
        }

    def headers(
        self,
        body: bytes,
        *,
        key: str = "ann",
        key_id: str = "",
        at: datetime | None = None,
        covered: tuple[str, ...] = COVERED,
        target: str = "post /inbox",
        host: str = "",
        **also: str,
    ) -> dict[str, str]:
        """Signed as draft-cavage-12 says; what is wrong on purpose is named."""
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        told = {
            "(request-target)": target,
            "host": host or names.host(),
            "date": format_datetime(at or clock.real_now(), usegmt=True),
            "digest": f"SHA-256={digest}",
        }
        told |= also
        text = "\n".join(f"{name}: {told[name]}" for name in covered)
        made = key_of(key).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        signature = (
            f'keyId="{key_id or self.key_id(key)}",headers="{" ".join(covered)}",'
            f'signature="{base64.b64encode(made).decode()}"'
        )
        sent = {name: value for name, value in told.items() if not name.startswith("(")}
        return {**sent, "signature": signature, "content-type": "application/activity+json"}


@contextmanager
def a_neighbour() -> Iterator[Neighbour]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.asked.append(self.path)
            place.signed.append(self.headers["Signature"] or "")
            who = self.path.rpartition("/")[2]
            if self.path in place.serves:
                place.serves[self.path](self)
            elif who in place.gone or not self.path.startswith("/users/"):
                self.send_error(410 if who in place.gone else 404)
            else:
                answer(self, place.profile(who))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    place = Neighbour(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def neighbour(settings: Any) -> Iterator[Neighbour]:
    settings.HUE_FETCH_PRIVATE = True
    with a_neighbour() as place:
        yield place


def answer(
    asked: BaseHTTPRequestHandler, told: Json, kind: str = "application/activity+json"
) -> None:
    asked.send_response(200)
    asked.send_header("Content-Type", kind)
    asked.end_headers()
    asked.wfile.write(json.dumps(told).encode())


def redirect(to: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def moved(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(302)
        asked.send_header("Location", to)
        asked.end_headers()

    return moved


def endless(asked: BaseHTTPRequestHandler) -> None:
    asked.send_response(200)
    asked.send_header("Content-Type", "application/activity+json")
    asked.end_headers()
    try:
        while True:
            asked.wfile.write(b'{"a":"' + b"x" * 100_000)
    except OSError:
        pass


def hanging(asked: BaseHTTPRequestHandler) -> None:
    time.sleep(8)
