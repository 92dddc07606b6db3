"""One promise for every network: what we say is there once, as it is meant now, or somebody knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from hue.audit.models import Entry
from hue.channels import actions, sending
from hue.channels.connector import Can
from hue.channels.message import Fact
from hue.channels.models import Account, Delivery
from hue.channels.networks import NETWORKS
from hue.pages.models import Alarm
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.channels.kinds import KINDS, Kind, texts
from tests.channels.opened import opened, say, work
from tests.channels.stub import Says, Stub, serving
from tests.desk.test_desk import signed_in
from tests.media.test_pictures import ALT, photo, take

PUPPY = "Puppy found on the High Street. Owner, we have her."
KITTEN = "Kitten found on the High Street. Owner, we have her."
LATER = NOON + timedelta(days=1)


@dataclass
class There:
    """One network with an open account on it."""

    kind: Kind
    stub: Stub
    account: Account
    cast: Cast

    @property
    def can(self) -> Can:
        return NETWORKS[self.kind.slug].can

    def say(self, text: str, **also: Any) -> Post:
        if self.can.needs_picture:
            also.setdefault("pictures", [take(self.cast, photo())])
        return say(self.cast, text, **also)

    def delivery(self) -> Delivery:
        return Delivery.objects.select_related("account", "piece").get()


@pytest.fixture(params=KINDS, ids=lambda kind: kind.slug)
def there(request: pytest.FixtureRequest, cast: Cast, owner: Officer) -> Iterator[There]:
    kind: Kind = request.param
    with serving(kind.stub()) as stub:
        account = opened(cast, owner, kind.slug, stub.url + kind.path, kind.secrets)
        stub.asked.clear()
        yield There(kind, stub, account, cast)


def correct(there: There, post: Post, *, redact: bool = False, at: datetime = NOON) -> Post:
    return publishing.correct(
        by=there.cast.sergeant,
        at=at,
        post=post,
        seen=post.version,
        text=KITTEN,
        reason="It was a kitten.",
        redact=redact,
    )


def test_it_is_sent_once_whoever_asks_again(there: There) -> None:
    there.say(PUPPY)
    work()
    work(at=LATER)
    assert len(texts(there.stub)) == 1
    assert texts(there.stub)[0].startswith(PUPPY)
    row = there.delivery()
    assert (row.state, row.version, row.says) == ("sent", 1, "")


def test_two_workers_send_one(there: There) -> None:
    there.say(PUPPY)
    row = there.delivery()
    sending.attempt(row, at=NOON)
    sending.attempt(row, at=NOON)  # with what it read before
    assert len(texts(there.stub)) == 1


def test_a_correction_stands_there_and_the_old_words_where_they_may(there: There) -> None:
    post = there.say(PUPPY)
    work()
    correct(there, post)
    work()
    said = texts(there.stub)
    if there.can.edit:
        assert [text.startswith(KITTEN) for text in said] == [True]
    else:
        assert [text.startswith("Correction: Kitten") for text in said] == [False, True]
    assert there.delivery().version == 2


def test_words_that_were_redacted_are_nowhere(there: There) -> None:
    post = there.say(PUPPY)
    work()
    before = set(there.stub.posts)
    correct(there, post, redact=True)
    work()
    if not there.can.delete:
        by_hand(there)
        return
    assert [text.startswith(KITTEN) for text in texts(there.stub)] == [True]
    if there.kind.slug != "webhook":  # a network that edits shows what stood there before
        assert before.isdisjoint(there.stub.posts)


def by_hand(there: There) -> None:
    """What nobody can delete from outside is a person's turn."""
    row = there.delivery()
    assert row.state == "failed"
    assert "delete it there by hand, then say so here" in row.says


def test_a_withdrawal_takes_it_away_with_its_correction(there: There) -> None:
    post = there.say(PUPPY)
    work()
    post = correct(there, post)
    work()
    publishing.withdraw(by=there.cast.sergeant, at=NOON, post=post, reason="Wrong place.")
    work()
    if not there.can.delete:
        by_hand(there)
        actions.decide(by=there.cast.sergeant, at=NOON, delivery=there.delivery(), verb="gone")
        there.stub.posts.clear()
    assert texts(there.stub) == []
    assert there.delivery().state == "withdrawn"
    assert there.delivery().piece.text == ""


def test_what_is_withdrawn_before_it_left_never_leaves(there: There) -> None:
    post = there.say(PUPPY)
    publishing.withdraw(by=there.cast.sergeant, at=NOON, post=post, reason="Wrong place.")
    work()
    assert there.stub.writes == []
    assert there.delivery().state == "withdrawn"


def test_a_key_that_ended_is_said_in_words_and_is_an_alarm(there: There) -> None:
    if not there.kind.secrets:
        pytest.skip("needs no key")
    wrong = dict.fromkeys(there.kind.secrets, "wrong")
    actions.reconnect(
        by=there.cast.comms,
        at=NOON,
        account=there.account,
        secrets=wrong,
        fact=Fact(there.account.handle),
    )
    there.say(PUPPY)
    work()
    row = there.delivery()
    assert row.state == "failed"
    assert row.says.endswith("has signed us out: reconnect the account.")
    assert Alarm.objects.get(over_at=None).says.startswith(str(there.account))
    actions.reconnect(
        by=there.cast.comms,
        at=NOON,
        account=there.account,
        secrets=there.kind.secrets,
        fact=Fact(there.account.handle),
    )
    assert not Alarm.objects.filter(over_at=None).exists()
    actions.decide(by=there.cast.sergeant, at=NOON, delivery=row, verb="again")
    work()
    assert len(texts(there.stub)) == 1


