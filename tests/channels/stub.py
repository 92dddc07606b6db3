"""Networks' stand-ins on this machine: each request is held against a schema of the real one."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import jsonschema_rs


class Asked(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any  # JSON, or a form's fields
    raw: bytes


class Says(NamedTuple):
    status: int
    body: Any = None
    headers: dict[str, str] = {}


class Below(NamedTuple):
    """Somebody's answer to one of our posts there."""

    post: str
    id: str
    words: str
    who: str = "resident"


@dataclass
class Stub:
    """What stands there is in `posts`; `next` are answers that come first, once each."""

    url: str = ""
    posts: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    next: list[Says] = field(default_factory=list)
    silent: bool = False  # does what it is asked, then says nothing
    slow: bool = False  # does what it is asked, and answers when somebody is dead
    number: int = 0
    below: list["Below"] = field(default_factory=list)  # what others answered

    routes: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Says:
        self.asked.append(asked)
        if self.next and asked.method != "GET":
            return self.next.pop(0)
        for method, pattern, name in self.routes:
            found = re.fullmatch(pattern, asked.path)
            if method == asked.method and found:
                return getattr(self, name)(asked, *found.groups())  # type: ignore[no-any-return]
        return Says(404, {"error": "no such route"})

    def new_id(self) -> str:
        self.number += 1
        return str(1000 + self.number)

    def below_of(self, post: str) -> list["Below"]:
        return [one for one in self.below if one.post == post]

    @property
    def writes(self) -> list[Asked]:
        return [one for one in self.asked if one.method != "GET"]


def must_fit(schema: dict[str, Any], value: Any) -> None:
    """Raises with the place where it does not."""
    jsonschema_rs.validate(schema, value)


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    faults: list[BaseException] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stub, faults))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not faults, faults


def _handler(stub: Stub, faults: list[BaseException]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def _do(self) -> None:
            try:
                says = stub.answer(self._asked())
            except Exception as fault:  # noqa: BLE001  told when the stub ends
                faults.append(fault)
                says = Says(400, {"error": str(fault)[:500]})
            if stub.silent and stub.posts:
                time.sleep(0.6)
                return
            _hold(stub, self.command)
            said = says.body if says.body is not None else {}
            body = (said if isinstance(said, str) else json.dumps(said)).encode()
            with suppress(OSError):  # whoever asked is dead
                self._say(says, body)

        def _say(self, says: Says, body: bytes) -> None:
            self.send_response(says.status)
            for name, value in {"Content-Type": "application/json", **says.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _do

        def _asked(self) -> Asked:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = _body(headers.get("content-type", ""), raw)
            return Asked(self.command, parts.path, query, headers, body, raw)

    return Handler


def _hold(stub: Stub, command: str) -> None:
    """Long enough for whoever asked to be killed."""
    until = time.monotonic() + 20
    while stub.slow and command != "GET" and stub.posts and time.monotonic() < until:
        time.sleep(0.02)


def _body(kind: str, raw: bytes) -> Any:
    if kind.startswith("application/json"):
        return json.loads(raw)
    if kind.startswith("application/x-www-form-urlencoded"):
        return {k: v[0] for k, v in parse_qs(raw.decode()).items()}
    if kind.startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        parts = BytesParser(policy=HTTP).parsebytes(head + raw)
        return {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
            for part in parts.iter_parts()  # type: ignore[attr-defined]
        }
    return None
