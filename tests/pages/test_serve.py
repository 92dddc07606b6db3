"""The one-box server, asked as a browser, a crawler and an attacker ask."""

import asyncio
import gzip
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from hue.pages import files
from hue.pages.serve import PublicFiles

PAGE = b"<p>A page.</p>" * 100


class Answer:
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status = messages[0]["status"]
        self.headers = dict(messages[0]["headers"])
        self.body = b"".join(m.get("body", b"") for m in messages[1:])


class Kept:
    """What the log was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []

    def add(self, status: int, path: str) -> None:
        self.lines.append((status, path))


@pytest.fixture
def server(settings: Any) -> PublicFiles:
    files.write("index.html", PAGE)
    files.write("posts/abc.html", PAGE)
    files.write("404.html", b"Nothing here. 999")
    files.write("events/day24/embed.html", PAGE)
    files.write("feed.rss", PAGE)
    for page in ("posts/0123456789", "force", "units/south", "neighbourhoods/kings-heath"):
        files.write(f"oembed/{page}.json", b"{}")
    files.write("posts/abc.activity.json", b'{"type":"Note"}')
    files.write("webfinger/police.jrd", b'{"subject":"police"}')
    files.write("nodeinfo.json", b"{}")
    files.write("host-meta.xrd", b"<XRD/>")
    outside = Path(settings.PUBLIC_ROOT).parent / "secret.html"
    outside.write_text("secret")
    return PublicFiles(settings.PUBLIC_ROOT, Kept())


def ask(server: PublicFiles, raw: str, method: str = "GET", **headers: str) -> Answer:
    path, _, query = raw.partition("?")
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(path),  # as ASGI servers hand it over
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(server(scope, None, send))
    return Answer(sent)


def test_a_page_comes_whole_and_compressed(server: PublicFiles) -> None:
    assert ask(server, "/").body == PAGE
    zipped = ask(server, "/posts/abc/", accept_encoding="gzip, br")
    assert zipped.headers[b"content-encoding"] == b"gzip"
    assert zipped.headers[b"vary"] == b"accept, accept-encoding"
    assert ask(server, "/").headers[b"vary"] == b"accept-encoding"
    assert gzip.decompress(zipped.body) == PAGE


def test_a_reader_who_has_it_is_told_so(server: PublicFiles) -> None:
    first = ask(server, "/")
    etag = first.headers[b"etag"].decode()
    for known in (etag, f'"other", W/{etag}'):
        again = ask(server, "/", if_none_match=known)
        assert (again.status, again.body) == (304, b"")
    assert (
        ask(server, "/", if_modified_since=first.headers[b"last-modified"].decode()).status == 304
    )
    files.write("index.html", PAGE + b"new")
    assert ask(server, "/", if_none_match=etag).body == PAGE + b"new"


@pytest.mark.parametrize("folder", ["media", "assets", "cards"])
def test_a_page_is_asked_for_again_wherever_the_data_lies(tmp_path: Path, folder: str) -> None:
    page = tmp_path / folder / "disk" / "public" / "posts" / "abc.html"
    page.parent.mkdir(parents=True)
    page.write_text("A page.")
    answer = ask(PublicFiles(page.parents[1]), "/posts/abc/")
    assert answer.headers[b"cache-control"] == b"max-age=0, s-maxage=2, must-revalidate"


def test_head_gives_the_length_without_the_body(server: PublicFiles) -> None:
    answer = ask(server, "/", method="HEAD")
    assert (answer.headers[b"content-length"], answer.body) == (str(len(PAGE)).encode(), b"")


def test_nothing_is_written_through_it(server: PublicFiles) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = ask(server, "/", method=method)
        assert answer.status == 405
        assert answer.headers[b"allow"] == b"GET, HEAD"


def test_what_is_not_there_gets_our_own_page(server: PublicFiles) -> None:
    answer = ask(server, "/posts/none/")
    assert answer.status == 404
    assert b"999" in answer.body
    assert ask(server, "/404/").status == 200


def test_an_address_without_its_slash_leads_to_the_page(server: PublicFiles) -> None:
    answer = ask(server, "/posts/abc")
    assert (answer.status, answer.headers[b"location"]) == (301, b"/posts/abc/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/%2e%2e/secret/",
        "/..%2fsecret/",
        "/posts/../../secret/",
        "/posts/%2e%2e/%2e%2e/secret.html",
        "/..%5csecret.html",
        "//posts/abc",
        "//posts/abc/",
        "/%2f/posts/abc",
        "/posts/abc%00/",
        "/.index.html.1.new",
        "/posts/" + "a" * 5000 + "/",
        "/\ud7ff/",
    ],
)
def test_nobody_leaves_the_public_folder(server: PublicFiles, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_only_the_widget_may_stand_in_a_frame(server: PublicFiles) -> None:
    policy = b"content-security-policy"
    assert b"frame-ancestors 'none'" in ask(server, "/").headers[policy]
    assert ask(server, "/events/day24/embed/").headers[policy].endswith(b"frame-ancestors *")


def test_oembed_answers_for_our_own_pages_alone(server: PublicFiles) -> None:
    ours = "http://127.0.0.1:8000/posts/0123456789/"
    answer = ask(server, f"/oembed?url={ours}&format=json")
    assert (answer.status, answer.body) == (200, b"{}")
    assert answer.headers[b"content-type"].startswith(b"application/json")
    assert answer.headers[b"access-control-allow-origin"] == b"*"
    assert ask(server, f"/oembed?url={ours}&format=xml").status == 501
    for other in (
        "http://example.org/posts/0123456789/",
        "",
        "http://127.0.0.1:8000/people/south/",
        "javascript:1",
    ):
        assert ask(server, f"/oembed?url={other}").status == 404


@pytest.mark.parametrize("path", ["", "/", "/units/south/", "/neighbourhoods/kings-heath"])
def test_oembed_answers_for_every_page_that_has_a_widget(server: PublicFiles, path: str) -> None:
    assert ask(server, f"/oembed?url=http://127.0.0.1:8000{path}").body == b"{}"
    assert ask(server, f"/oembed?url=http://example.org{path}").status == 404


def test_any_page_may_read_our_feeds(server: PublicFiles) -> None:
    answer = ask(server, "/feed.rss")
    assert answer.headers[b"content-type"] == b"application/rss+xml; charset=utf-8"
    assert answer.headers[b"access-control-allow-origin"] == b"*"


OBJECT = "application/activity+json"
LD = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1'


@pytest.mark.parametrize("accept", [OBJECT, LD])
def test_a_server_elsewhere_gets_the_object_under_the_address_of_the_page(
    server: PublicFiles, accept: str
) -> None:
    answer = ask(server, "/posts/abc/", accept=accept)
    assert (answer.status, answer.body) == (200, b'{"type":"Note"}')
    assert answer.headers[b"content-type"].startswith(OBJECT.encode())
    assert answer.headers[b"vary"] == b"accept, accept-encoding"
    assert answer.headers[b"access-control-allow-origin"] == b"*"
    page = ask(server, "/posts/abc/", accept="text/html, */*")
    assert (page.body, page.headers[b"vary"]) == (PAGE, b"accept, accept-encoding")
    assert ask(server, "/", accept=accept).body == PAGE
    assert ask(server, "/posts/none/", accept=accept).status == 404
    assert isinstance(server._asked, Kept)
    assert server._asked.lines[:2] == [(200, "/posts/abc.activity.json"), (200, "/posts/abc/")]


def test_an_account_is_found_through_webfinger(server: PublicFiles) -> None:
    finger = "/.well-known/webfinger"
    for asked in (
        "acct:police@127.0.0.1:8000",
        "acct%3APolice%40127.0.0.1:8000",
        "http://127.0.0.1:8000/actors/police/",
    ):
        answer = ask(server, f"{finger}?resource={asked}")
        assert (answer.status, answer.body) == (200, b'{"subject":"police"}'), asked
        assert answer.headers[b"content-type"].startswith(b"application/jrd+json")
        assert answer.headers[b"access-control-allow-origin"] == b"*"
    for other in ("acct:police@elsewhere.example", "acct:..%2F@127.0.0.1:8000", "police", ""):
        assert ask(server, f"{finger}?resource={other}").status == 404, other
    assert ask(server, finger).status == 400
    assert ask(server, "/.well-known/nodeinfo").body == b"{}"
    assert ask(server, "/.well-known/host-meta").body == b"<XRD/>"
    assert ask(server, "/.well-known/other").status == 404


def test_the_log_knows_what_was_asked_for_and_nothing_of_who_asked(server: PublicFiles) -> None:
    ask(server, "/posts/abc/", user_agent="somebody", x_forwarded_for="192.0.2.1")
    ask(server, "/none/")
    assert isinstance(server._asked, Kept)
    assert server._asked.lines == [(200, "/posts/abc/"), (404, "/none/")]
