"""As they chose: at once or together, not at night, and no more than a household wants."""

from datetime import datetime, timedelta

from hue.channels.models import Copy, Delivery
from hue.incidents.kinds import KINDS
from hue.people.models import Neighbourhood
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.subscribers import actions, choices
from hue.subscribers.models import Subscriber
from tests.cast import NOON
from tests.subscribers.conftest import Town

JO = "jo@home.example"
NIGHT = NOON.replace(hour=22)  # 23:00 in Birmingham


def at_night(town: Town) -> None:
    draft = Draft("Puppy found at night.", neighbourhood=town.cast.kings_heath)
    publishing.compose(by=town.cast.officer, at=NIGHT, draft=draft)


def alert(town: Town, post: Post, *, at: datetime = NOON) -> None:
    publishing.send_alert(
        by=town.cast.sergeant,
        at=at,
        post=post,
        event="Gas leak",
        expires_at=at + timedelta(hours=3),
        instruction="Stay inside and close the windows.",
        category="Safety",
        urgency="Immediate",
        severity="Extreme",
        certainty="Observed",
        exercise=False,
    )


def test_every_kind_of_incident_has_a_topic() -> None:
    assert choices.TOPIC_OF.keys() == KINDS.keys()
    assert set(choices.TOPIC_OF.values()) <= choices.TOPICS.keys()


def test_a_post_reaches_who_chose_its_place_and_topic(town: Town) -> None:
    other = Neighbourhood.objects.create(
        unit=town.cast.unit, slug="northfield", name="Northfield", latitude=52.4, longitude=-1.9
    )
    town.reader("here@home.example")
    town.reader("there@home.example", neighbourhoods=["northfield"])
    town.reader("roads@home.example", topics=["roads"])
    town.reader("grave@home.example", level="danger")
    town.say()
    town.work()
    assert [to for to, _ in town.box.got] == ["here@home.example"]
    assert other.pk


def test_who_asks_after_a_post_does_not_get_it(town: Town) -> None:
    town.say()
    town.reader(JO)
    Subscriber.objects.update(confirmed_at=NOON + timedelta(seconds=1))
    town.work()
    assert town.box.got == []


def test_a_daily_summary_comes_at_their_hour_once(town: Town) -> None:
    town.reader(JO, pace="daily", hour="18")
    town.say("The first puppy.")
    town.say("The second puppy.")
    town.work()
    town.later(at=NOON + timedelta(hours=4))
    assert town.box.got == []
    for minutes in (0, 1, 30):
        town.later(at=NOON + timedelta(hours=6, minutes=minutes))  # 18:00 in Birmingham
    [letter] = town.box.to(JO)
    assert letter["Subject"] == "2 messages from Test today"
    body = letter.get_content()
    assert body.index("The first puppy.") < body.index("The second puppy.")
    assert set(Copy.objects.values_list("state", flat=True)) == {"sent"}


def test_at_night_it_waits_for_the_morning(town: Town) -> None:
    town.reader(JO, quiet="on")
    at_night(town)
    town.work(at=NIGHT)
    assert town.box.got == []
    town.later(at=NIGHT + timedelta(hours=7))
    assert town.box.got == []
    town.later(at=NIGHT + timedelta(hours=8))  # 7:00
    assert len(town.box.to(JO)) == 1


def test_danger_to_life_wakes_people_up(town: Town) -> None:
    town.reader(JO, quiet="on")
    town.reader("grave@home.example", level="danger", topics=["roads"])
    at_night(town)
    town.work(at=NIGHT)
    alert(town, Post.objects.get(), at=NIGHT)
    town.work(at=NIGHT)
    assert sorted(to for to, _ in town.box.got) == ["grave@home.example", JO]
    town.later(at=NIGHT + timedelta(days=1))
    assert len(town.box.got) == 2


def test_more_than_a_week_wants_waits_for_the_summary(town: Town) -> None:
    town.reader(JO, news_a_week="2")
    town.reader("watch@home.example", news_a_week="2")
    actions.mark_volunteer(by=town.cast.comms, at=NOON, via="email", address="watch@home.example")
    for number in range(4):
        town.say(f"Puppy number {number} found.")
        town.work()
    assert len(town.box.to(JO)) == 2
    assert "your week's number waits" in town.box.to(JO)[0].get_content()
    assert len(town.box.to("watch@home.example")) == 4  # they pass it on to others
    town.later(at=NOON + timedelta(hours=6))
    assert town.box.to(JO)[-1]["Subject"] == "2 messages from Test today"


def test_the_week_begins_anew(town: Town) -> None:
    town.reader(JO, news_a_week="1")
    town.say("One.")
    town.work()
    Copy.objects.update(since=NOON - timedelta(days=7, minutes=1))
    town.say("Two.")
    town.work()
    assert len(town.box.to(JO)) == 2


def test_where_somebody_else_reads_nothing_tells_who_or_what(town: Town) -> None:
    row = town.reader(JO, safe="on")
    assert row.safe
    town.say("Domestic abuse: where to find help.")
    town.work()
    [letter] = town.box.to(JO)
    assert letter["From"] == "Updates <hello@updates.example>"
    told = f"{letter['Subject']} {letter.get_content()}"
    for word in ("Domestic", "Police", "police", "abuse"):
        assert word not in told


def test_the_greeting_is_neutral_too(town: Town) -> None:
    town.ask(JO, safe="on")
    town.greet()
    [letter] = town.box.to(JO)
    assert letter["Subject"] == "Please confirm"
    assert letter["From"] == "Updates <hello@updates.example>"
    assert "Police" not in letter.get_content()


def test_a_demonstration_writes_to_nobody(town: Town) -> None:
    town.reader(JO)
    town.cast.force.__class__.objects.update(demonstration=True)
    town.say()
    town.work()
    town.ask("new@home.example")
    town.greet()
    assert town.box.got == []
    assert Delivery.objects.get().state == "due"
