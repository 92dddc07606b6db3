"""From the tap on Publish to the post's pages, its feeds and 1,000 open streams.

The tap is the compose form, sent by somebody who is signed in to the server as it runs in
production; the clock starts before the first byte of it.
"""

import gzip
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from hue.config.bench import bare, readers, seed
from hue.config.bench.figures import Figure, percentile
from hue.config.bench.place import running, say, server
from hue.config.serve import Address
from hue.lib.ids import new_id
from hue.people.models import Neighbourhood, Officer

STREAMS = int(os.environ.get("BENCH_STREAMS", "1000"))
TAPS = int(os.environ.get("BENCH_TAPS", "60"))
MANY = int(os.environ.get("BENCH_POSTS", "100000"))
WARM = 5  # taps before those that count
PATIENCE = 20.0
PAUSE = 0.3  # the worker draws the card of the last one
FORM, EVENT = "/desk/posts/new/", "day24"
ADDRESS = re.compile(r'href="/posts/(\w+)/"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Tap(NamedTuple):
    """Milliseconds from the tap; `floor` is what the bare bytes of the same files take."""

    files: float
    streams: float
    floor: float


def figures() -> Iterator[Figure]:
    seeded = seed.force()
    session = _signed_in(seeded)
    seed.posts(seeded, 300, in_event=300)
    yield _measured("publish.p95_ms", seeded, session)
    say(f"{MANY:,} more posts are made")
    seed.posts(seeded, MANY, in_event=0)
    yield _measured("publish.p95_ms_100k", seeded, session)


def _signed_in(seeded: seed.Seeded) -> str:
    """The session of one who publishes alone, and is not the author of the whole archive."""
    officer = Officer.objects.create(
        **{"username": "tap", "name": "B. Constable", "rank": "PC", "unit": seeded.event.unit},
        **{"roles": ["neighbourhood_officer"], "team": seeded.officer.team},
    )
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _measured(name: str, seeded: seed.Seeded, session: str) -> Figure:
    with server() as where, running(sys.executable, "-m", "hue", "work"), bare.server() as floor:
        taps = list(_taps(seeded, where, floor, session))
    worst = percentile([max(tap.files, tap.streams) for tap in taps], 0.95)
    parts = {part: percentile([getattr(tap, part) for tap in taps], 0.95) for part in Tap._fields}
    words = (
        f"p95 of {TAPS} taps; files alone {parts['files']:.0f}, "
        f"streams alone {parts['streams']:.0f}; the same bytes written bare and "
        f"one exchange on the loopback {parts['floor']:.1f}"
    )
    return Figure(name, worst, "ms", words, worst / parts["floor"], "<= 300")


def _taps(seeded: seed.Seeded, where: Address, floor: Address, session: str) -> Iterator[Tap]:
    browser = httpx.Client(
        base_url=f"http://{where}",
        cookies={settings.SESSION_COOKIE_NAME: session},
        timeout=PATIENCE,
        trust_env=False,
    )
    with browser, readers.streams(where, f"/stream/event/{EVENT}", STREAMS) as last:
        found = TOKEN.search(browser.get(FORM).text)
        assert found, "the compose form did not come: its session or its page has changed"
        for number in range(WARM + TAPS):
            place = seeded.places[number % len(seeded.places)]
            tap = _tap(browser, found[1], place, last, floor)
            if number >= WARM:
                yield tap
            time.sleep(PAUSE)


def _tap(
    browser: httpx.Client,
    token: str,
    place: Neighbourhood,
    last: Callable[[], float],
    floor: Address,
) -> Tap:
    words = f"On the button, {new_id()}."
    request = browser.build_request("POST", FORM, data=_filled_in(words, place, token))
    wall, began = time.time(), time.monotonic()
    answer = browser.send(request, follow_redirects=True)
    pages = _pages(_address(answer, words), place)
    files = _on_disk(words, pages)
    streams = last()
    return Tap(1000 * (files - wall), 1000 * (streams - began), _floor(pages, floor))


def _filled_in(words: str, place: Neighbourhood, token: str) -> dict[str, str]:
    """As the form stands there; what nobody touched is sent empty."""
    untouched = ["kind", "parent", "incident", "publish_at", "holds_from", "holds_until"]
    told = {"text": words, "neighbourhood": place.slug, "event": EVENT, "action": "publish"}
    return {"csrfmiddlewaretoken": token, **dict.fromkeys(untouched, ""), **told}


def _address(answer: httpx.Response, words: str) -> str:
    """The id of the post, from the page of one's own posts to which a tap leads."""
    own = answer.text.partition(words)
    found = ADDRESS.search(own[2])
    if answer.status_code != 200 or not found:
        sys.exit(f"The form was not taken: {answer.status_code} at {answer.url}.")
    return found[1]


def _pages(post: str, place: Neighbourhood) -> list[Path]:
    """What a reader may open to find the post, with the compressed twins that readers get."""
    lists = ["", f"events/{EVENT}/", f"neighbourhoods/{place.slug}/", f"units/{place.unit.slug}/"]
    names = [f"{base}feed.{kind}" for base in lists for kind in ("rss", "atom", "json")]
    names += ["index.html", f"posts/{post}.html", f"events/{EVENT}.html"]
    names += [f"neighbourhoods/{place.slug}.html"]
    plain = [Path(settings.PUBLIC_ROOT, name) for name in names]
    return [*plain, *(file.with_name(f"{file.name}.gz") for file in plain)]


def _on_disk(words: str, pages: list[Path]) -> float:
    """When the last of them got its name: by the disk's own times, not by when we looked."""
    until, newest = time.monotonic() + PATIENCE, 0.0
    for file in pages:  # the plain ones first: by the time they are there, so are most twins
        while not (file.exists() and words in _text(file)):
            if time.monotonic() > until:
                raise TimeoutError(f"{file} does not tell of the post after {PATIENCE:.0f} s.")
            time.sleep(0.01)
        newest = max(newest, file.stat().st_ctime)
    return newest


def _text(file: Path) -> str:
    raw = file.read_bytes()
    return (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode()


def _floor(pages: list[Path], where: Address) -> float:
    folder = Path(settings.PUBLIC_ROOT).with_name("bare")
    folder.mkdir(exist_ok=True)
    contents = [file.read_bytes() for file in pages]
    began = time.monotonic()
    bare.exchange(where)
    bare.write(folder, contents)
    return 1000 * (time.monotonic() - began)
