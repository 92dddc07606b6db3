"""Sources of every kind, as their public documentation describes what they send."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web

from hue.fediverse.models import Actor, Note, Reply, Server, Stranger
from hue.listening import actions, asking
from hue.listening.jobs.watches import ask_one
from hue.listening.models import Remark, Source
from hue.listening.sources import bluesky, feed, mail, mastodon, x
from hue.listening.sources.asked import NoAnswer, Question
from hue.people.access import Refused
from tests.cast import NOON, Cast
from tests.listening.conftest import approved, read, switched_on

ASKED = Question("https://a.example", NOON, query="looting")
Told = dict[str, Any]


class Elsewhere:
    """A server on loopback: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: Told = {}
        self.asked: list[str] = []
        self.loop, self._ready = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        runner = self.loop.run_until_complete(self._start())
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self.loop.run_forever()
        self.loop.run_until_complete(runner.cleanup())
        self.loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(str(request.rel_url))
        said = self.answers[request.path]
        if callable(said):
            answer: web.StreamResponse = await said(request)
            return answer
        if isinstance(said, int):
            return web.Response(status=said)
        return web.Response(body=said if isinstance(said, bytes) else json.dumps(said).encode())


@pytest.fixture
def served(settings: Any) -> Iterator[tuple[str, Told, list[str]]]:
    settings.HUE_FETCH_PRIVATE = True
    elsewhere = Elsewhere()
    yield elsewhere.address, elsewhere.answers, elsewhere.asked
    elsewhere.stop()


def status(number: int, words: str, *, minutes: int = 0, **account: Any) -> Told:
    at = NOON - timedelta(minutes=minutes)
    return {
        "id": str(number),
        "uri": f"https://m.example/{number}",
        "url": f"https://m.example/@sue/{number}",
        "created_at": at.isoformat(),
        "content": f"<p>{words}</p>",
        "visibility": "public",
        "language": "en",
        "account": {"acct": "sue", "url": "https://m.example/@sue", "note": "", **account},
    }


