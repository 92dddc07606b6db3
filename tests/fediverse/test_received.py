"""What others do elsewhere, and what stands here afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.fediverse import jobs, names
from hue.fediverse.models import (
    Activity,
    Actor,
    Flag,
    Follower,
    Note,
    Reaction,
    Received,
    Reply,
    Server,
    Stranger,
)
from hue.lib import clock
from hue.pages import queries as pages
from tests.cast import NOON, Cast
from tests.fediverse.door import Door, rows
from tests.fediverse.neighbour import Json, Neighbour
from tests.fediverse.ours import a_note, an_account

POST = "0123456789"


@pytest.fixture
def police(cast: Cast) -> Actor:
    actor = an_account()
    a_note(actor, POST)
    return actor


@pytest.fixture
def told(police: Actor, door: Door, neighbour: Neighbour) -> Any:
    """Sends an activity and has it worked on; why it was refused, or ""."""

    def tell(activity: Json, **how: Any) -> str:
        assert door.send(neighbour, activity, **how).status == 202
        jobs.receive()
        received = Received.objects.get(activity_id=activity["id"])
        assert (received.body, received.state in {"done", "refused"}) == ({}, True)
        return received.why

    return tell


def test_a_follow_is_accepted_where_they_can_hear_it(
    told: Any, neighbour: Neighbour, police: Actor
) -> None:
    follow = neighbour.follow()
    assert told(follow) == ""
    answer = Activity.objects.get()
    assert (answer.kind, answer.to, answer.state) == ("Accept", f"{neighbour.actor()}/inbox", "due")
    assert follow["id"] in answer.body
    assert told(neighbour.follow()) == "", "asked again, told again"
    assert (Follower.objects.count(), Activity.objects.count()) == (1, 2)


def test_nobody_follows_what_is_closed_the_servers_own_account_or_nobody(
    told: Any, neighbour: Neighbour, police: Actor
) -> None:
    an_account(names.INSTANCE, "instance")
    assert told(neighbour.follow(names.INSTANCE)) == ""
    assert told(neighbour.follow("nobody")) == "It is about no account of ours."
    police.move_to("closed")
    assert told(neighbour.follow()) == ""
    assert list(Activity.objects.values_list("kind", flat=True)) == ["Reject", "Reject"]
    assert not Follower.objects.exists()


@pytest.mark.parametrize("whole", [True, False])
def test_who_unfollows_or_blocks_us_is_sent_nothing_more(
    told: Any, neighbour: Neighbour, whole: bool
) -> None:
    follow = neighbour.follow()
    told(follow)
    told(neighbour.follow(who="bob"))
    assert told(neighbour.activity("Undo", follow if whole else follow["id"])) == ""
    assert [f.stranger.uri for f in Follower.objects.all()] == [neighbour.actor("bob")]
    assert told(neighbour.activity("Block", names.actor("police"), who="bob")) == ""
    assert not Follower.objects.exists()


def test_nobody_unfollows_for_somebody_else(told: Any, neighbour: Neighbour) -> None:
    follow = neighbour.follow()
    told(follow)
    for named in (follow, {**follow, "actor": neighbour.actor("bob")}, follow["id"]):
        told(neighbour.activity("Undo", named, who="bob"))
        assert Follower.objects.exists()


def test_likes_and_boosts_are_counted_once_and_taken_back(told: Any, neighbour: Neighbour) -> None:
    for kind in ("Like", "Announce"):
        first = neighbour.activity(kind, names.note(POST))
        assert told(first) == ""
        assert told(neighbour.activity(kind, names.note(POST))) == ""
        assert told(neighbour.activity(kind, names.note(POST), who="bob")) == ""
        assert Reaction.objects.count() == 2
        told(neighbour.activity("Undo", first, who="bob"))
        assert Reaction.objects.count() == 2, "somebody else's"
        assert told(neighbour.activity("Undo", {**first, "id": "https://x.example/1"})) == ""
        assert told(neighbour.activity("Undo", {**first, "actor": neighbour.actor()})) == ""
        assert Reaction.objects.get().stranger.uri == neighbour.actor("bob")
        Reaction.objects.all().delete()


HTML = (
    '<p onclick="x()">Was <b>that</b> you, <a class="mention" href="https://a.example/@b" '
    'style="x" onclick="y">@<span>b</span></a>?</p><script>alert(1)</script><img src="x" onerror="z">'
    '<a href="javascript:alert(1)">here</a><iframe src="https://evil.example"></iframe>'
)
CLEANED = (
    '<p>Was <b>that</b> you, <a href="https://a.example/@b" rel="nofollow noopener noreferrer">'
    '@b</a>?</p><a rel="nofollow noopener noreferrer">here</a>'
)


def test_a_reply_is_kept_cleaned_then_changed_then_gone(told: Any, neighbour: Neighbour) -> None:
    assert told(neighbour.activity("Create", neighbour.note(HTML))) == ""
    reply = Reply.objects.get()
    assert (reply.note_id, reply.html, reply.stranger.uri) == (POST, CLEANED, neighbour.actor())
    unlisted = neighbour.note("Changed", to=[], cc=[names.PUBLIC])
    assert told(neighbour.activity("Update", unlisted)) == ""
    reply.refresh_from_db()
    assert (reply.html, reply.changed_at is not None) == ("Changed", True)
    stone = {"id": unlisted["id"], "type": "Tombstone"}
    assert told(neighbour.activity("Delete", stone)) == ""
    reply.refresh_from_db()
    assert (reply.html, reply.gone_at is not None) == ("", True)
    assert told(neighbour.activity("Update", neighbour.note("Back again"))) == ""
    reply.refresh_from_db()
    assert reply.html == "", "what was taken back does not come back"


def test_a_reply_that_becomes_private_is_gone(told: Any, neighbour: Neighbour) -> None:
    told(neighbour.activity("Create", neighbour.note("In public")))
    private = neighbour.note("In private", to=[names.actor("police")])
    told(neighbour.activity("Update", private))
    assert Reply.objects.get().html == ""


def test_nobody_speaks_changes_or_deletes_for_somebody_else(
    told: Any, neighbour: Neighbour
) -> None:
    note = neighbour.note("Mine")
    told(neighbour.activity("Create", note))
    for kind in ("Update", "Create"):
        assert told(neighbour.activity(kind, {**note, "content": "Theirs"}, who="bob")) == (
            "It is somebody else's."
        )
        claimed = {**note, "content": "Theirs", "attributedTo": neighbour.actor("bob")}
        told(neighbour.activity(kind, claimed, who="bob"))
    told(neighbour.activity("Delete", note["id"], who="bob"))
    reply = Reply.objects.get()
    assert (reply.html, reply.gone_at, reply.stranger.uri) == ("Mine", None, neighbour.actor())
    away = {**note, "id": "https://other.example/notes/1"}
    for kind in ("Create", "Update", "Delete"):
        assert "another server" in told(neighbour.activity(kind, away))
    assert Reply.objects.count() == 1


def test_nobody_deletes_an_account_of_somebody_else_or_of_ours(
    told: Any, neighbour: Neighbour, police: Actor
) -> None:
    told(neighbour.follow())
    told(neighbour.follow(who="bob"))
    told(neighbour.activity("Delete", neighbour.actor("ann"), who="bob"))
    told(neighbour.activity("Delete", names.actor("police"), who="bob"))
    told(neighbour.activity("Delete", names.note(POST), who="bob"))
    assert Follower.objects.count() == 2
    police.refresh_from_db()
    assert (police.state, Note.objects.out().count()) == ("open", 1)


@pytest.mark.parametrize(
    "about", [{"inReplyTo": None}, {"inReplyTo": "https://other.example/1"}, {"type": "Question"}]
)
def test_what_answers_nothing_of_ours_is_no_reply(
    told: Any, neighbour: Neighbour, about: Json
) -> None:
    assert told(neighbour.activity("Create", neighbour.note("Hello", **about)))
    assert not Reply.objects.exists()


def test_about_what_was_withdrawn_nothing_is_kept(told: Any, neighbour: Neighbour) -> None:
    Note.objects.get().move_to("gone", object={}, gone_at=NOON)
    for activity in (
        neighbour.activity("Create", neighbour.note("Hello")),
        neighbour.activity("Like", names.note(POST)),
        neighbour.activity("Announce", names.note(POST)),
    ):
        assert told(activity) == "It is about nothing that we say."
    assert not Reply.objects.exists()
    assert not Reaction.objects.exists()


def test_of_who_leaves_nothing_stays(told: Any, neighbour: Neighbour) -> None:
    follow = neighbour.follow()
    before = rows()
    told(follow)
    told(neighbour.activity("Like", names.note(POST)))
    told(neighbour.activity("Create", neighbour.note("Hello")))
    neighbour.gone.add("ann")
    assert told(neighbour.activity("Delete", neighbour.actor())) == ""
    kept = {"fediverse_received", "fediverse_server", "fediverse_activity", "people_officer"}
    kept |= {t for t in before if t.startswith(("procrastinate", "auth", "pages_stale"))}
    assert {t: n for t, n in rows().items() if t not in kept} == {
        t: n for t, n in before.items() if t not in kept
    }
    assert not Stranger.objects.exists()
    assert not Received.objects.exclude(stranger=None, body={}).exists()


def test_what_was_sent_before_they_left_does_not_bring_them_back(
    told: Any, neighbour: Neighbour, door: Door
) -> None:
    follow = neighbour.follow()
    told(follow)
    told(neighbour.activity("Delete", neighbour.actor()))
    told(follow)
    assert not Follower.objects.exists()


def test_a_flag_is_an_alarm_on_the_desk_and_stands_in_the_record(
    told: Any, neighbour: Neighbour
) -> None:
    words = "<p>This shows a <b>child</b>.</p><script>x</script>"
    about = [names.note(POST), names.actor("police")]
    assert told(neighbour.activity("Flag", about, content=words)) == ""
    flag = Flag.objects.get()
    assert (flag.about, flag.words) == (about, "This shows a child.")
    host = neighbour.site.partition("//")[2]
    (alarm,) = pages.alarms()
    assert alarm.says == f"The server {host} reports {', '.join(about)}: “This shows a child.”"
    assert Entry.objects.filter(kind="fediverse.flagged").count() == 1


def test_followers_move_only_to_an_account_that_says_it_is_theirs(
    told: Any, neighbour: Neighbour
) -> None:
    told(neighbour.follow())
    move = {"target": neighbour.actor("newann")}
    refused = told(neighbour.activity("Move", neighbour.actor(), **move))
    assert "does not say that it is theirs" in refused
    neighbour.known_as["newann"] = [neighbour.actor("ann")]
    assert told(neighbour.activity("Move", neighbour.actor("bob"), **move)) == (
        "It is somebody else's."
    )
    told(neighbour.follow(who="newann"))
    assert told(neighbour.activity("Move", neighbour.actor(), **move)) == ""
    assert Follower.objects.get().stranger.uri == neighbour.actor("newann")
    neighbour.gone.add("lost")
    lost = neighbour.activity("Move", neighbour.actor(), target=neighbour.actor("lost"))
    assert "does not answer" in told(lost)


def test_a_changed_profile_changes_where_they_are_reached(told: Any, neighbour: Neighbour) -> None:
    told(neighbour.follow())
    profile = neighbour.profile("ann")
    moved = {**profile, "inbox": f"{neighbour.site}/elsewhere", "preferredUsername": "<i>"}
    assert told(neighbour.activity("Update", moved)) == ""
    stranger = Stranger.objects.get()
    assert (stranger.inbox, stranger.handle) == (f"{neighbour.site}/elsewhere", "")
    away = {**profile, "inbox": "https://victim.example/inbox"}
    assert "own server" in told(neighbour.activity("Update", away))
    assert Stranger.objects.get().inbox == stranger.inbox


def test_what_comes_from_a_server_that_was_blocked_meanwhile_changes_nothing(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    assert door.send(neighbour, neighbour.follow()).status == 202
    Server.objects.update(blocked_at=NOON)
    jobs.receive()
    assert Received.objects.get().why == "Its server is blocked."
    assert not Follower.objects.exists()


def test_what_we_did_not_think_of_stops_nothing_behind_it(
    police: Actor, door: Door, neighbour: Neighbour
) -> None:
    odd: tuple[Any, ...] = (None, 7, [], [7], {}, {"id": 7}, {"id": {}, "type": []}, "x" * 600)
    for kind in ("Follow", "Undo", "Like", "Announce", "Update", "Flag", "Move", "Block", "Delete"):
        for thing in odd:
            door.send(neighbour, neighbour.activity(kind, thing))
    for thing in ({"content": 7}, {"inReplyTo": [7]}, {"attributedTo": [{}]}, {"type": None}):
        door.send(neighbour, neighbour.activity("Create", neighbour.note("x", **thing)))
    assert door.send(neighbour, neighbour.follow()).status == 202
    jobs.receive()
    assert Follower.objects.count() == 1
    assert not Received.objects.due().exists()
    assert not Received.objects.stuck().exists()


def test_a_fault_of_ours_is_an_alarm_and_stays_until_somebody_has_looked(
    police: Actor, door: Door, neighbour: Neighbour, cast: Cast, client: Client
) -> None:
    door.send(neighbour, neighbour.follow())
    jobs.receive()
    told = {"stranger": Stranger.objects.get(), "body": {"a": 1}, "at": NOON}
    for name in ("odd", "odder"):
        Received.objects.create(activity_id=f"https://social.example/{name}", kind="Odd", **told)
    door.send(neighbour, neighbour.activity("Like", names.note(POST)))
    jobs.receive()
    assert Reaction.objects.count() == 1, "what came after it was worked on"
    odd, odder = Received.objects.stuck()
    assert (odd.body, odd.why) == ({"a": 1}, "KeyError: 'Odd'")
    (alarm,) = pages.alarms()
    assert "A message from social.example (Odd) could not be worked on" in alarm.says
    Received.objects.update(at=clock.real_now() - timedelta(days=9))
    jobs.forget()
    assert Received.objects.stuck().count() == 2, "it does not go by itself"
    client.force_login(cast.officer)
    assert client.post(f"/desk/fediverse/faults/{odd.pk}/let-go/").status_code == 403
    client.force_login(cast.comms)
    assert b"KeyError" in client.get("/desk/fediverse/").content
    client.post(f"/desk/fediverse/faults/{odd.pk}/let-go/")
    assert len(pages.alarms()) == 1
    Received.objects.filter(pk=odder.pk).update(
        kind="Like", body=neighbour.activity("Like", names.note(POST))
    )
    client.post(f"/desk/fediverse/faults/{odder.pk}/try-again/")
    assert pages.alarms() == []
    jobs.receive()
    odd.refresh_from_db()
    odder.refresh_from_db()
    assert [(one.state, one.body) for one in (odd, odder)] == [("refused", {}), ("done", {})]


def test_received_rows_go_when_their_signature_would_not_be_taken_any_more(
    told: Any, neighbour: Neighbour
) -> None:
    told(neighbour.follow())
    Received.objects.update(at=clock.real_now() - timedelta(hours=3))
    jobs.forget()
    assert Received.objects.exists()
    Received.objects.update(at=clock.real_now() - timedelta(hours=5))
    jobs.forget()
    assert not Received.objects.exists()
