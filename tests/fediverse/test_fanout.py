"""Many servers at once: whoever is dead, slow, gone or against us costs the others nothing."""

import socket
import time
from contextlib import ExitStack
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.fediverse import actions, jobs, mail
from hue.fediverse.models import Activity, Actor, Dispatch, Follower, Server, Stranger
from hue.lib import clock
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.publishing import actions as publishing
from tests.cast import NOON, Cast
from tests.fediverse.conftest import sent
from tests.fediverse.elsewhere import Elsewhere, elsewhere, follow
from tests.publishing.public import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loopback")]
LATER = NOON + timedelta(hours=1)
TWO_DAYS = timedelta(days=2, minutes=1)


def dead() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def many(actor: Actor, there: Elsewhere, count: int) -> None:
    """So many servers with names of their own, all of them there."""
    port = there.url.rpartition(":")[2]
    for number in range(count):
        follow(actor, f"http://h{number}.fanout.test:{port}")


def states() -> dict[str, int]:
    found = Dispatch.objects.values_list("state", flat=True)
    return {state: list(found).count(state) for state in set(found)}


def again() -> None:
    """As if the pause of every server were over."""
    Server.objects.update(next_try_at=None)
    Dispatch.objects.filter(state="due").update(next_at=clock.real_now())
    jobs.send()


def test_one_message_serves_everybody_on_a_server(cast: Cast, force: Actor) -> None:
    with elsewhere() as there:
        for name in ("ann", "bob", "cem"):
            follow(force, there.url, name)
        follow(force, there.url, "dee", shared=False)
        say(cast)
        sent()
        assert sorted(there.paths) == ["/inbox", "/users/dee/inbox"]
        assert there.refused == []


def test_every_inbox_gets_the_same_bytes_once(cast: Cast, force: Actor) -> None:
    with elsewhere() as there:
        many(force, there, 60)
        say(cast)
        sent()
        jobs.send()
        assert len(there.took) == 60
        assert len({str(told) for told in there.took}) == 1
    assert states() == {"sent": 60}


def test_dead_and_slow_servers_cost_the_others_nothing(cast: Cast, force: Actor) -> None:
    with ExitStack() as stack:
        there, slow = (stack.enter_context(elsewhere()) for _ in range(2))
        slow.seconds = 3.0
        many(force, slow, 12)
        for _ in range(12):
            follow(force, dead())
        port = there.url.rpartition(":")[2]
        for number in range(120):
            follow(force, f"http://g{number}.fanout.test:{port}")
        say(cast)
        jobs.address()
        Dispatch.objects.filter(inbox__contains=f":{port}/").update(rank=9)  # the worst comes first
        began, done = time.monotonic(), []
        there.on_took = lambda: done.append(time.monotonic())
        jobs.send()
        assert len(there.took) == 120
        assert done[-1] - began < slow.seconds
        assert len(slow.took) == 12
    assert states() == {"sent": 132, "due": 12}


def test_what_is_taken_back_overtakes_a_long_fan_out(cast: Cast, force: Actor) -> None:
    before: list[int] = []
    with elsewhere() as there:
        there.seconds = 0.05
        wrong = say(cast, "Something that must go.")
        many(force, there, 40)
        for number in range(20):
            say(cast, f"Number {number}.")

        def withdraw() -> None:
            because = "It could hurt somebody."
            publishing.withdraw(by=cast.sergeant, at=LATER, post=wrong, reason=because)
            jobs.address()
            before.append(len(there.took))

        there.after(40, withdraw)
        sent()
        assert there.kinds.count("Delete") == 40
        last = len(there.took) - there.kinds[::-1].index("Delete")
    total = 40 * 20 + 40
    assert before[0] < total / 2, "it was withdrawn in the middle"
    # Only what was on its way already goes before it.
    assert last - before[0] < total / 2


