"""An alert or a withdrawal goes before what is routine, and waits for nothing that can be helped."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hue.channels import jobs
from hue.channels.models import Account, Delivery, Host
from hue.jobs.queue import NORMAL, URGENT
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.channels.stub import Says

LATER = NOON + timedelta(hours=1)
CODES = {"category": "Safety", "urgency": "Immediate", "severity": "Severe"}


@pytest.fixture
def account(cast: Cast, owner: Officer, mastodon: MastodonStub) -> Account:
    return opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})


def withdraw(cast: Cast, post: Post) -> None:
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong place.")


def alert(cast: Cast, post: Post) -> None:
    told = {"event": "Flood", "expires_at": LATER, "certainty": "Observed", **CODES}
    publishing.send_alert(by=cast.sergeant, at=NOON, post=post, **told)


def waiting() -> set[str]:
    return set(Delivery.objects.exclude(state="sent").values_list("piece__text", flat=True))


def test_a_withdrawal_goes_first(cast: Cast, account: Account, mastodon: MastodonStub) -> None:
    post = say(cast, "Puppy found.")
    work()
    say(cast, "Kitten found.")
    mastodon.asked.clear()
    withdraw(cast, post)
    work()
    assert [one.method for one in mastodon.writes] == ["DELETE", "POST"]


def test_an_alert_goes_before_what_was_said_earlier(
    cast: Cast, account: Account, mastodon: MastodonStub
) -> None:
    say(cast, "Kitten found.")
    alert(cast, say(cast, "Keep away from the river."))
    work()
    said = [one["text"].partition("\n")[0] for one in mastodon.posts.values()]
    assert said == ["Keep away from the river.", "Kitten found."]


def test_a_network_that_takes_no_more_is_asked_for_what_is_urgent(
    cast: Cast, account: Account, mastodon: MastodonStub
) -> None:
    post = say(cast, "Puppy found.")
    work()
    say(cast, "Kitten found.")
    alert(cast, say(cast, "Keep away from the river."))
    Account.objects.update(paused_until=LATER)
    withdraw(cast, post)
    work()
    assert [one["text"].partition("\n")[0] for one in mastodon.posts.values()] == [
        "Keep away from the river."
    ]
    assert "Kitten found." in waiting()


def test_behind_a_door_that_is_shut_one_urgent_delivery_knocks(
    cast: Cast, account: Account, mastodon: MastodonStub
) -> None:
    first, second = say(cast, "Puppy found."), say(cast, "Kitten found.")
    work()
    say(cast, "Mouse found.")
    withdraw(cast, first)
    withdraw(cast, second)
    Host.objects.create(name="127.0.0.1", faults=5, shut_until=LATER)
    mastodon.asked.clear()
    mastodon.next.append(Says(503, {}))
    work()
    assert [one.method for one in mastodon.writes] == ["DELETE"]  # and finds it shut
    work(at=NOON + timedelta(minutes=1))
    assert not Host.objects.exists()  # it is open again: all go
    assert waiting() == {""}
    assert len(mastodon.posts) == 1


def test_what_is_urgent_is_tried_again_every_two_minutes(
    cast: Cast, account: Account, mastodon: MastodonStub
) -> None:
    post = say(cast, "Puppy found.")
    work()
    withdraw(cast, post)
    Delivery.objects.update(tries=12)
    mastodon.next += [Says(503, {}), Says(429, {}, {"Retry-After": "7200"})]
    for number in (1, 2):
        work(at=NOON + timedelta(hours=number))
        row = Delivery.objects.get()
        assert row.due_at <= NOON + timedelta(hours=number, minutes=2.5)
        Host.objects.all().delete()


def test_its_job_does_not_wait_behind_the_routine(cast: Cast, account: Account) -> None:
    say(cast, "Kitten found.")
    jobs.send_by(at=NOON)
    alert(cast, say(cast, "Keep away from the river."))
    jobs.send_by(at=NOON)
    found = ProcrastinateJob.objects.filter(task_name="channels.deliver").order_by("pk")
    assert list(found.values_list("priority", flat=True)) == [NORMAL, URGENT]
