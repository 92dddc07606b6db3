"""What is stuck, in doubt or stopped: nobody loses sight of it, and nothing is sent twice."""

import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from hue.channels import actions, jobs, present, sending
from hue.channels.models import Account, Delivery, Host, Spent
from hue.channels.networks import NETWORKS
from hue.governance import actions as governance
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.channels.kinds import KINDS
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.channels.stub import Says, serving
from tests.channels.x import KEYS, XStub
from tests.desk.test_desk import signed_in
from tests.media.test_pictures import photo, take
from tests.place import HERE
from tests.processes import own_environment, wait_for

LATER = NOON + timedelta(days=1)
KILLED = """
import django; django.setup()
from datetime import datetime
from pathlib import Path
from django.conf import settings
from hue.channels import sending
from hue.channels.models import Delivery
settings.MEDIA_ROOT = Path({media!r})
sending.attempt(Delivery.objects.get(), at=datetime.fromisoformat({at!r}))
"""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_deed_and_its_note_makes_no_double(
    kind: Any, cast: Cast, owner: Officer, settings: Any
) -> None:
    with serving(kind.stub()) as stub:
        opened(cast, owner, kind.slug, stub.url + kind.path, kind.secrets)
        pictures = [take(cast, photo())] if NETWORKS[kind.slug].can.needs_picture else []
        say(cast, "Puppy found.", pictures=pictures)
        stub.slow = True
        worker = subprocess.Popen(
            [
                sys.executable,
                "-c",
                KILLED.format(at=NOON.isoformat(), media=str(settings.MEDIA_ROOT)),
            ],
            cwd=HERE,
            env=own_environment(
                DJANGO_SETTINGS_MODULE="hue.config.settings", HUE_FETCH_PRIVATE="yes"
            ),
        )
        wait_for(lambda: stub.posts, seconds=60)
        worker.kill()
        worker.wait()
        stub.slow = False
        row = Delivery.objects.get()
        assert row.state == "sending"
        work(at=NOON + timedelta(minutes=1))
        assert Delivery.objects.get().state == "sending"  # it may still be at work
        work(at=row.due_at)
        row.refresh_from_db()
        assert len(stub.posts) == 1
        assert row.state in {"sent", "unsure"}
        assert (row.state == "unsure") == (kind.slug in {"x", "telegram"})


