"""What others answer there, and what is counted: kept while it stands there, and not for long."""

import operator
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from hue.channels import actions, jobs, receiving
from hue.channels.heard import BUDGET
from hue.channels.message import Fact
from hue.channels.models import Account, Day, Delivery, Reply, Spent
from hue.channels.networks import NETWORKS
from hue.fediverse import actions as fediverse
from hue.lib import clock, sealing
from hue.pages.models import Alarm
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.channels.kinds import KINDS, Kind
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.channels.stub import Below, Says, Stub, serving
from tests.channels.x import KEYS, XStub
from tests.desk.test_desk import signed_in
from tests.media.test_pictures import photo, take

SOON = NOON + timedelta(minutes=6)
MORNING = NOON + timedelta(days=2)
HEARING = [kind for kind in KINDS if NETWORKS[kind.slug].can.receive]
SLUG = operator.attrgetter("slug")


class There:
    """A post that stands on one network."""

    def __init__(self, kind: Kind, stub: Stub, account: Account, cast: Cast) -> None:
        self.kind, self.stub, self.account, self.cast = kind, stub, account, cast
        can = NETWORKS[kind.slug].can
        pictures = {"pictures": [take(cast, photo())]} if can.needs_picture else {}
        self.post: Post = say(cast, "Puppy found.", **pictures)
        work()
        [self.id] = stub.posts

    def answered(self, words: str, *, id_: str = "5001", who: str = "resident") -> None:
        self.stub.below.append(Below(self.id, id_, words, who))

    def listen(self, *, at: datetime = SOON) -> None:
        self.account.refresh_from_db()
        receiving.receive(self.account, at=at)


# A bot is told of no deletion, and its channel answers nobody in its group.
but_telegram = pytest.mark.parametrize(
    "there", [kind for kind in HEARING if kind.slug != "telegram"], ids=SLUG, indirect=True
)


@pytest.fixture(params=HEARING, ids=SLUG)
def there(request: pytest.FixtureRequest, cast: Cast, owner: Officer) -> Iterator[There]:
    kind: Kind = request.param
    with serving(kind.stub()) as stub:
        account = opened(cast, owner, kind.slug, stub.url + kind.path, kind.secrets)
        yield There(kind, stub, account, cast)


def test_an_answer_is_kept_once_in_plain_words_and_its_author_sealed(there: There) -> None:
    there.answered("Is she\nyours?")
    there.listen()
    there.listen(at=MORNING)
    [kept] = Reply.objects.all()
    assert " ".join(kept.words.split()) == "Is she yours?"
    assert "resident" not in kept.who + kept.link + kept.address
    assert sealing.open_text(kept.who).lstrip("@") == "resident"
    assert kept.at == NOON - timedelta(minutes=1)
    assert kept.delivery.piece.ref == there.post.pk


@but_telegram
def test_what_is_deleted_there_is_deleted_here(there: There) -> None:
    there.answered("Is she yours?")
    there.answered("She is mine.", id_="5002")
    there.listen()
    assert Reply.objects.count() == 2
    del there.stub.below[0]
    there.listen(at=MORNING)
    assert [kept.words for kept in Reply.objects.all()] == ["She is mine."]


@but_telegram
def test_our_own_words_are_no_answer(there: There) -> None:
    there.answered("Thank you all.", who="testpolice")
    there.listen()
    assert not Reply.objects.exists()


def test_how_it_was_liked_is_known_where_the_network_tells(there: There) -> None:
    there.answered("Is she yours?")
    there.listen()
    row = Delivery.objects.get()
    if there.kind.slug != "telegram":
        shares = 0 if there.kind.slug in {"instagram", "flickr"} else 2
        assert (row.likes, row.shares, row.answers) == (3, shares, 1)
    assert row.views == (80 if there.kind.slug in {"x", "threads", "flickr"} else None)


def test_followers_are_counted_once_a_day_from_the_first_day_on(there: There) -> None:
    there.answered("Is she yours?")
    there.listen()
    for later in (timedelta(), timedelta(hours=1), timedelta(days=1)):
        jobs.count_day(at=NOON + later)
    rows = Day.objects.order_by("day")
    assert [str(row.day) for row in rows] == ["2026-07-09", "2026-07-10"]
    assert [row.followers for row in rows] == [None if there.kind.slug == "flickr" else 41] * 2
    assert rows[0].likes == (0 if there.kind.slug == "telegram" else 3)


def test_what_the_network_refuses_to_tell_stops_nothing_that_we_say(there: There) -> None:
    refused = Says(403, {"error": "This needs another right."})
    there.stub.answer = lambda asked: refused  # type: ignore[method-assign]
    there.listen()
    there.account.refresh_from_db()
    assert there.account.deaf
    assert there.account.paused_until is None
    assert there.account.trouble == "" or there.kind.slug == "telegram"  # there 403 is the end
    asked = len(there.stub.asked)
    there.listen(at=NOON + timedelta(minutes=20))
    assert len(there.stub.asked) == asked  # left alone for a while


