"""The public files over ASGI, for one box without a web server in front.

Stat, cached bytes and 304: Starlette's own static files read anew each time and know no
compressed twins.
"""

import mimetypes
import os
from collections import OrderedDict
from email.utils import formatdate
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, quote

from hue.pages import embedding, federating

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
KEPT_BYTES = 64 * 2**20
LARGEST_KEPT = 2 * 2**20
YEAR = b"public, max-age=31536000"
READS = {"GET", "HEAD"}

mimetypes.add_type("application/rss+xml", ".rss")
mimetypes.add_type("application/atom+xml", ".atom")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/jrd+json", ".jrd")
mimetypes.add_type("application/xrd+xml", ".xrd")

_POLICY = (
    b"default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
PUBLIC_POLICY = _POLICY + b"'none'"
# The live widget is made to stand in other people's pages; nothing else may.
EMBED_POLICY = _POLICY + b"*"


class Kept(NamedTuple):
    stamp: tuple[int, int]  # time in ns, size
    headers: Headers
    etag: bytes
    body: bytes


class Asked(Protocol):
    def add(self, status: int, path: str) -> None: ...


class PublicFiles:
    """Answers for the files below `root`, or says with our own words that there is none."""

    def __init__(self, root: Path, asked: Asked | None = None) -> None:
        self.root = str(root)
        self._asked = asked
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Any request that is for no program of ours."""
        if scope["method"] not in READS:
            await _plain(send, 405, [(b"allow", b"GET, HEAD")])
        elif scope["path"] == "/oembed":
            await self._embedding(scope, send)
        elif scope["path"].startswith("/.well-known/"):
            await self._well_known(scope, send)
        elif federating.asks_for_object(scope["path"], scope["headers"]):
            await self._object(scope, send)
        elif (file := self.find(scope["path"])) is not None:
            await self.answer(file, scope, send)
        elif (better := self._with_slash(scope["path"])) is not None:
            await _plain(send, 301, [(b"location", better.encode())])
        else:
            await self.page("/404/", scope, send, status=404)

    def find(self, path: str) -> str | None:
        """The file for an address: "/x/" is x.html, "/" is index.html."""
        if "\x00" in path or "/." in path or "//" in path or "\\" in path:
            return None
        name = "/index.html" if path == "/" else path
        name = f"{name[:-1]}.html" if name.endswith("/") else name
        file = self.root + name
        return file if os.path.isfile(file) else None

    async def page(self, address: str, scope: Scope, send: Any, *, status: int) -> None:
        """One of our own pages for when something is wrong."""
        file = self.find(address)
        if file is None:
            await _plain(send, status, [])
        else:
            await self.answer(file, scope, send, status=status)

    async def answer(self, file: str, scope: Scope, send: Any, status: int = 200) -> None:
        asked = dict(scope["headers"])
        kept = self._read(file, zipped=b"gzip" in asked.get(b"accept-encoding", b""))
        if status == 200 and _knows(asked, kept):
            status, headers, body = 304, kept.headers[:4], b""
        else:
            headers = [*kept.headers, (b"content-length", str(len(kept.body)).encode())]
            body = b"" if scope["method"] == "HEAD" else kept.body
        if self._asked is not None:
            self._asked.add(status, scope["path"])
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _embedding(self, scope: Scope, send: Any) -> None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if asked.get("format", ["json"]) != ["json"]:
            await _plain(send, 501, [])
            return
        file = self.find(embedding.file_for(asked.get("url", [""])[0]) or "/404/")
        if file is None or not file.endswith(".json"):
            await self.page("/404/", scope, send, status=404)
        else:
            await self.answer(file, scope, send)

    async def _object(self, scope: Scope, send: Any) -> None:
        """Not counted among the views: no reader asks so."""
        file = self.find(federating.object_of(scope["path"]))
        if file is None:
            await self.page("/404/", scope, send, status=404)
        else:
            await self.answer(file, {**scope, "path": federating.object_of(scope["path"])}, send)

    async def _well_known(self, scope: Scope, send: Any) -> None:
        query = scope.get("query_string", b"").decode("latin-1")
        asked = federating.well_known(scope["path"], query)
        file = self.find(asked) if asked else None
        if scope["path"] == federating.WEBFINGER and "resource=" not in query:
            await _plain(send, 400, [])
        elif file is None:
            await self.page("/404/", scope, send, status=404)
        else:
            await self.answer(file, scope, send)

    def _with_slash(self, path: str) -> str | None:
        """ "/posts/0h3…" for people who type it; never an address that another host could be."""
        if self.find(f"{path}/") is None:
            return None
        return quote(f"{path}/")

    def _read(self, file: str, *, zipped: bool) -> Kept:
        name = f"{file}.gz" if zipped and os.path.isfile(f"{file}.gz") else file
        stat = os.stat(name)
        stamp = (stat.st_mtime_ns, stat.st_size)
        kept = self._kept.get(name)
        if kept is not None and kept.stamp == stamp:
            self._kept.move_to_end(name)
            return kept
        headers, etag = _headers(file.removeprefix(self.root), name, stamp)
        kept = Kept(stamp, headers, etag, Path(name).read_bytes())
        self._keep(name, kept)
        return kept

    def _keep(self, name: str, kept: Kept) -> None:
        old = self._kept.pop(name, None)
        self._bytes -= len(old.body) if old else 0
        if len(kept.body) > LARGEST_KEPT:
            return
        self._kept[name] = kept
        self._bytes += len(kept.body)
        while self._bytes > KEPT_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


def _knows(asked: dict[bytes, bytes], kept: Kept) -> bool:
    """The reader has this very state already."""
    known = asked.get(b"if-none-match")
    if known is not None:
        return kept.etag in (tag.strip().removeprefix(b"W/") for tag in known.split(b","))
    return asked.get(b"if-modified-since") == kept.headers[1][1]


def _headers(file: str, name: str, stamp: tuple[int, int]) -> tuple[Headers, bytes]:
    etag = f'"{stamp[0]:x}-{stamp[1]:x}"'.encode()
    kind = _kind(file)
    text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
    headers = [
        (b"etag", etag),
        (b"last-modified", formatdate(stamp[0] / 1e9, usegmt=True).encode()),
        (b"cache-control", caching(file)),
        (b"vary", b"accept, accept-encoding" if _has_both(file) else b"accept-encoding"),
        (b"content-type", (f"{kind}; charset=utf-8" if text else kind).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"content-security-policy", _policy(file)),
    ]
    if file.endswith((".rss", ".atom", ".json", ".jrd")):
        headers.append((b"access-control-allow-origin", b"*"))  # any page may read our feeds
    if name.endswith(".gz"):
        headers.append((b"content-encoding", b"gzip"))
    return headers, etag


def _kind(file: str) -> str:
    if file.endswith(federating.OBJECT):
        return "application/activity+json"
    return mimetypes.guess_type(file)[0] or "application/octet-stream"


def _has_both(file: str) -> bool:
    return file.startswith(federating.BOTH)


def caching(file: str) -> bytes:
    """How long a browser may keep it, and a shared cache (s-maxage): as deploy/nginx-site.conf.

    Whatever can be withdrawn is gone from every shared cache two seconds later.
    """
    if file.startswith("/assets/"):
        return YEAR + b", immutable"
    if file.startswith(("/media/", "/cards/")):  # words stand on a card, too
        return YEAR + b", s-maxage=2, immutable"
    if file.endswith("/latest.html"):
        return b"no-cache"  # what an open page asks for, so that it misses nothing
    return b"max-age=0, s-maxage=2, must-revalidate"


def _policy(file: str) -> bytes:
    return EMBED_POLICY if file.endswith("/embed.html") else PUBLIC_POLICY


async def _plain(send: Any, status: int, headers: Headers) -> None:
    """Without words: the browser has its own."""
    none = (b"content-length", b"0")
    await send({"type": "http.response.start", "status": status, "headers": [*headers, none]})
    await send({"type": "http.response.body", "body": b""})