def unsure(cast: Cast, owner: Officer, x: XStub, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    opened(cast, owner, "x", x.url, KEYS)
    say(cast, "Puppy found.")
    monkeypatch.setattr("hue.channels.calling.SECONDS", 0.3)
    x.silent = True
    work()
    x.silent = False
    return Delivery.objects.get()


def test_a_person_who_looked_says_that_it_is_there(
    cast: Cast, owner: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(XStub()) as stub:
        row = unsure(cast, owner, stub, monkeypatch)  # type: ignore[arg-type]
        desk = signed_in(cast.sergeant)
        queue = desk.get("/desk/queues/deliveries/").content.decode()
        assert "did not answer in time. It may be there: look, then say." in queue
        page = desk.get(f"/desk/channels/deliveries/{row.pk}/").content.decode()
        assert "It is there" in page
        where = f"/desk/channels/deliveries/{row.pk}/there/"
        assert "Give its address there" in desk.post(where, {"link": ""}).content.decode()
        [there] = stub.posts
        desk.post(where, {"link": f"https://x.com/testpolice/status/{there}"})
        row.refresh_from_db()
        assert (row.state, row.references) == ("sent", [there])
        found = Post.objects.get(pk=row.piece.ref)
        publishing.withdraw(by=cast.sergeant, at=NOON, post=found, reason="Wrong place.")
        work()
        assert not stub.posts


def test_a_person_who_looked_sends_it_again(
    cast: Cast, owner: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(XStub()) as stub:
        row = unsure(cast, owner, stub, monkeypatch)  # type: ignore[arg-type]
        stub.posts.clear()  # it had not arrived
        actions.decide(by=cast.sergeant, at=NOON, delivery=row, verb="again")
        work(at=LATER)
        assert len(stub.posts) == 1
        row.refresh_from_db()
        assert row.state == "sent"


def test_what_was_withdrawn_while_nobody_knew_is_not_taken_for_gone(
    cast: Cast, owner: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(XStub()) as stub:
        row = unsure(cast, owner, stub, monkeypatch)  # type: ignore[arg-type]
        post = Post.objects.get(pk=row.piece.ref)
        publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong place.")
        with pytest.raises(Refused, match="Say first that it is there"):
            actions.decide(by=cast.sergeant, at=NOON, delivery=row, verb="again")
        [there] = stub.posts
        link = f"https://x.com/testpolice/status/{there}"
        actions.decide(by=cast.sergeant, at=NOON, delivery=row, verb="there", link=link)
        work()
        assert not stub.posts


def test_what_each_post_costs_is_counted_and_the_cap_holds(cast: Cast, owner: Officer) -> None:
    with serving(XStub()) as stub:
        account = opened(cast, owner, "x", stub.url, KEYS, cap=Decimal("0.02"))
        for text in ("One.", "Two.", "Three."):
            say(cast, text)
        work()
        assert len(stub.posts) == 2
        assert str(Spent.objects.get().dollars) == "0.0200"
        stuck = Delivery.objects.get(state="failed")
        assert "This month's cap of $0.02 is reached" in stuck.says
        told = present.account(account, at=NOON)
        assert (told["spent"], told["cap"], told["stuck"]) == ("$0.02", "$0.02", 1)
        assert present.account(account, at=NOON + timedelta(days=40))["spent"] == "$0.00"


def test_a_host_that_does_not_answer_is_left_alone_for_a_while(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    for number in range(5):
        say(cast, f"Line {number}.")
    mastodon.next += [Says(503, {})] * 5
    work()
    assert len(mastodon.writes) == 3
    shut = Host.objects.get().shut_until
    assert shut is not None
    assert shut > NOON
    mastodon.next.clear()
    work(at=LATER)
    assert len(mastodon.posts) == 5
    assert not Host.objects.exists()


def test_a_stop_holds_what_is_due_and_lets_withdrawals_through(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    wrong = say(cast, "Wrong.")
    work()
    say(cast, "Later.")
    halt = governance.stop_all(by=cast.sergeant, at=NOON, reason="A false report goes round.")
    publishing.withdraw(by=cast.sergeant, at=NOON, post=wrong, reason="Wrong place.")
    work()
    assert not mastodon.posts
    governance.lift_stop(by=cast.sergeant, at=NOON, halt=halt, reason="It is over.")
    work()
    assert [one["text"].startswith("Later.") for one in mastodon.posts.values()] == [True]


def test_practice_never_leaves(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    cast.officer.practice = True
    cast.officer.save()
    say(cast, "Only an exercise.")
    assert not Delivery.objects.exists()


def test_an_account_of_a_unit_gets_what_its_unit_says(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN}, unit=cast.unit)
    publishing.compose(by=cast.comms, at=NOON, draft=Draft("For everybody."))
    say(cast, "For the south.", neighbourhood=cast.kings_heath)
    work()
    assert ["For the south." in one["text"] for one in mastodon.posts.values()] == [True]


def test_what_is_restored_goes_there_once_more(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    post = say(cast, "Puppy found.")
    work()
    publishing.hide(by=system(), at=NOON, post=post, why="Its case has changed.")
    work()
    assert not mastodon.posts
    later = NOON + timedelta(minutes=5)
    publishing.restore(by=cast.sergeant, at=later, post=post, reason="It may stand.")
    work(at=later)
    assert len(mastodon.posts) == 1


def test_to_publish_asks_the_database_a_few_times_however_many_accounts(
    cast: Cast, owner: Officer
) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            say(cast, text)
        return len(seen)

    system()
    say(cast, "The first one fills caches.")
    none = asked("No account.")
    for number in range(3):
        opened_one(cast, owner, number)
    few = asked("Three accounts.")
    for number in range(3, 12):
        opened_one(cast, owner, number)
    assert asked("Twelve accounts.") <= few
    assert few - none <= 17


def opened_one(cast: Cast, owner: Officer, number: int) -> None:
    opened(cast, owner, "webhook", f"https://hook{number}.example/", {})
    Account.objects.filter(handle="@testpolice").update(handle=f"hook {number}")


def test_the_worker_is_told_in_the_transaction_of_the_post(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    say(cast, "All calm.")
    assert ProcrastinateJob.objects.filter(task_name="channels.send", status="todo").exists()
    jobs.send_by(at=NOON)
    waiting = ProcrastinateJob.objects.get(task_name="channels.deliver")
    assert waiting.args == {"account": account.pk}
    assert sending.deliver(account, at=NOON) == 1
