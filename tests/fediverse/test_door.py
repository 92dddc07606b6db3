"""What comes to the inbox without somebody behind it leaves nothing, and is told why."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest

from hue.fediverse import jobs, messages, names
from hue.fediverse.documents import LARGEST
from hue.fediverse.models import Actor, Received, Server, Stranger
from hue.fediverse.signatures import Signer
from hue.fediverse.views import inbox
from hue.lib import clock
from tests.cast import NOON, Cast
from tests.fediverse.door import Door, rows
from tests.fediverse.neighbour import (
    COVERED,
    Json,
    Neighbour,
    a_neighbour,
    answer,
    endless,
    hanging,
    key_of,
    redirect,
)
from tests.fediverse.ours import an_account

HOUR = timedelta(hours=1)


@pytest.fixture
def police(cast: Cast) -> Actor:
    return an_account()


def signed(by: Neighbour, activity: Json, **how: Any) -> tuple[bytes, dict[str, str]]:
    body = json.dumps(activity).encode()
    return body, by.headers(body, **how)


def test_what_is_signed_is_taken_once_however_often_it_comes(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    body, headers = signed(neighbour, neighbour.follow())
    assert [door.post(body, headers).status for _ in range(3)] == [202] * 3
    assert door.another().post(body, headers).status == 202, "another process"
    assert Received.objects.count() == Stranger.objects.count() == Server.objects.count() == 1
    assert neighbour.asked == ["/users/ann"], "afterwards the key was known"
    assert Stranger.objects.get().handle == f"@ann@{neighbour.site.partition('//')[2]}"


def test_what_was_worked_on_does_not_come_in_again(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    follow = signed(neighbour, neighbour.follow())
    assert door.post(*follow).status == 202
    jobs.receive()
    undo = neighbour.activity("Undo", {"type": "Follow", "object": names.actor("police")})
    assert door.send(neighbour, undo).status == 202
    jobs.receive()
    assert door.post(*follow).status == 202
    jobs.receive()
    assert not police.followers.exists()


def test_rfc_9421_is_taken_and_its_parts_must_be_right(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    body = json.dumps(neighbour.follow()).encode()
    signer = Signer(neighbour.key_id(), key_of("ann"))
    url, at = names.shared_inbox(), clock.real_now()
    good = {
        name.lower(): value
        for name, value in messages.sign(signer, method="POST", url=url, at=at, body=body).items()
    } | {"content-type": "application/activity+json"}
    before = rows()
    for wrong in (
        {**good, "content-digest": "sha-256=:AAAA:"},
        {**good, "signature-input": good["signature-input"].replace('"@method" ', "")},
        {**good, "signature-input": good["signature-input"].replace("created=", "created=1")},
        {**good, "signature-input": good["signature-input"].replace("rsa-v1_5-sha256", "hmac")},
        {**good, "signature-input": "sig1=(" * 1000},
        {**good, "signature": "sig2=:AAAA:"},
        {**good, "signature": good["signature"][:-8] + "AAAA=:"},
    ):
        assert door.post(body, wrong).status == 401
    for away in (-2 * HOUR, 2 * HOUR):
        late = messages.sign(signer, method="POST", url=url, at=at + away, body=body)
        headers = {name.lower(): value for name, value in late.items()}
        assert "set the clock" in door.post(body, {**good, **headers}).words
    other = messages.sign(
        signer, method="POST", url="https://other.example/inbox", at=at, body=body
    )
    headers = {name.lower(): value for name, value in other.items()}
    assert door.post(body, {**good, **headers}).status == 401, "signed for another server"
    assert rows() == before
    assert door.post(body, good).status == 202
    assert Received.objects.count() == 1


def test_nothing_that_nobody_signed_leaves_a_row(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    body, headers = signed(neighbour, neighbour.follow())
    without = {name: told for name, told in headers.items() if name != "signature"}
    before = rows()
    assert door.post(body, without).status == 401, "unsigned"
    assert door.post(body + b" ", headers).words == "The body is not what its digest says."
    forged = signed(neighbour, neighbour.follow(), key="bob", key_id=neighbour.key_id("ann"))
    assert door.post(*forged).words == "The signature does not fit the key."
    for left_out in COVERED:
        covered = tuple(name for name in COVERED if name != left_out)
        told = door.post(*signed(neighbour, neighbour.follow(), covered=covered))
        assert (told.status, "must cover" in told.words) == (401, True), left_out
    for away in (-2 * HOUR, 2 * HOUR):
        told = door.post(*signed(neighbour, neighbour.follow(), at=clock.real_now() + away))
        assert (told.status, "set the clock" in told.words) == (401, True)
    elsewhere = signed(neighbour, neighbour.follow(), host="other.example")
    assert door.post(*elsewhere).status == 401, "signed for another server"
    other_path = signed(neighbour, neighbour.follow(), target="post /actors/police/inbox")
    assert door.post(*other_path).status == 401
    assert rows() == before


@pytest.mark.parametrize(
    "signature",
    [
        "", "nonsense", 'keyId="x"', 'keyId="a",keyId="b",signature="AAAA"',
        'keyId="{key}",algorithm="hmac-sha256",headers="(request-target) host date digest",signature="AA=="',
        'keyId="{key}",headers="(request-target) host date digest x-none",signature="AA=="',
        'keyId="{key}",headers="(request-target) host date digest",signature="???"',
        'keyId="{key}",headers="(request-target) host date date digest",signature="AA=="',
        'keyId="{key}",headers="(request-target) host (created) digest",created=1,signature="AA=="',
        'keyId="{key}",headers="(request-target) host date digest",expires=1,signature="AA=="',
        'keyId="{key}",headers="(request-target) host date digest",signature="AA=="',
    ],
)  # fmt: skip
def test_a_signature_that_is_none_is_refused_with_a_sentence(
    police: Actor, door: Door, neighbour: Neighbour, signature: str
) -> None:
    body, headers = signed(neighbour, neighbour.follow())
    headers["signature"] = signature.replace("{key}", neighbour.key_id())
    before = rows()
    told = door.post(body, headers)
    assert told.status == 401
    assert told.words.endswith(".")
    assert rows() == before


def test_a_key_speaks_for_nobody_but_its_holder(
    police: Actor, door: Door, neighbour: Neighbour, settings: Any
) -> None:
    before = rows()
    with a_neighbour() as other:
        stolen = signed(neighbour, other.follow(), key="ann")
        told = door.post(*stolen)
        assert (told.status, "another server" in told.words) == (401, True)
        # A page of theirs that says it is an account here.
        other.serves["/users/eve"] = redirect(neighbour.actor("ann"))
        assert door.send(other, other.follow(who="eve")).status == 401
    same_server = signed(neighbour, neighbour.follow(who="ann"), key="bob")
    told = door.post(*same_server)
    assert (told.status, "somebody else" in told.words) == (403, True)
    assert rows() == before


def test_a_server_that_sends_us_on_lends_nobody_its_name(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    with a_neighbour() as other:
        neighbour.keys["ann"] = "eve"
        profile = neighbour.profile("ann")
        other.serves["/fake"] = lambda asked: answer(asked, profile)
        neighbour.serves["/users/ann"] = redirect(f"{other.site}/fake")
        before = rows()
        told = door.send(neighbour, neighbour.follow(), key="eve", key_id=neighbour.key_id("ann"))
        assert (told.status, "another server" in told.words) == (401, True)
        assert rows() == before


def test_a_profile_that_shows_somebody_elses_key_id_is_not_believed(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    profile = neighbour.profile("eve")
    profile["publicKey"]["owner"] = neighbour.actor("ann")
    neighbour.serves["/users/eve"] = lambda asked: answer(asked, profile)
    before = rows()
    told = door.send(neighbour, neighbour.follow(who="eve"))
    assert (told.status, "does not belong" in told.words) == (401, True)
    profile = neighbour.profile("ann")
    neighbour.serves["/users/bob"] = lambda asked: answer(asked, profile)
    told = door.send(neighbour, neighbour.follow(who="bob"))
    assert (told.status, "does not name that key" in told.words) == (401, True)
    assert rows() == before


BODIES = (
    b"", b"{", b"[]", b'"x"', b"null", b"{}", b'{"a":NaN}', b'{"a":1e999}', b'{"a":"\\u0000"}',
    b'{"a":"\\ud800"}', b'{"type":"Follow"}', b'{"type":["Follow"],"actor":"x"}', b"\xff\xfe",
    b'{"type":"Follow","actor":"https://a.example/x","id":"https://b.example/1"}',
    b'{"a":' * 100 + b"1" + b"}" * 100, b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_cannot_be_read_is_refused_before_any_key_is_asked_for(
    police: Actor, door: Door, neighbour: Neighbour, body: bytes
) -> None:
    before = rows()
    told = door.post(body, neighbour.headers(body))
    assert (told.status, told.words[-1]) == (400, ".")
    assert rows() == before
    assert neighbour.asked == []


def test_what_is_too_large_is_refused_before_it_is_read(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    body = b"x" * 10 * LARGEST
    before = rows()
    assert door.post(body, neighbour.headers(body)).status == 413
    told = {**neighbour.headers(b""), "content-length": str(LARGEST + 1)}
    assert door.post(b"", told).status == 413
    assert door.post(b"", {**told, "content-length": "-1"}).status == 413
    assert rows() == before


def test_a_body_that_never_comes_holds_no_place(
    police: Actor, door: Door, neighbour: Neighbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PATIENCE", 0.1)
    headers = neighbour.headers(b"")
    assert door.post(b"", headers, comes=False).status == 408


def test_only_activities_are_taken_and_only_where_somebody_lives(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    body, headers = signed(neighbour, neighbour.follow())
    assert door.post(b"", {}, method="GET").status == 405
    assert door.post(body, {**headers, "content-type": "text/html"}).status == 400
    assert door.post(body, headers, path="/actors/nobody/inbox").status == 404
    assert not Received.objects.exists()
    own = "/actors/police/inbox"
    assert door.send(neighbour, neighbour.follow(), path=own).status == 202
    police.move_to("closed")
    later = door.another()
    like = neighbour.activity("Like", names.note("0123456789"))
    assert later.send(neighbour, like, path=own).status == 410
    assert later.send(neighbour, neighbour.follow(), path=own).status == 202, "and is refused"


def test_what_means_nothing_to_us_or_is_meant_for_one_person_is_not_kept(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    before = rows()
    note = neighbour.note("Between us", to=[names.actor("police")])
    for unkept in (
        neighbour.activity("Create", note),
        neighbour.activity("Listen", "https://a.example/"),
        neighbour.activity("Delete", neighbour.actor("ann")),
        neighbour.activity("Delete", {"id": f"{neighbour.site}/notes/1", "type": "Tombstone"}),
    ):
        assert door.send(neighbour, unkept).status == 202
    assert rows() == before
    assert neighbour.asked == [], "of accounts that we never knew nothing is asked"


def test_a_blocked_server_is_refused_at_the_door(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    Server.objects.create(host=neighbour.site.partition("//")[2], blocked_at=NOON)
    before = rows()
    assert door.send(neighbour, neighbour.follow()).status == 403
    assert rows() == before
    assert neighbour.asked == []


def test_a_flood_of_one_bad_key_costs_one_fetch(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    neighbour.gone.add("ann")
    before = rows()
    follows = [neighbour.follow() for _ in range(50)]
    assert {told.status for told in door.send_all(neighbour, follows)} == {401}
    assert {told.status for told in door.send_all(neighbour, follows)} == {401}
    assert neighbour.asked == ["/users/ann"]
    assert rows() == before


def test_a_flood_of_many_keys_asks_a_server_sixty_times_a_minute(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    for number in range(70):
        neighbour.gone.add(f"a{number}")
    told = [
        door.send(neighbour, neighbour.follow(who=f"a{number}"), key="ann",
                  key_id=neighbour.key_id(f"a{number}"))
        for number in range(70)
    ]  # fmt: skip
    assert [said.status for said in told] == [401] * 60 + [429] * 10
    assert len(neighbour.asked) == 60


def test_a_new_key_is_asked_for_once_and_then_not_for_minutes(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    assert door.send(neighbour, neighbour.follow()).status == 202
    door = door.another()  # a process that knows the key from the row alone
    neighbour.keys["ann"] = "bob"
    body = neighbour.follow()
    assert door.send(neighbour, body, key="bob", key_id=neighbour.key_id("ann")).status == 202
    assert len(neighbour.asked) == 2
    again = door.send(neighbour, body, key="cid", key_id=neighbour.key_id("ann"))
    assert (again.status, len(neighbour.asked)) == (401, 2)
    assert (
        Stranger.objects.get().public_key == neighbour.profile("ann")["publicKey"]["publicKeyPem"]
    )


@pytest.mark.parametrize("serves", [hanging, endless])
def test_a_key_that_hangs_or_never_ends_holds_nobody(
    police: Actor, door: Door, neighbour: Neighbour, serves: Any
) -> None:
    neighbour.serves["/users/ann"] = serves
    before, began = rows(), time.monotonic()
    assert door.send(neighbour, neighbour.follow()).status == 401
    assert time.monotonic() - began < 7
    assert rows() == before


@pytest.mark.parametrize("leads", ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1"])
def test_an_account_that_stands_inside_our_walls_is_not_asked_for(
    police: Actor, door: Door, neighbour: Neighbour, settings: Any, leads: str
) -> None:
    settings.HUE_FETCH_PRIVATE = False
    inside = Neighbour(leads)
    before = rows()
    told = door.send(inside, inside.follow())
    assert (told.status, "private network" in told.words) == (401, True)
    assert rows() == before


def test_what_we_ask_is_signed_where_we_have_an_account_for_it(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    assert door.send(neighbour, neighbour.follow()).status == 202
    instance = an_account(names.INSTANCE, "instance")
    Actor.objects.filter(pk=instance.pk).update(key="")
    assert door.send(neighbour, neighbour.follow(who="bob")).status == 202
    assert neighbour.signed[0] == ""
    assert names.key(names.INSTANCE) in neighbour.signed[1]


def test_a_flood_from_one_address_is_slowed(
    cast: Cast, door: Door, neighbour: Neighbour, settings: Any
) -> None:
    settings.HUE_INBOX_AN_ADDRESS = 5
    door, body = door.another(), b"{}"
    headers = neighbour.headers(body)
    statuses = [door.post(body, headers).status for _ in range(7)]
    assert statuses == [400] * 5 + [429] * 2
    assert door.post(body, headers, address="198.51.100.7").status == 400


def test_a_flood_of_follows_from_one_server_is_slowed(
    police: Actor, door: Door, neighbour: Neighbour, settings: Any
) -> None:
    settings.HUE_INBOX_AN_ADDRESS = 5
    door = door.another()
    for number in range(7):
        body, headers = signed(neighbour, neighbour.follow())
        told = door.post(body, headers, address=f"198.51.100.{number}")
        assert told.status == (202 if number < 5 else 429)
    assert Received.objects.count() == 5


def test_many_at_once_are_stored_by_the_handful_and_all_of_them(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    follows = [neighbour.follow() for _ in range(300)]
    assert {told.status for told in door.send_all(neighbour, follows)} == {202}
    assert Received.objects.count() == 300
    assert set(neighbour.asked) == {"/users/ann"}
    assert len(neighbour.asked) <= 3, "a slow machine may ask once more, not three hundred times"
