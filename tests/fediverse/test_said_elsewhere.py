"""A post under an open account: its file, its outbox, and the inboxes of who follows."""

import json
from typing import Any

import pytest

from hue.fediverse.models import Actor
from tests.cast import Cast
from tests.fediverse.conftest import asked, sent
from tests.fediverse.elsewhere import elsewhere, follow
from tests.publishing.public import WORDS, read, say, written

pytestmark = pytest.mark.django_db(transaction=True)
SITE = "http://127.0.0.1:8000"


def test_a_post_stands_in_a_file_and_the_outbox_and_reaches_a_follower(
    cast: Cast, force: Actor, loopback: None
) -> None:
    with elsewhere() as there:
        follow(force, there.url)
        post = say(cast, neighbourhood=cast.kings_heath)
        sent()
        assert there.refused == []
        (told,) = there.took
    written()
    note = json.loads(read(f"posts/{post.id}.activity.json"))
    page = json.loads(read("actors/police/outbox/1.activity.json"))
    assert (told["type"], told["actor"]) == ("Create", f"{SITE}/actors/police/")
    assert told["object"]["id"] == note["id"] == f"{SITE}/posts/{post.id}/"
    assert page["orderedItems"][0]["object"]["id"] == note["id"]
    for said in (told["object"], note):
        assert said["content"] == f"<p>{WORDS}</p>"
        assert said["attributedTo"] == f"{SITE}/actors/police/"


def test_the_account_is_found_by_its_name_and_says_who_it_is(cast: Cast, force: Actor) -> None:
    written()
    status, headers, body = asked("/.well-known/webfinger?resource=acct:police@127.0.0.1:8000")
    assert (status, headers[b"content-type"]) == (200, b"application/jrd+json; charset=utf-8")
    links = {link["rel"]: link for link in json.loads(body)["links"]}
    there = links["self"]["href"].removeprefix(SITE)
    status, headers, body = asked(there)
    assert headers[b"content-type"].startswith(b"application/activity+json")
    actor: dict[str, Any] = json.loads(body)
    assert actor["id"] == SITE + there
    assert actor["publicKey"]["publicKeyPem"] == force.public_key
    assert b"Test Police" in asked(there, accept="text/html")[2]
    nodeinfo = json.loads(asked("/.well-known/nodeinfo")[2])["links"][0]["href"]
    assert json.loads(asked(nodeinfo.removeprefix(SITE))[2])["software"]["name"] == "hueandcry"
