"""Accounts are opened, closed and moved by who may; their pages and files say so."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.events import actions as events
from hue.fediverse import actions, jobs
from hue.fediverse.models import Activity, Actor, Server
from hue.people import actions as people
from hue.people.access import Refused
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.fediverse.conftest import asked, opened
from tests.fediverse.elsewhere import follow
from tests.fediverse.neighbour import Neighbour
from tests.publishing.public import read, say, written

SITE = "http://127.0.0.1:8000"


def actor_of(name: str) -> dict[str, Any]:
    written()
    found: dict[str, Any] = json.loads(read(f"actors/{name}.activity.json"))
    return found


@pytest.mark.parametrize(
    ("kind", "key", "type_"),
    [
        ("force", "", "Group"),
        ("unit", "south", "Group"),
        ("team", "kings-heath-team", "Group"),
        ("event", "day24", "Service"),
    ],
)
def test_an_actor_has_what_other_servers_ask_for(
    cast: Cast, kind: str, key: str, type_: str
) -> None:
    actor = opened(cast, kind, key, "voice")
    found = actor_of("voice")
    assert found["type"] == type_
    own = f"{SITE}/actors/voice/"
    assert (found["id"], found["url"], found["preferredUsername"]) == (own, own, "voice")
    assert found["inbox"] == f"{SITE}/actors/voice/inbox"
    assert found["endpoints"] == {"sharedInbox": f"{SITE}/inbox"}
    for name in ("outbox", "followers", "following"):
        status, _, body = asked(found[name].removeprefix(SITE))
        assert status == 200
        assert json.loads(body)["totalItems"] == 0
    assert found["manuallyApprovesFollowers"] is False
    assert found["discoverable"] is True
    assert found["publicKey"]["id"] == f"{own}#main-key"
    assert found["publicKey"]["publicKeyPem"] == actor.public_key
    assert found["icon"]["mediaType"] == "image/png"
    assert 'rel="me' in found["attachment"][0]["value"]
    assert "featured" not in found


def test_the_server_has_an_account_that_signs_and_says_nothing(cast: Cast, force: Actor) -> None:
    found = actor_of("instance")
    assert (found["type"], found["discoverable"]) == ("Application", False)
    own = Actor.objects.get(kind="instance")
    with pytest.raises(Refused, match="stays open"):
        actions.close_account(by=cast.comms, at=NOON, actor=own, reason="Why not.")


def test_only_who_may_opens_and_closes(cast: Cast, owner: Officer, force: Actor) -> None:
    for stranger in (cast.officer, cast.sergeant, cast.guest):
        with pytest.raises(Refused, match="open and close the force's accounts elsewhere"):
            actions.open_account(by=stranger, at=NOON, kind="unit", key="south", name="south")
        with pytest.raises(Refused, match="open and close the force's accounts elsewhere"):
            actions.close_account(by=stranger, at=NOON, actor=force, reason="Why not.")
    actions.open_account(by=owner, at=NOON, kind="unit", key="south", name="south")


@pytest.mark.parametrize("name", ["s", "9lives", "south-police", "süd", "a" * 31, "two words"])
def test_a_name_is_one_that_every_server_reads(cast: Cast, name: str) -> None:
    with pytest.raises(Refused, match="letters, figures and underscores"):
        opened(cast, "force", "", name)


def test_a_name_is_never_given_away_again(cast: Cast, force: Actor) -> None:
    actions.close_account(by=cast.comms, at=NOON, actor=force, reason="A merger.")
    with pytest.raises(Refused, match="never given away again"):
        opened(cast, "unit", "south", "police")
    with pytest.raises(Refused, match="there is no second"):
        opened(cast, "force", "", "police2")
    with pytest.raises(Refused, match="nobody of that kind"):
        opened(cast, "unit", "north", "north")


def test_a_closed_account_says_so_on_its_page_in_its_file_and_to_who_follows(
    cast: Cast, force: Actor
) -> None:
    say(cast)
    actions.close_account(by=cast.comms, at=NOON, actor=force, reason="A merger.")
    found = actor_of("police")
    assert "closed for good" in found["summary"]
    assert found["discoverable"] is False
    assert "closed for good" in read("actors/police.html")
    assert "search for this name" not in read("actors/police.html")
    last = json.loads(Activity.objects.get(kind="Update").body)
    assert last["object"]["summary"] == found["summary"]
    assert asked("/.well-known/webfinger?resource=acct:police@127.0.0.1:8000")[0] == 200
    entry = Entry.objects.get(kind="fediverse.closed")
    assert read_aloud(entry) == (
        "Sam closed the account @police@127.0.0.1:8000 for good: A merger."
    )


def test_a_moved_account_tells_its_followers_where(
    cast: Cast, force: Actor, neighbour: Neighbour, client: Client
) -> None:
    client.force_login(cast.comms)

    def move(address: str) -> str:
        told = {"address": address}
        answer = client.post("/desk/fediverse/police/move/", told, follow=True)
        return answer.content.decode()

    there = neighbour.actor("police")
    assert "address of the other account" in move("@police@social.example")
    assert f"There is no account at {neighbour.site}/nobody" in move(f"{neighbour.site}/nobody")
    handle = f"@police@{neighbour.site.partition('//')[2]}"
    assert f"{handle} does not name {SITE}/actors/police/ as its own yet." in move(there)
    force.refresh_from_db()
    assert (force.state, Activity.objects.count()) == ("open", 0)
    neighbour.known_as["police"] = [f"{SITE}/actors/police/"]
    assert "is asked to follow the other account" in move(there)
    assert actor_of("police")["movedTo"] == there
    told = json.loads(Activity.objects.get(kind="Move").body)
    own = f"{SITE}/actors/police/"
    assert (told["actor"], told["object"], told["target"]) == (own, own, there)
    assert there in read("actors/police.html")


def test_another_account_may_move_here(cast: Cast, force: Actor) -> None:
    there = "https://social.example/users/police"
    actions.know_as(by=cast.comms, at=NOON, actor=force, other=there)
    assert actor_of("police")["alsoKnownAs"] == [there]


def test_officers_open_their_own_account_and_nobody_elses(cast: Cast) -> None:
    own = {"kind": "officer", "key": str(cast.officer.pk), "name": "amina"}
    with pytest.raises(Refused, match="first choose to be named"):
        actions.open_account(by=cast.officer, at=NOON, **own)
    people.set_public(by=cast.officer, at=NOON, public=True, line="Ask me about bikes.")
    with pytest.raises(Refused, match="nobody else does it"):
        actions.open_account(by=cast.comms, at=NOON, **own)
    actions.open_account(by=cast.officer, at=NOON, **own)
    found = actor_of("amina")
    assert (found["type"], found["name"]) == ("Person", "PCSO Amina")
    assert "Ask me about bikes." in found["summary"]


@pytest.mark.parametrize("how", ["opts out", "leaves"])
def test_an_officers_account_closes_with_their_choice_and_their_service(
    cast: Cast, how: str
) -> None:
    people.set_public(by=cast.officer, at=NOON, public=True, line="Ask me about bikes.")
    own = {"kind": "officer", "key": str(cast.officer.pk), "name": "kh_bikes"}
    actions.open_account(by=cast.officer, at=NOON, **own)
    jobs.open_and_close()
    assert Actor.objects.open().filter(kind="officer").exists()
    if how == "opts out":
        people.set_public(by=cast.officer, at=NOON, public=False)
    else:
        Officer.objects.filter(pk=cast.officer.pk).update(left_at=NOON, public=False)
    jobs.open_and_close()
    found = actor_of("kh_bikes")
    assert "closed for good" in found["summary"]
    assert "Amina" not in read("actors/kh_bikes.html") + json.dumps(found)
    last = Activity.objects.filter(kind="Update").latest("at")
    assert "Amina" not in last.body


def test_a_live_event_of_an_open_unit_has_an_account_until_it_is_over(
    cast: Cast, unit: Actor
) -> None:
    jobs.open_and_close()
    jobs.open_and_close()
    actor = Actor.objects.get(kind="event")
    assert (actor.name, actor.state) == ("day24", "open")
    assert "To show a day's work." in actor_of("day24")["summary"].replace("&#x27;", "'")
    later = NOON + timedelta(hours=1)
    events.move(by=cast.comms, at=later, event=cast.event, state="closing")
    events.move(by=cast.comms, at=later, event=cast.event, state="closed")
    jobs.open_and_close()
    actor.refresh_from_db()
    assert actor.state == "closed"
    assert "The page stays." in actor_of("day24")["summary"]


def test_where_the_unit_has_no_account_its_event_has_none(cast: Cast, force: Actor) -> None:
    jobs.open_and_close()
    assert not Actor.objects.filter(kind="event").exists()


@pytest.mark.parametrize(
    ("kind", "key", "page"),
    [
        ("force", "", "index.html"),
        ("unit", "south", "units/south.html"),
        ("team", "kings-heath-team", "neighbourhoods/kings-heath.html"),
        ("event", "day24", "events/day24.html"),
    ],
)
def test_the_page_of_who_speaks_names_the_account_and_is_named_by_it(
    cast: Cast, kind: str, key: str, page: str
) -> None:
    say(cast, neighbourhood=cast.kings_heath)
    written()
    assert "@voice@" not in read(page)
    actor = opened(cast, kind, key, "voice")
    jobs.named(actor.pk)
    written()
    link = f'<a rel="me" href="{SITE}/actors/voice/">@voice@127.0.0.1:8000</a>'
    assert link in read(page)
    assert "@voice@127.0.0.1:8000" in read("is-this-us.html")
    address = f"/{page.removesuffix('.html')}/" if kind != "force" else "/"
    assert f'href="{address}"' in read("actors/voice.html")
    actions.close_account(by=cast.comms, at=NOON, actor=actor, reason="A merger.")
    jobs.named(actor.pk)
    written()
    assert "@voice@" not in read(page) + read("is-this-us.html")


def desk(cast: Cast, client: Client) -> str:
    client.force_login(cast.comms)
    return client.get("/desk/fediverse/").content.decode()


def test_the_desk_opens_closes_and_lists(cast: Cast, client: Client) -> None:
    assert "No account is open" in desk(cast, client)
    answer = client.post("/desk/fediverse/open/", {"voice": "force/", "name": "po lice"})
    assert answer.status_code == 422
    assert b"letters, figures and underscores" in answer.content
    assert b"po lice" in answer.content, "what was typed is kept"
    client.post("/desk/fediverse/open/", {"voice": "force/", "name": "police"})
    follow(Actor.objects.get(name="police"), "https://social.example")
    page = desk(cast, client)
    assert "@police@127.0.0.1:8000" in page
    assert "1 follower ·" in page
    assert "has said nothing yet" in page
    refused = client.post("/desk/fediverse/police/close/", {"reason": ""}, follow=True)
    assert b"Say why it is closed" in refused.content
    client.post("/desk/fediverse/police/close/", {"reason": "A merger."})
    assert Actor.objects.get(name="police").state == "closed"


def test_the_desk_blocks_a_server_and_lets_it_back_in(cast: Cast, client: Client) -> None:
    desk(cast, client)
    wrong = client.post("/desk/fediverse/block/", {"host": "no host", "reason": "Spam."})
    assert b"server&#x27;s name as it stands in addresses" in wrong.content
    client.post("/desk/fediverse/block/", {"host": "Bad.Example", "reason": "It sends abuse."})
    page = desk(cast, client)
    assert "bad.example" in page
    assert "It sends abuse." in page
    server = Server.objects.get()
    client.post(f"/desk/fediverse/servers/{server.pk}/unblock/")
    assert not Server.objects.blocked().exists()
    assert Entry.objects.filter(kind__in=["fediverse.blocked", "fediverse.unblocked"]).count() == 2


def test_officers_open_and_close_their_own_on_a_page_of_their_own(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer)
    assert b"First choose to be named" in client.get("/desk/fediverse/mine/").content
    people.set_public(by=cast.officer, at=NOON, public=True)
    answer = client.post("/desk/fediverse/mine/", {"name": "amina"}, follow=True)
    assert b"@amina@127.0.0.1:8000" in answer.content
    answer = client.post("/desk/fediverse/mine/close/", follow=True)
    assert b"is closed for good" in answer.content
    assert Actor.objects.get(name="amina").state == "closed"
