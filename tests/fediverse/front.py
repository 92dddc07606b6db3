"""What stands before the application: accounts as files are answered here, the rest is passed on.

Public files of accounts are written by the outward half of the room; here they are the test's.
"""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings

from hue.config import serve
from hue.fediverse.models import Actor
from tests.box import free_port
from tests.fediverse.ours import object_of
from tests.processes import start, wait_for


class Front(BaseHTTPRequestHandler):
    objects: dict[str, dict[str, Any]] = {}
    behind = serve.Address("127.0.0.1", 0)

    def do_GET(self) -> None:
        found = self.objects.get(self.path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/activity+json")
        self.end_headers()
        self.wfile.write(json.dumps(found).encode() if found else b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        line = http.client.HTTPConnection(*self.behind, timeout=20)
        line.request("POST", self.path, body, dict(self.headers))
        answer = line.getresponse()
        said = answer.read()
        line.close()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        pass


def show(actor: Actor) -> None:
    Front.objects[f"/actors/{actor.name}/"] = object_of(actor)


@contextmanager
def our_site() -> Iterator[str]:
    """The front's address is our name; the application listens elsewhere."""
    Front.behind = serve.Address("127.0.0.1", free_port())
    front = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    front.daemon_threads = True
    settings.HUE_SITE = f"http://127.0.0.1:{front.server_port}"
    thread = threading.Thread(target=front.serve_forever, daemon=True)
    thread.start()
    also = {"HUE_BIND": str(Front.behind), "HUE_SITE": settings.HUE_SITE}
    server = start("hue", "serve", HUE_FETCH_PRIVATE="yes", **also)
    try:
        wait_for(lambda: serve.answers(Front.behind))
        yield settings.HUE_SITE
    finally:
        server.terminate()
        server.communicate()
        front.shutdown()
        front.server_close()
        thread.join()