def test_a_feed_in_both_forms() -> None:
    rss = b"""<?xml version="1.0"?><rss version="2.0"><channel><item><guid>1</guid>
    <title>Looting?</title><description>&lt;p&gt;In &lt;b&gt;Leeds&lt;/b&gt;&lt;/p&gt;</description>
    <pubDate>Thu, 09 Jul 2026 11:00:00 GMT</pubDate><link>https://a.example/1</link></item>
    <item><title>no id, no date</title></item></channel></rss>"""
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>Fire</title>
    <updated>2026-07-09T11:00:00Z</updated><link href="https://a.example/2"/></entry></feed>"""
    found = feed.read(rss, at=NOON)
    assert [(one.id, one.text, one.at) for one in found.arrivals] == [
        ("1", "Looting?\nIn Leeds", NOON)
    ]
    assert found.broken == 1
    one = feed.read(atom, at=NOON).arrivals[0]
    assert (one.id, one.text, one.address) == ("tag:1", "Fire", "https://a.example/2")


def test_a_feed_that_would_grow_is_not_read() -> None:
    with pytest.raises(NoAnswer, match="definitions"):
        feed.read(b'<!DOCTYPE x [<!ENTITY a "aaa">]><rss>&a;</rss>', at=NOON)


@pytest.mark.parametrize(
    "account",
    [
        {"noindex": True},
        {"discoverable": False},
        {"indexable": False},
        {"note": "<p>Gardener. #nobot</p>"},
        {"note": "Please: noindex"},
    ],
)
def test_an_account_that_asks_to_be_left_out_is_left_out(account: Told) -> None:
    assert not mastodon.may_be_found(account)
    assert mastodon.may_be_found({"discoverable": None, "note": "nobody's robot"})


def test_a_hashtag_is_read_and_what_was_taken_back_there_goes(
    cast: Cast, served: tuple[str, Told, list[str]]
) -> None:
    address, answers, asked = served
    source = switched_on(cast, "Mastodon", "mastodon", address=address, query="#looting")
    approved(cast, source)
    path = "/api/v1/timelines/tag/looting"
    answers[path] = [
        status(3, "Looting in <a href='x'>#KingsHeath</a>"),
        status(2, "Looting, please leave me out", noindex=True, minutes=1),
        status(1, "Looting<br>again", minutes=2),
    ]
    ask_one(source, at=NOON)
    assert set(Remark.objects.values_list("text", flat=True)) == {
        "Looting in #KingsHeath",
        "Looting\nagain",
    }
    assert asked == [f"{path}?limit=40"]
    answers[path] = answers[path][1:]
    answers[path].append(status(0, "older", minutes=9))
    ask_one(source, at=NOON + timedelta(minutes=1))
    assert [one.text for one in Remark.objects.all()] == ["Looting\nagain"]


def test_a_source_that_does_not_answer_says_so_and_another_goes_on(
    cast: Cast, served: tuple[str, Told, list[str]]
) -> None:
    address, answers, _ = served
    bad = switched_on(cast, "Bad", "feed", address=f"{address}/bad")
    good = switched_on(cast, "Good", "feed", address=f"{address}/good")
    approved(cast, bad, good)
    answers["/bad"] = 503
    answers["/good"] = (
        b"<rss><item><guid>1</guid><title>Looting</title>"
        b"<pubDate>Thu, 09 Jul 2026 11:00:00 GMT</pubDate></item></rss>"
    )
    for source in Source.objects.to_poll(at=NOON):
        ask_one(source, at=NOON)
    bad.refresh_from_db()
    assert bad.trouble == "It answers 503 and shows nothing."
    assert Remark.objects.get().source == good
    answers["/bad"] = b"\xff\xfe not xml"
    ask_one(bad, at=NOON)
    bad.refresh_from_db()
    assert bad.trouble == "It sends something that is no feed."


def test_nothing_is_asked_for_which_no_watch_runs(cast: Cast) -> None:
    source = switched_on(cast, "A feed", "feed", address="https://a.example/f")
    assert not Source.objects.to_poll(at=NOON)
    watch = approved(cast, source)
    assert Source.objects.to_poll(at=NOON).get() == source
    assert not Source.objects.to_poll(at=watch.expires_at)


def commit(number: int, text: str = "", operation: str = "create", **record: Any) -> str:
    told: Told = {"operation": operation, "collection": bluesky.POSTS, "rkey": str(number)}
    if operation == "create":
        told["record"] = {"text": text, "langs": ["en"], **record}
    at = int(datetime(2026, 7, 9, 11, 0, number, tzinfo=UTC).timestamp() * 1_000_000)
    return json.dumps({"did": "did:plc:sue", "time_us": at, "kind": "commit", "commit": told})


def test_jetstream_gives_only_what_has_the_words_and_what_was_deleted() -> None:
    hidden = {"labels": {"values": [{"val": "!no-unauthenticated"}]}}
    told = [
        commit(1, "Looting in town"),
        commit(2, "Lovely cats"),
        commit(3, "looting", **hidden),
        commit(4, operation="delete"),
        "{",
        json.dumps({"did": "did:plc:x", "time_us": 5, "kind": "identity"}),
    ]
    haul = bluesky.read(told, ASKED)
    assert [(one.text, one.indexable) for one in haul.arrivals] == [
        ("Looting in town", True),
        ("looting", False),
    ]
    assert haul.deleted == [f"at://did:plc:sue/{bluesky.POSTS}/4"]
    assert haul.broken == 1
    assert haul.cursor == {"time_us": json.loads(told[3])["time_us"]}


def test_jetstream_is_listened_to_by_websocket(
    served: tuple[str, Told, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, answers, asked = served
    monkeypatch.setattr(bluesky, "LISTENS", 1.0)

    async def stream(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_str(commit(1, "Looting in town"))
        await asyncio.sleep(3)
        return line

    answers["/subscribe"] = stream
    url = address.replace("http", "ws") + "/subscribe"
    haul = bluesky.look(Question(url, NOON, query="looting", cursor={"time_us": 9_000_000}))
    assert [one.text for one in haul.arrivals] == ["Looting in town"]
    assert "cursor=4000000" in asked[0]


def test_x_is_searched_within_the_cap_of_the_month(
    cast: Cast, served: tuple[str, Told, list[str]]
) -> None:
    address, answers, asked = served
    with pytest.raises(Refused, match="most that it may cost"):
        actions.name(by=cast.comms, at=NOON, name="X", kind="x", query="looting")
    more = {"address": address, "query": "looting", "cap": Decimal("0.10"), "secret": "key"}
    source = switched_on(cast, "X", "x", **more)
    approved(cast, source)
    rows = [
        {"id": str(n), "text": f"Looting {n}", "created_at": NOON.isoformat(), "author_id": "7"}
        for n in range(15)
    ]
    answers["/2/tweets/search/recent"] = {"data": rows, "meta": {"newest_id": "14"}}
    ask_one(source, at=NOON)
    source.refresh_from_db()
    assert (source.spent, source.trouble) == (Decimal("0.075"), "")
    assert "max_results=20" in asked[0]
    ask_one(source, at=NOON)
    source.refresh_from_db()
    assert source.trouble.startswith("This month's cap is reached")
    assert len(asked) == 1
    assert asking.question(source, at=NOON + timedelta(days=31)).left == Decimal("0.10")
    assert Decimal("0.10") == x.PRICE * 20


def test_a_letter_is_read_for_its_words() -> None:
    raw = (
        b"From: Sue <sue@a.example>\r\nDate: Thu, 09 Jul 2026 12:00:00 +0100\r\n"
        b"Message-ID: <1@a.example>\r\nSubject: Looting?\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Is it <b>true</b>?</p>"
    )
    (one,) = mail.letter(raw)
    assert one is not None
    assert (one.id, one.text, one.at) == ("<1@a.example>", "Looting?\nIs it true?", NOON)
    assert list(mail.letter(b"\x00\xff")) == [None]


def reply_to_us(cast: Cast, number: int, words: str) -> Reply:
    server, _ = Server.objects.get_or_create(host="m.example")
    stranger, _ = Stranger.objects.get_or_create(
        uri="https://m.example/sue",
        defaults={
            "server": server,
            "inbox": "https://m.example/in",
            "key_id": "k",
            "public_key": "p",
            "fetched_at": NOON,
        },
    )
    actor, _ = Actor.objects.get_or_create(
        name="test", defaults={"kind": "force", "opened_at": NOON, "changed_at": NOON}
    )
    note, _ = Note.objects.get_or_create(
        id="0h3", defaults={"actor": actor, "object": {}, "published_at": NOON, "number": 1}
    )
    return Reply.objects.create(
        note=note,
        stranger=stranger,
        uri=f"https://m.example/{number}",
        html=words,
        public=True,
        at=NOON,
    )


def test_public_replies_to_us_are_read_and_a_risk_to_life_whatever_its_topic(cast: Cast) -> None:
    source = switched_on(cast, "Replies", "replies")
    approved(cast, source)
    reply_to_us(cast, 1, "<p>Is the looting real?</p>")
    reply_to_us(cast, 2, "<p>Nice picture!</p>")
    third = reply_to_us(cast, 3, "<p>I want to die, going to jump off the bridge</p>")
    ask_one(source, at=NOON)
    read()
    assert set(Remark.objects.values_list("text", flat=True)) == {
        "Is the looting real?",
        "I want to die, going to jump off the bridge",
    }
    Reply.objects.filter(pk=third.pk).update(html="", gone_at=NOON + timedelta(seconds=5))
    source.refresh_from_db()
    ask_one(source, at=NOON + timedelta(seconds=30))
    assert [one.text for one in Remark.objects.all()] == ["Is the looting real?"]