def test_nobody_gets_the_words_of_what_was_taken_back_before_it_was_sent(
    cast: Cast, force: Actor
) -> None:
    with elsewhere() as there:
        follow(force, there.url)
        post = say(cast)
        jobs.address()
        publishing.withdraw(by=cast.sergeant, at=LATER, post=post, reason="It could hurt somebody.")
        sent()
        assert there.kinds == ["Delete"]
    assert states() == {"dropped": 1, "sent": 1}


def test_a_change_waits_for_what_it_changes(cast: Cast, force: Actor) -> None:
    follow(force, "http://social.test")
    post = say(cast)
    given = {"by": cast.sergeant, "at": LATER, "post": post, "seen": post.version}
    publishing.correct(**given, text="A kitten was found.", reason="It was one.")
    jobs.address()
    Dispatch.objects.filter(activity__kind="Update").update(rank=1)

    def taken() -> list[str]:
        now = clock.real_now()
        rows = mail.take(10, but=[], at=now)
        mail.settle([mail.Ended(row, "sent") for row in rows], at=now)
        return [Activity.objects.get(pk=row.activity).kind for row in rows]

    assert [taken(), taken(), taken()] == [["Create"], ["Update"], []]


def test_who_got_the_words_through_a_share_is_told_that_they_are_gone(
    cast: Cast, force: Actor, unit: Actor
) -> None:
    event = actions.open_account(by=cast.comms, at=NOON, kind="event", key="day24", name="day24")
    with elsewhere() as there:
        follow(event, there.url)
        post = say(cast, neighbourhood=cast.kings_heath)
        sent()
        publishing.withdraw(by=cast.sergeant, at=LATER, post=post, reason="It could hurt somebody.")
        sent()
        assert there.kinds[0] == "Announce"
        assert sorted(there.kinds[1:]) == ["Delete", "Undo"]


def test_an_account_that_is_gone_follows_no_more(cast: Cast, force: Actor) -> None:
    with elsewhere(answers=410) as there:
        follow(force, there.url, "gone", shared=False)
        say(cast)
        sent()
    assert not Follower.objects.exists()
    assert Stranger.objects.get().gone_at is not None
    assert Dispatch.objects.get().why == "That account or server is gone (410)."


def test_where_the_shared_inbox_is_gone_each_account_is_asked_itself(
    cast: Cast, force: Actor
) -> None:
    with elsewhere(answers=410) as there:
        follow(force, there.url)
        say(cast)
        sent()
        assert Follower.objects.exists()
        there.answers = 202
        say(cast, "Another one.")
        sent()
        assert there.paths == ["/inbox", "/users/ann/inbox"]


@pytest.mark.parametrize("shared", [True, False])
def test_a_server_that_is_being_moved_loses_nobody(cast: Cast, force: Actor, shared: bool) -> None:
    with elsewhere(answers=404) as there:
        follow(force, there.url, shared=shared)
        say(cast)
        sent()
        assert Follower.objects.exists()
        assert Server.objects.get().failures == 1
        there.answers = 202
        again()
        assert there.kinds == ["Create"]
        assert there.paths == ["/inbox" if shared else "/users/ann/inbox"] * 2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [True, False])
def test_a_server_says_itself_when_it_wants_to_be_asked_again(
    cast: Cast, force: Actor, status: int, as_date: bool
) -> None:
    wanted = clock.real_now() + timedelta(hours=3)
    with elsewhere(answers=status) as there:
        there.retry_after = format_datetime(wanted, usegmt=True) if as_date else "10800"
        follow(force, there.url)
        say(cast)
        sent()
    server, dispatch = Server.objects.get(), Dispatch.objects.get()
    assert dispatch.next_at == server.next_try_at
    assert abs(server.next_try_at - wanted) < timedelta(seconds=30)