def test_the_older_a_post_the_more_seldom_anybody_asks(there: There) -> None:
    gaps, at = [], SOON
    while at < NOON + timedelta(days=2):
        there.listen(at=at)
        row = Delivery.objects.get()
        assert row.ask_at is not None
        gaps.append(row.ask_at - at)
        at = row.ask_at
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0] * 3
    assert not Delivery.objects.to_hear(at=NOON + timedelta(days=31)).exists()


@pytest.fixture
def masto(cast: Cast, owner: Officer, mastodon: MastodonStub) -> There:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    return There(KINDS[0], mastodon, account, cast)


def test_words_are_cleaned_and_what_is_for_us_alone_is_not_taken(masto: There) -> None:
    masto.answered("Is she <b>yours</b>?<br><script>alert(1)</script>Call&nbsp;&amp; ask.\u202e")
    masto.listen()
    [kept] = Reply.objects.all()
    assert kept.words == "Is she yours?\nCall & ask."


def test_a_post_that_somebody_took_away_there_is_said(masto: There) -> None:
    masto.answered("Is she yours?")
    masto.listen()
    masto.stub.posts.clear()
    masto.listen(at=MORNING)
    row = Delivery.objects.get()
    assert (row.says, row.ask_at) == ("Somebody took it away there.", None)
    assert not Reply.objects.exists()


def test_what_is_not_asked_about_any_more_is_forgotten(masto: There) -> None:
    masto.answered("Is she yours?")
    masto.listen()
    actions.forget(by=system(), at=NOON + timedelta(days=29))
    assert Reply.objects.exists()
    actions.forget(by=system(), at=NOON + timedelta(days=31))
    assert not Reply.objects.exists()


def test_a_round_has_a_budget_of_calls(masto: There) -> None:
    for number in range(30):
        say(masto.cast, f"Puppy {number} found.")
    work()
    before = len(masto.stub.asked)
    masto.listen()
    assert len(masto.stub.asked) - before <= BUDGET
    left = Delivery.objects.to_hear(at=SOON).count()
    assert 0 < left < 31
    masto.listen()
    masto.listen()
    assert not Delivery.objects.to_hear(at=SOON).exists()


def test_the_last_calls_of_an_hour_are_kept_for_what_we_say(masto: There) -> None:
    told = {"quota_left": 5, "quota_resets_at": SOON + timedelta(minutes=5)}
    Account.objects.update(**told)
    before = len(masto.stub.asked)
    masto.listen()
    assert len(masto.stub.asked) == before
    masto.listen(at=SOON + timedelta(minutes=6))
    assert len(masto.stub.asked) > before


def test_a_withdrawn_post_is_not_asked_about(masto: There) -> None:
    publishing.withdraw(by=masto.cast.sergeant, at=NOON, post=masto.post, reason="Wrong place.")
    work()
    before = len(masto.stub.asked)
    masto.listen(at=MORNING)
    assert len(masto.stub.asked) == before


def test_a_key_that_ended_is_an_alarm_when_answers_are_asked_for(masto: There) -> None:
    actions.reconnect(
        by=masto.cast.comms, at=NOON, account=masto.account, secrets={"token": "wrong"},
        fact=Fact(masto.account.handle),
    )  # fmt: skip
    masto.listen()
    assert "has signed us out" in Alarm.objects.get(over_at=None).says


@pytest.fixture
def on_x(cast: Cast, owner: Officer) -> Iterator[There]:
    with serving(XStub()) as stub:
        account = opened(cast, owner, "x", stub.url, KEYS, cap=Decimal("0.03"))
        yield There(KINDS[2], stub, account, cast)


def test_what_is_read_on_x_costs_and_the_cap_holds(on_x: There) -> None:
    on_x.answered("Is she yours?")
    on_x.listen()
    # A post of ours, and a new answer; before them the post itself.
    assert Spent.objects.get().dollars == Decimal("0.0200")
    on_x.listen(at=MORNING)
    on_x.account.refresh_from_db()
    assert "This month's cap of $0.03 is reached" in on_x.account.deaf
    assert Spent.objects.get().dollars <= Decimal("0.03")


def test_a_beginning_that_x_has_forgotten_is_no_end(on_x: There) -> None:
    on_x.answered("Is she yours?")
    Account.objects.update(cursor="1")
    on_x.listen()
    assert Reply.objects.exists()


def test_followers_on_our_own_server_are_counted_and_shown(cast: Cast, owner: Officer) -> None:
    fediverse.open_account(by=cast.comms, at=NOON, kind="force", key="", name="police")
    jobs.count_day(at=NOON)
    jobs.count_day(at=NOON + timedelta(days=1))
    assert [(row.actor, row.followers) for row in Day.objects.all()] == [("police", 0)] * 2
    jobs.count_day(at=clock.now())
    page = signed_in(owner).get("/desk/channels/").content.decode()
    assert '<th scope="row">@police@127.0.0.1:8000</th>' in page
    assert "0 followers" in page


def test_the_account_says_how_many_follow_it_as_a_line_and_a_table(masto: There) -> None:
    for number, followers in enumerate((10, 12, 41)):
        day = clock.now().date() - timedelta(days=2 - number)
        Day.objects.create(account=masto.account, day=day, followers=followers)
    where = f"/desk/channels/{masto.account.pk}/"
    page = signed_in(masto.cast.comms).get(where).content.decode()
    assert "<polyline" in page
    assert "<td>41</td>" in page