def test_a_rate_limit_is_waited_for_as_long_as_the_network_says(there: There) -> None:
    there.stub.next.append(there.kind.limited)
    there.say(PUPPY)
    work()
    row = there.delivery()
    assert row.state == "due"
    assert row.due_at >= NOON + timedelta(seconds=89)
    assert row.tries == 0
    asked = len(there.stub.asked)
    work(at=NOON + timedelta(seconds=30))
    assert len(there.stub.asked) == asked  # nothing goes there before
    work(at=row.due_at + timedelta(seconds=1))
    assert len(texts(there.stub)) == 1


def test_a_fault_of_theirs_is_tried_again_later_and_later(there: There) -> None:
    there.stub.next += [Says(503, {}), Says(503, {})]
    there.say(PUPPY)
    work()
    first = there.delivery().due_at
    assert NOON < first < NOON + timedelta(minutes=1)
    work(at=first)
    second = there.delivery().due_at
    assert second - first > (first - NOON) * 1.2
    work(at=second)
    assert len(texts(there.stub)) == 1
    assert there.delivery().state == "sent"


def test_silence_after_the_deed_makes_no_double(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrived, and the answer did not."""
    there.say(PUPPY)
    monkeypatch.setattr("hue.channels.calling.SECONDS", 0.3)
    if there.kind.slug == "bluesky":
        NETWORKS["bluesky"].who(sending.open_door(NETWORKS["bluesky"], there.account))
    there.stub.silent = True
    work()
    there.stub.silent = False
    row = there.delivery()
    can = there.can
    if can.asked or can.repeats:
        assert (row.state, row.doubt) == ("due", True)
        work(at=row.due_at)
        assert there.delivery().state == "sent"
    else:
        assert row.state == "unsure"
        work(at=LATER)
        assert there.delivery().state == "unsure"  # until a person says so
    assert len(texts(there.stub)) == 1


def test_what_it_refuses_is_a_persons_turn_at_once(there: There) -> None:
    there.stub.next.append(Says(422, {"error": "Validation failed: too wild"}))
    there.say(PUPPY)
    work()
    row = there.delivery()
    assert row.state == "failed"
    assert "refuses it (422): Validation failed: too wild" in row.says


def test_a_follow_up_hangs_on_what_it_follows(there: There) -> None:
    first = there.say(PUPPY)
    work()
    there.say("She is home again.", thread=first)
    work()
    assert len(texts(there.stub)) == 2
    [old, new] = Delivery.objects.order_by("pk")
    assert (old.state, new.state) == ("sent", "sent")
    if not there.can.reply:
        return
    told = str(list(there.stub.posts.values())[1])
    assert old.references[0].split()[0].lstrip("tp") in told


def test_no_key_is_in_what_is_kept_or_said(there: There, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong."""
    caplog.set_level("DEBUG")
    there.say(PUPPY)
    there.stub.next.append(Says(500, {"error": "boom"}))
    work()
    work(at=LATER)
    kept = [str(vars(row)) for row in (*Delivery.objects.all(), *Account.objects.all())]
    kept += [f"{entry.data}" for entry in Entry.objects.all()]
    kept += [str(vars(alarm)) for alarm in Alarm.objects.all()]
    kept += [record.getMessage() for record in caplog.records]
    for secret in there.kind.secrets.values():
        if secret != "testpolice":
            assert not [one for one in kept if secret in one]


def test_an_attempt_leaves_nothing_to_a_private_address(there: There, settings: object) -> None:
    settings.HUE_FETCH_PRIVATE = False  # type: ignore[attr-defined]
    there.say(PUPPY)
    work()
    assert there.stub.asked == []
    assert "cannot be reached" in there.delivery().says


def test_a_picture_goes_with_its_description(there: There) -> None:
    there.say(PUPPY, pictures=[take(there.cast, photo())])
    work()
    row = there.delivery()
    assert (row.state, row.says) == ("sent", "")
    assert len(texts(there.stub)) == 1
    told = [str(one.body) + str(one.headers) for one in there.stub.asked]
    if there.kind.slug != "telegram":  # it has no place for one
        assert any(ALT in one for one in told)
    assert any("image/jpeg" in one or "multipart" in one or ".jpg" in one for one in told)


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(there: There) -> None:
    desk = signed_in(there.cast.sergeant)
    page = desk.get(f"/desk/channels/{there.account.pk}/dry/", {"text": PUPPY}).content.decode()
    assert there.stub.asked == []
    if there.can.needs_picture:
        assert "Nothing goes there without a picture." in page
    else:
        assert page.count("Puppy found") + page.count("Puppy+found") >= 2
        assert there.stub.url in page
    for secret in there.kind.secrets.values():
        assert secret in {"77", "testpolice"} or secret not in page


def test_an_answer_in_a_shape_of_its_own_loses_nothing(there: There) -> None:
    if there.kind.slug == "webhook":
        pytest.skip("its status alone is the answer")
    there.stub.next.append(Says(200, ["?"]))
    there.say(PUPPY)
    work()
    row = there.delivery()
    assert row.says.startswith(f"{NETWORKS[there.kind.slug].name} answered in a way")
    if row.state == "due":
        work(at=row.due_at)
        assert len(texts(there.stub)) == 1
    else:
        assert row.state == "unsure"