def test_a_refusal_is_told_at_once_and_not_tried_again(cast: Cast, force: Actor) -> None:
    with elsewhere(answers=403) as there:
        follow(force, there.url)
        say(cast)
        sent()
        again()
        assert len(there.paths) == 2, "once with each kind of signature"
    assert Dispatch.objects.get().why == "It refused the message (403)."
    assert Follower.objects.exists()


def test_a_server_that_is_away_for_a_while_gets_everything_when_it_is_back(
    cast: Cast, force: Actor
) -> None:
    with elsewhere(answers=503) as there:
        follow(force, there.url)
        say(cast)
        sent()
        server = Server.objects.get()
        assert server.failures == 1
        assert server.next_try_at > clock.real_now() + timedelta(seconds=40)
        say(cast, "The second one.")
        sent()
        assert len(there.paths) == 1, "it is left alone for a minute"
        Server.objects.update(failures=3)
        there.answers = 202
        first = Dispatch.objects.order_by("pk").first()
        Dispatch.objects.filter(pk=first.pk).update(next_at=clock.real_now())
        jobs.send()
        assert there.kinds == ["Create", "Create"]
    server.refresh_from_db()
    assert (server.failures, server.failing_since) == (0, None)


def test_after_two_days_of_silence_the_desk_reads_it_in_words(
    cast: Cast, force: Actor, client: Client
) -> None:
    follow(force, there := dead())
    say(cast)
    sent()
    jobs.silent()
    assert not Alarm.objects.filter(over_at=None).exists()
    Server.objects.update(failing_since=clock.real_now() - TWO_DAYS)
    again()
    assert Dispatch.objects.get().why.startswith("This server did not answer for two days.")
    jobs.silent()
    host = there.partition("//")[2]
    assert f"One server has not answered for two days: {host}." in Alarm.objects.get().says
    client.force_login(cast.comms)
    page = client.get("/desk/fediverse/").content.decode()
    assert "has not answered since" in page
    assert "1 failed: This server did not answer for two days." in page
    with elsewhere() as back:
        server = Server.objects.get()
        Dispatch.objects.update(inbox=f"{back.url}/inbox")
        client.post(f"/desk/fediverse/servers/{server.pk}/send-again/")
        jobs.send()
        assert back.kinds == ["Create"]
    jobs.silent()
    assert not Alarm.objects.filter(over_at=None).exists()


def test_nothing_goes_to_a_blocked_server(cast: Cast, force: Actor) -> None:
    with elsewhere() as there:
        follow(force, there.url)
        say(cast)
        jobs.address()
        host = Server.objects.get().host
        # Its port alone tells it from others here; a real one has a name.
        Server.objects.update(host="bad.example")
        actions.block_server(by=cast.comms, at=NOON, host="bad.example", reason="Abuse.")
        Server.objects.update(host=host)
        say(cast, "The second one.")
        sent()
        assert there.paths == []
        with pytest.raises(Refused, match="Say why"):
            actions.block_server(by=cast.comms, at=NOON, host="other.example", reason=" ")


def test_an_inbox_inside_our_own_walls_gets_nothing(
    cast: Cast, force: Actor, settings: LazySettings
) -> None:
    settings.HUE_FETCH_PRIVATE = False
    with elsewhere() as there:
        follow(force, there.url)
        say(cast)
        sent()
        assert there.paths == []
    assert Server.objects.get().failures == 1


def test_what_a_crash_left_is_found_again(cast: Cast, force: Actor) -> None:
    with elsewhere() as there:
        follow(force, there.url)
        say(cast)
        jobs.address()
        assert len(mail.take(10, but=[], at=clock.real_now())) == 1  # and its worker died
        jobs.send()
        assert there.paths == [], "its lease runs"
        later = clock.real_now() + mail.LEASE
        assert Dispatch.objects.due(at=later).exists()
        Dispatch.objects.update(next_at=clock.real_now())
        jobs.due()
        jobs.send()
        assert there.kinds == ["Create"]
    assert Activity.objects.get().state == "addressed"
