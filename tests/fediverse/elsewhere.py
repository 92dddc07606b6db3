"""A server elsewhere, as small as one can be: it checks what it is sent with `cryptography`
itself, and keeps what it took."""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.db import connection

from hue.fediverse.models import Actor, Follower, Server, Stranger
from tests.cast import NOON


class Elsewhere:
    """`url` is where it stands; `took` what came with a good signature, in order."""

    def __init__(self, answers: int = 202) -> None:
        self.took: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.answers, self.seconds = answers, 0.0
        self.retry_after = ""
        self.url = ""
        self.keys = dict(Actor.objects.values_list("name", "public_key"))
        self.paths: list[str] = []
        self.came: list[tuple[str, str]] = []  # inbox and activity, as often as they came
        self.on_took: Callable[[], object] = lambda: None

    def after(self, count: int, do: Callable[[], object]) -> None:
        """Once so many were taken, in a thread of its own."""

        def then() -> None:
            if len(self.took) == count:
                threading.Thread(target=lambda: (do(), connection.close())).start()

        self.on_took = then

    @property
    def kinds(self) -> list[str]:
        return [told["type"] for told in self.took]


@contextmanager
def elsewhere(answers: int = 202) -> Iterator[Elsewhere]:
    place, taking = Elsewhere(answers), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if place.seconds:
                threading.Event().wait(place.seconds)
            wrong = wrong_with(self.path, self.headers, body, place.keys)
            place.refused += [wrong] if wrong else []
            place.paths.append(self.path)
            if not wrong and place.answers < 300:
                with taking:
                    place.took.append(told := json.loads(body))
                    place.came.append((self.headers["Host"] + self.path, told["id"]))
                    place.on_took()
            self.send_response(401 if wrong and place.answers < 300 else place.answers)
            self.send_header("Content-Length", "0")
            if place.retry_after:
                self.send_header("Retry-After", place.retry_after)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Listening(ThreadingHTTPServer):
        request_queue_size = 512
        daemon_threads = True

    server = Listening(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever sends was killed
    place.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wrong_with(path: str, headers: Any, body: bytes, keys: dict[str, str]) -> str:
    """Why a careful server would refuse it; "" if it would not."""
    if not keys:
        return ""
    digest = f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode()}"
    if headers["Digest"] != digest:
        return "the digest is not that of the body"
    parts = dict(re.findall(r'(\w+)="([^"]*)"', headers["Signature"]))
    if not {"(request-target)", "host", "date", "digest"} <= set(parts["headers"].split()):
        return "too little is signed"
    name = parts["keyId"].partition("/actors/")[2].partition("/")[0]
    if json.loads(body)["actor"] != parts["keyId"].partition("#")[0]:
        return "somebody else's key"
    lines = [
        f"(request-target): post {path}"
        if part == "(request-target)"
        else f"{part}: {headers[part]}"
        for part in parts["headers"].split()
    ]
    key = serialization.load_pem_public_key(keys[name].encode())
    assert isinstance(key, rsa.RSAPublicKey)
    signature = base64.b64decode(parts["signature"])
    try:
        key.verify(signature, "\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return "the signature does not fit"
    return ""


def follow(actor: Actor, url: str, name: str = "ann", *, shared: bool = True) -> Follower:
    """Somebody there follows an account of ours."""
    host = url.partition("://")[2]
    server, _ = Server.objects.get_or_create(host=host)
    uri = f"{url}/users/{name}"
    stranger, _ = Stranger.objects.get_or_create(
        uri=uri,
        defaults={
            "server": server,
            "handle": f"@{name}@{host}",
            "inbox": f"{uri}/inbox",
            "shared_inbox": f"{url}/inbox" if shared else "",
            "key_id": f"{uri}#key",
            "public_key": "",
            "fetched_at": NOON,
        },
    )
    return Follower.objects.create(
        actor=actor, stranger=stranger, follow_id=f"{uri}/follows/{actor.name}", since=NOON
    )
