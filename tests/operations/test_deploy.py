"""Each file under deploy/ is started as it stands; only names, ports and folders are the test's."""

import http.client
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from hue.config import bodies, serve
from hue.fediverse.documents import LARGEST
from hue.fediverse.views.inbox import is_inbox
from hue.pages import serve as serving
from tests.nginx import DEPLOY, nchan, needs_nchan, needs_nginx, nginx, port
from tests.processes import wait_for

# These tests talk to nginx alone; the application and its database are not running.
pytestmark = [pytest.mark.slow]
SHARED = 2  # seconds that a shared cache may keep what can be withdrawn: docs/explanation/scale.md


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    public, plain, secure = tmp_path / "public", port(8500), port(9100)
    for name, text in {
        "index.html": "home",
        "posts/0123456789.html": "a post " * 200,
        "posts/0123456789/embed.html": "embedded",
        "events/day24/latest.html": "newest lines",
        "feed.rss": "<rss/>",
        "oembed/posts/0123456789.json": "{}",
        "oembed/force.json": '"force"',
        "oembed/units/south.json": '"unit"',
        "posts/0123456789.activity.json": '{"type":"Note"}',
        "actors/police.html": "@police",
        "actors/police.activity.json": '{"type":"Group"}',
        "webfinger/police.jrd": '{"subject":"acct:police"}',
        "nodeinfo.json": '{"links":[]}',
        "host-meta.xrd": "<XRD/>",
        "404.html": "not found, 999",
        "trouble.html": "trouble, 999",
        "assets/site.css": "x",
        "media/face.webp": "a face",
        "cards/0a1b.png": "words",
    }.items():
        file = public / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    subprocess.run(["gzip", "-k", str(public / "posts/0123456789.html")], check=True)
    (tmp_path / "log" / "asked").mkdir(parents=True)
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
        f" -keyout {tmp_path}/key.pem -out {tmp_path}/cert.pem",
        shell=True,
        check=True,
        capture_output=True,
    )
    (tmp_path / "hue-tls.conf").write_text(
        f"ssl_certificate {tmp_path}/cert.pem; ssl_certificate_key {tmp_path}/key.pem;"
    )
    shutil.copy(DEPLOY / "hue-proxy.conf", tmp_path)
    text = (DEPLOY / "nginx-site.conf").read_text()
    for ours, theirs in {
        "/etc/nginx/": f"{tmp_path}/",
        "/var/lib/hue/": f"{tmp_path}/",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{port(9700)}",
    }.items():
        assert ours in text
        text = text.replace(ours, theirs)
    (tmp_path / "site.conf").write_text(text)
    with nginx(tmp_path, tmp_path / "site.conf"):
        wait_for(lambda: serve.answers(serve.Address("127.0.0.1", secure)))
        yield f"https://127.0.0.1:{secure}"


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def get(address: str, **headers: str) -> tuple[int, "dict[str, str]", bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, context=trusting(), timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@needs_nginx
def test_everything_public_is_served_without_application_and_database(site: str) -> None:
    for path in ("/", "/posts/0123456789/", "/feed.rss", "/events/day24/latest/"):
        status, headers, _ = get(site + path)
        assert status == 200, path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(f"{site}/feed.rss")[1]["Access-Control-Allow-Origin"] == "*"
    assert get(f"{site}/posts/0123456789")[0] == 200
    assert (
        get(f"{site}/posts/0123456789/", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"]
        == "gzip"
    )
    embedded = get(f"{site}/posts/0123456789/embed/")
    assert "frame-ancestors *" in embedded[1]["Content-Security-Policy"]
    asked = "https%3A%2F%2Flive.police.example%2Fposts%2F0123456789%2F"
    ours = {"Host": "live.police.example"}
    assert get(f"{site}/oembed?url={asked}", **ours)[2] == b"{}"
    assert get(f"{site}/oembed?url={asked}")[0] == 404, "a page of another host"
    home = "https://live.police.example"
    assert get(f"{site}/oembed?url={home}/", **ours)[2] == b'"force"'
    assert get(f"{site}/oembed?url={home}/units/south/", **ours)[2] == b'"unit"'
    for other in ("https%3A%2F%2Felsewhere.example%2F", f"{home}.evil.example/", f"{home}/people/"):
        assert get(f"{site}/oembed?url={other}", **ours)[0] == 404, other
    status, _, body = get(f"{site}/nothing/")
    assert (status, body) == (404, b"not found, 999")
    for down in ("/desk/", "/api/x", "/stream/force"):
        status, _, body = get(site + down)
        assert (status, body) == (502, b"trouble, 999"), down


OBJECT = "application/activity+json"
LD = 'text/html;q=0.1, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


@needs_nginx
def test_servers_elsewhere_get_objects_under_the_addresses_of_pages(
    site: str, tmp_path: Path
) -> None:
    for path, page, thing in (
        ("/posts/0123456789/", b"a post", b'{"type":"Note"}'),
        ("/actors/police/", b"@police", b'{"type":"Group"}'),
    ):
        for accept in (OBJECT, LD):
            status, headers, body = get(site + path, Accept=accept)
            assert (status, body, headers["Content-Type"]) == (200, thing, OBJECT)
            assert headers["Vary"] == "Accept"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["Access-Control-Allow-Origin"] == "*"
        status, headers, body = get(site + path, Accept="text/html")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert body.startswith(page)
        assert "Accept" in headers["Vary"]
    assert get(f"{site}/actors/nobody/", Accept=OBJECT)[0] == 404
    assert get(f"{site}/", Accept=OBJECT)[2] == b"home"
    log = wait_for(lambda: [line for line in _asked(tmp_path) if line.endswith("police/")])
    assert len(log) == 1, "only the page is a view"


@needs_nginx
def test_an_account_is_found_through_webfinger(site: str) -> None:
    ours = {"Host": "live.police.example"}
    for asked in (
        "acct:police@live.police.example",
        "acct%3Apolice%40live.police.example",
        "https://live.police.example/actors/police/",
        "https%3A%2F%2Flive.police.example%2Factors%2Fpolice",
    ):
        status, headers, body = get(f"{site}/.well-known/webfinger?resource={asked}", **ours)
        assert (status, body) == (200, b'{"subject":"acct:police"}'), asked
        assert headers["Content-Type"] == "application/jrd+json"
        assert headers["Access-Control-Allow-Origin"] == "*"
    for other in ("acct:police@elsewhere.example", "acct:nobody@live.police.example", "police"):
        assert get(f"{site}/.well-known/webfinger?resource={other}", **ours)[0] == 404, other
    assert get(f"{site}/.well-known/webfinger", **ours)[0] == 400
    assert get(f"{site}/.well-known/nodeinfo")[1]["Content-Type"] == "application/json"
    assert get(f"{site}/.well-known/host-meta")[1]["Content-Type"] == "application/xrd+xml"
    assert get(f"{site}/.well-known/other")[0] == 404


KEPT = ("/", "/posts/0123456789/", "/feed.rss", "/nothing/", "/media/face.webp", "/cards/0a1b.png")


@needs_nginx
@pytest.mark.parametrize("path", KEPT)
def test_whatever_can_be_withdrawn_is_kept_for_two_seconds_at_most(site: str, path: str) -> None:
    kept = get(site + path)[1]["Cache-Control"]
    assert f"s-maxage={SHARED}" in kept.split(", ")
    # Those are named by their content: what a browser has under that name stays the same.
    named_by_content = path.startswith(("/media/", "/cards/"))
    assert ("max-age=0" in kept and "must-revalidate" in kept) is not named_by_content
    file = f"{path[:-1] or '/index'}.html" if path.endswith("/") else path
    assert kept == serving.caching("/404.html" if "nothing" in path else file).decode()


@needs_nginx
def test_newest_lines_are_never_kept_and_assets_for_ever(site: str) -> None:
    newest, asset = "/events/day24/latest.html", "/assets/site.css"
    assert get(f"{site}/events/day24/latest/")[1]["Cache-Control"] == "no-cache"
    assert serving.caching(newest) == b"no-cache"
    assert get(site + asset)[1]["Cache-Control"] == serving.caching(asset).decode()
    assert get(site + asset)[1]["Cache-Control"].endswith("max-age=31536000, immutable")


@needs_nginx
def test_a_browser_that_has_the_page_is_told_that_it_is_the_same(site: str) -> None:
    etag = get(f"{site}/feed.rss")[1]["ETag"]
    status, headers, body = get(f"{site}/feed.rss", **{"If-None-Match": etag})
    assert (status, body) == (304, b"")
    assert "must-revalidate" in headers["Cache-Control"]


CDN = """
proxy_cache_path {folder}/kept keys_zone=cdn:1m;
server {{
  listen 127.0.0.1:{port};
  location / {{
    proxy_pass {site};
    proxy_cache cdn;
    proxy_cache_revalidate on;
    proxy_cache_lock on;
  }}
}}
"""


@needs_nginx
def test_a_cdn_takes_the_readers_and_lets_go_of_what_is_withdrawn(
    site: str, tmp_path: Path
) -> None:
    """nginx's own cache in front of it, set up as a stranger would: it goes by what we send."""
    folder, own = tmp_path / "cdn", port(8200)
    folder.mkdir()
    (folder / "cdn.conf").write_text(CDN.format(folder=folder, port=own, site=site))
    page, face = tmp_path / "public/posts/0123456789.html", tmp_path / "public/media/face.webp"
    with nginx(folder, folder / "cdn.conf"):
        cdn = f"http://127.0.0.1:{own}"
        wait_for(lambda: serve.answers(serve.Address("127.0.0.1", own)))
        began = time.monotonic()
        asked = [get(f"{cdn}/posts/0123456789/")[2] for _ in range(200)]
        assert all(b"a post" in body for body in asked)
        assert get(f"{cdn}/media/face.webp")[0] == 200
        page.write_text("withdrawn")
        face.unlink()
        withdrawn = time.monotonic()
        through = sum("/posts/" in line for line in _asked(tmp_path))
        assert through <= 1 + (withdrawn - began) / 2
        wait_for(lambda: get(f"{cdn}/posts/0123456789/")[2] == b"withdrawn")
        wait_for(lambda: get(f"{cdn}/media/face.webp")[0] == 404)
        # nginx counts in whole seconds.
        assert time.monotonic() - withdrawn < SHARED + 1.5


@needs_nginx
def test_views_are_counted_without_addresses(site: str, tmp_path: Path) -> None:
    get(f"{site}/posts/0123456789/")
    line = wait_for(lambda: _asked(tmp_path))[-1]
    assert line.endswith(" 200 /posts/0123456789/")
    assert "127.0.0.1" not in line


def _asked(tmp_path: Path) -> list[str]:
    """What nginx has written down so far: it opens the file, and writes, after it has answered."""
    logs = (tmp_path / "log" / "asked").glob("*.log")
    return [line for log in logs for line in log.read_text().splitlines()]


ADDRESSES = (
    "/api/posts", "/api/posts/", "/desk/posts/new/", "/desk/incidents/import/",
    "/desk/posts/mine/", "/desk/me/public/", "/sign-in/login/", "/stream/force", "/",
)  # fmt: skip


@needs_nginx
@pytest.mark.parametrize("path", ADDRESSES)
def test_nginx_takes_as_much_as_the_application(site: str, path: str) -> None:
    limit = bodies.largest(path)
    assert _announced(site, path, limit) != 413
    assert _announced(site, path, limit + 1) == 413


@needs_nginx
@pytest.mark.parametrize("path", ["/inbox", "/inbox/", "/actors/police/inbox"])
def test_what_other_servers_send_goes_to_the_application_up_to_its_limit(
    site: str, path: str
) -> None:
    assert is_inbox(path)
    assert _announced(site, path, LARGEST) == 502, "the application, which is not running"
    assert _announced(site, path, LARGEST + 1) == 413


def _announced(site: str, path: str, length: int) -> int:
    """The answer to a form of that length."""
    secure = http.client.HTTPSConnection(site.partition("//")[2], context=trusting(), timeout=5)
    secure.putrequest("POST", path)
    secure.putheader("Content-Length", str(length))
    secure.endheaders()
    with suppress(OSError):  # nginx may answer, and close, before it has all of it
        if length <= bodies.SMALL:
            secure.send(b"x" * length)
    with closing(secure):
        return secure.getresponse().status


@needs_nginx
@needs_nchan
def test_nchan_passes_on_what_it_is_told(tmp_path: Path) -> None:
    with nchan(tmp_path) as here:
        asked = urllib.request.Request(
            f"{here}/stream/force", headers={"Accept": "text/event-stream"}
        )
        with urllib.request.urlopen(asked, timeout=5) as stream:
            assert stream.readline() == b": hi\n"
            told = urllib.request.Request(
                f"{here}/tell/force", data=b"{}", headers={"X-EventSource-Event": "added"}
            )
            urllib.request.urlopen(told, timeout=5).close()
            assert [stream.readline() for _ in range(2)][1] == b"event: added\n"
        assert get(f"{here}/stream/desk")[0] == 404


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed.")
@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    text = (
        unit.read_text()
        .replace("/opt/hue/.venv/bin/hue", "/bin/true")
        .replace("User=hue", "User=root")
    )
    (tmp_path / unit.name).write_text(text.replace("/opt/hue", "/tmp"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if unit.name in line]
    assert not ours, ours
