"""Bluesky's own server takes what we send.

It is not installed with everything else (665 packages and a compiler): in an empty folder
`npm install node@22 @atproto/dev-env`, then HUE_PDS=<that folder>. Elsewhere these are skipped.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from hue.channels import actions
from hue.channels.message import Fact
from hue.channels.models import Account, Delivery
from hue.lib.fetch import fetch, send
from hue.people.models import Officer
from hue.publishing import actions as publishing
from tests.cast import NOON, Cast
from tests.channels.opened import opened, say, work
from tests.media.test_pictures import photo, take

FOLDER = os.environ.get("HUE_PDS", "")
HANDLE, PASSWORD = "testpolice.test", "bluesky-app-password"
PDS = """
import { TestNetworkNoAppView } from '@atproto/dev-env'
const network = await TestNetworkNoAppView.create({})
console.log(network.pds.url)
setInterval(() => {}, 1000)
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER, reason="no Bluesky server: HUE_PDS names no folder with one"),
]


@pytest.fixture(scope="module")
def pds() -> Iterator[str]:
    node = Path(FOLDER, "node_modules/node/bin/node")
    call = [str(node), "--input-type=module", "-e", PDS]
    with subprocess.Popen(call, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(line.strip() for line in server.stdout if line.startswith("http"))
        finally:
            server.kill()


@pytest.fixture
def account(pds: str, cast: Cast, owner: Officer) -> Account:
    told = {"handle": HANDLE, "email": "desk@police.test", "password": PASSWORD}
    body = json.dumps(told).encode()
    head = {"Content-Type": "application/json"}
    where = f"{pds}/xrpc/com.atproto.server.createAccount"
    send("POST", where, body=body, headers=head, largest=100_000)  # or it is there already
    keys = {"handle": HANDLE, "password": PASSWORD}
    return opened(cast, owner, "bluesky", pds, keys, threads=True)


def records(pds: str) -> list[Any]:
    """What the server holds, oldest first."""
    asked = {"repo": HANDLE, "collection": "app.bsky.feed.post", "reverse": "true"}
    answer = fetch(f"{pds}/xrpc/com.atproto.repo.listRecords?{urlencode(asked)}", largest=10**6)
    return list(json.loads(answer.body)["records"])


def test_words_a_picture_a_reply_a_correction_and_all_of_it_away(
    pds: str, account: Account, cast: Cast
) -> None:
    text = "Gefunden: ein kleiner Hund 🐕 – #Kings Heath, https://example.org/ün."
    post = say(cast, text, pictures=[take(cast, photo())], event=cast.event)
    work()
    row = Delivery.objects.get()
    assert (row.state, row.says) == ("sent", "")
    [kept] = records(pds)
    value = kept["value"]
    assert value["embed"]["images"][0]["alt"]
    raw = value["text"].encode()
    marked = [
        raw[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in value["facets"]
    ]
    assert "#Kings" in marked
    assert "https://example.org/ün" in marked
    assert any(one.endswith(f"/posts/{post.id}/") for one in marked)
    say(cast, "Er ist wieder zu Hause.", thread=post)
    work()
    reply = next(one for one in records(pds) if "reply" in one["value"])
    assert reply["value"]["reply"]["root"]["uri"] == kept["uri"]
    post = publishing.correct(
        by=cast.sergeant, at=NOON, post=post, seen=1, text="Doch eine Katze.", reason="Sie miaut."
    )
    work()
    assert len(records(pds)) == 3
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong place.")
    work()
    assert records(pds) == []


def test_the_same_attempt_twice_is_one_record_and_can_be_asked_for(
    pds: str, account: Account, cast: Cast
) -> None:
    post = say(cast, " ".join(f"word{number}" for number in range(90)))
    work()
    count = len(records(pds))
    assert count > 1  # a thread
    for doubt in (True, False):
        forgotten = {"state": "due", "due_at": NOON, "references": [], "version": 0}
        Delivery.objects.update(**forgotten, doubt=doubt)
        work()
        assert Delivery.objects.get().state == "sent"
        assert len(records(pds)) == count
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong place.")
    work()
    assert [(row.state, row.says) for row in Delivery.objects.all()] == [("withdrawn", "")]
    assert records(pds) == []


def test_a_wrong_password_is_said_in_words(pds: str, account: Account, cast: Cast) -> None:
    actions.reconnect(
        by=cast.comms,
        at=NOON,
        account=account,
        secrets={"handle": HANDLE, "password": "wrong"},
        fact=Fact(account.handle),
    )
    say(cast, "All calm.")
    work()
    assert Delivery.objects.get().says == "Bluesky has signed us out: reconnect the account."
