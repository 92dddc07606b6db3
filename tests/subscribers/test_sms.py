"""Text messages: six digits say yes, each costs, and Notify's refusals are read for what they are."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hue.channels import greeting, present, sending
from hue.channels.counting import septets
from hue.channels.models import Account, Copy, Delivery, Spent
from hue.pages.models import Alarm
from hue.people.models import Officer
from hue.subscribers import actions
from hue.subscribers.choices import CONSENT
from hue.subscribers.choosing import Wish
from hue.subscribers.models import Subscriber
from tests.cast import NOON, Cast
from tests.channels.opened import opened, say, work
from tests.channels.stub import Says, serving
from tests.desk.test_desk import signed_in
from tests.subscribers import notify
from tests.subscribers.conftest import FORM
from tests.subscribers.notify import NotifyStub, secrets_of

JO, ANN = "+447700900123", "+447700900456"
PUPPY = "Puppy found on the High Street."


@pytest.fixture(autouse=True)
def _loopback(settings: object) -> None:
    settings.HUE_FETCH_PRIVATE = True  # type: ignore[attr-defined]


@pytest.fixture
def stub(cast: Cast, owner: Officer) -> Iterator[NotifyStub]:
    with serving(NotifyStub()) as stub:
        assert isinstance(stub, NotifyStub)
        opened(cast, owner, "sms", stub.url, secrets_of())
        yield stub


def ask(number: str) -> None:
    told = {**FORM, "via": "sms", "address": number, "news_a_week": "9"}
    assert Client().post("/my-watch/ask/", told).status_code == 200
    greeting.greet_all(at=NOON)


def digits(stub: NotifyStub, number: str) -> str:
    found = re.search(r"\b(\d{6})\b", stub.texts(number)[-1])
    assert found
    return found[1]


def reads(stub: NotifyStub, number: str) -> None:
    ask(number)
    told = {"phone": number, "code": digits(stub, number)}
    assert b"That is done" in Client().post("/my-watch/code/", told).content
    stub.posts.clear()


def put(cast: Cast, text: str = PUPPY) -> Delivery:
    say(cast, text, neighbourhood=cast.kings_heath)
    work()
    return Delivery.objects.order_by("-pk")[0]


def test_six_digits_say_yes_and_a_post_comes_once(cast: Cast, stub: NotifyStub) -> None:
    ask("07700 900123")
    wrong = Client().post("/my-watch/code/", {"phone": JO, "code": "000000"})
    assert b"That is not the code we sent" in wrong.content
    told = {"phone": JO, "code": digits(stub, JO)}
    assert b"That is done" in Client().post("/my-watch/code/", told).content
    assert Subscriber.objects.get().state == "reading"
    stub.posts.clear()
    row = put(cast)
    work()
    [text] = stub.texts(JO)
    said, stop = text.split(" Stop: ")
    assert said.startswith(PUPPY)
    assert said.endswith(row.piece.address)
    assert (row.state, Copy.objects.get().state) == ("sent", "sent")
    Client().post(urlsplit(stop).path)
    assert Subscriber.objects.get().state == "left"


def test_guesses_end_the_code(cast: Cast, stub: NotifyStub) -> None:
    ask(JO)
    right = digits(stub, JO)
    for _ in range(5):
        Client().post("/my-watch/code/", {"phone": JO, "code": "000000"})
    answer = Client().post("/my-watch/code/", {"phone": JO, "code": right})
    assert b"ask again" in answer.content
    assert Subscriber.objects.get().state == "asked"


def test_a_number_that_nobody_asked_for_is_answered_like_a_wrong_code(stub: NotifyStub) -> None:
    answer = Client().post("/my-watch/code/", {"phone": ANN, "code": "123456"})
    assert b"That is not the code we sent" in answer.content


def test_each_costs_and_the_cap_stops_it_before_the_first(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    reads(stub, ANN)
    put(cast)
    assert Spent.objects.get().dollars == Decimal("0.24")  # two codes and two messages
    Account.objects.update(cap=Decimal("0.30"))
    row = put(cast, "A second puppy.")
    assert row.state == "failed"
    assert "cap of $0.30 is reached" in row.says
    assert len(stub.posts) == 2


def test_a_long_post_is_two_parts_at_most_with_its_link(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    row = put(cast, "Puppy – " + "very small " * 60)
    [text] = stub.texts(JO)
    assert septets(text) <= 306
    assert text.split(" Stop: ")[0].endswith(row.piece.address)


@pytest.mark.parametrize(
    ("text", "number"),
    [("a" * 160, 160), ("€", 2), ("–", 3), ("ł" * 134, 306), ("a" * 305 + "[", 307)],
)
def test_length_is_counted_as_mobile_networks_do(text: str, number: int) -> None:
    assert septets(text) == number


@pytest.mark.parametrize(
    ("says", "state", "copy", "words"),
    [
        (notify.TEAM_ONLY, "due", "due", "make a live one at Notify"),
        (notify.WRONG_KEY, "failed", "due", "has signed us out"),
        (notify.RATE, "due", "due", "takes no more for now"),
        (notify.A_DAY, "due", "due", "limit for today"),
        (notify.BROKEN, "unsure", "unsure", "1 reader is not known"),
        (Says(503, {}), "due", "due", "trouble of its own"),
    ],
)
def test_a_refusal_is_read_for_what_it_is(
    cast: Cast, stub: NotifyStub, says: Says, state: str, copy: str, words: str
) -> None:
    reads(stub, JO)
    stub.next.append(says)
    row = put(cast)
    assert (row.state, Copy.objects.get().state) == (state, copy)
    assert words in row.says
    assert JO not in row.says


def test_a_key_that_writes_to_the_team_alone_is_an_alarm(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    stub.next.append(notify.TEAM_ONLY)
    put(cast)
    assert "make a live one at Notify" in Alarm.objects.get(slug__startswith="channel").says


def test_a_number_that_is_none_ends_it(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    stub.next.append(notify.NO_NUMBER)
    put(cast)
    assert Subscriber.objects.get().state == "left"


def test_after_a_time_out_notify_is_asked_and_has_it(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    stub.mute = True
    row = put(cast)
    work(at=NOON + timedelta(minutes=10))
    assert row.state == "sent"
    assert len(stub.posts) == 1
    assert Copy.objects.get().reference in stub.posts


def test_what_notify_does_not_know_after_a_time_out_a_person_decides(
    cast: Cast, stub: NotifyStub
) -> None:
    reads(stub, JO)
    stub.mute = stub.forgets = True
    row = put(cast)
    work(at=NOON + timedelta(minutes=10))
    assert row.state == "unsure"
    assert len(stub.posts) == 1
    asked = [one.query for one in stub.asked if one.path == "/v2/notifications"]
    assert asked == [{"reference": f"{Copy.objects.get().pk}.1.{row.piece.ref}"}]


def test_what_became_of_it_is_asked_and_noted(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    reads(stub, ANN)
    put(cast)
    first, second = stub.posts
    stub.status.update({first: "delivered", second: "permanent-failure"})
    sending.ask_receipts(at=NOON + timedelta(minutes=5))
    told = dict(Copy.objects.values_list("reference", "receipt"))
    assert told == {first: "delivered", second: "permanent-failure"}
    assert Subscriber.objects.filter(state="left", why="gone").count() == 1


def test_a_flood_of_numbers_does_not_cost_more_than_the_cap(cast: Cast, stub: NotifyStub) -> None:
    Account.objects.update(cap=Decimal("0.10"))
    for number in range(3):
        ask(f"+44770090010{number}")
    assert len(stub.posts) == 1
    assert Spent.objects.get().dollars == Decimal("0.06")


def test_what_an_event_would_cost_counts_readers(cast: Cast, stub: NotifyStub) -> None:
    reads(stub, JO)
    reads(stub, ANN)
    [told] = present.estimate("10", at=NOON)["estimates"]
    assert told["costs"] == "$1.20"


def test_what_a_message_costs_is_seen_before_it_goes(
    cast: Cast, stub: NotifyStub, owner: Officer
) -> None:
    reads(stub, JO)
    reads(stub, ANN)
    Account.objects.update(cap=Decimal("0.20"))
    asked = {"text": "Puppy found.", "neighbourhood": "kings-heath"}
    shown = signed_in(cast.officer).post("/desk/posts/elsewhere/", asked).content.decode()
    assert "$0.06 a reader, $0.12 if it goes to all of them; $0.08 of this month" in shown
    assert "more than that does not go" in shown


def test_the_page_of_subscribers_shows_what_they_cost(
    cast: Cast, stub: NotifyStub, owner: Officer
) -> None:
    reads(stub, JO)
    desk = signed_in(owner)
    page = desk.get("/desk/subscribers/").content.decode()
    assert 'hx-get="/desk/channels/costs/"' in page
    assert "htmx.min" in page, "without it nothing asks"
    costs = desk.get("/desk/channels/costs/").content.decode()
    assert "$0.06 this month, without a cap. A message to all of its readers costs $0.06." in costs
    assert signed_in(cast.officer).get("/desk/channels/costs/").status_code == 403


def test_who_is_taken_over_by_number_can_leave_with_one_tap(cast: Cast, stub: NotifyStub) -> None:
    mover = actions.Mover(
        via="sms",
        address=JO,
        asked_at=NOON,
        confirmed_at=NOON,
        consent=CONSENT,
        wish=Wish(["kings-heath"], ["team"]),
    )
    actions.take_over(by=cast.comms, at=NOON, force="Old Police", movers=[mover])
    greeting.greet_all(at=NOON)
    [told] = stub.texts(JO)
    assert "that you asked Old Police for will come from" in told
    found = re.search(r"(/my-watch/leave/[a-z0-9-]+/)", told)
    assert found
    assert Client().post(found[1]).status_code == 200
    assert Subscriber.objects.get().state == "left"
