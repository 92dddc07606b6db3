"""A rumour is entered, decided by a named person, and stands in public with its answer."""

import json
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.lib import clock, signing
from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Rumour, Verdict
from hue.listening.queries import rumours as queries
from hue.people.access import Refused
from hue.states.moving import EditedMeanwhile
from tests.cast import NOON, Cast
from tests.listening.told import CLAIM, FACT, QUESTION, decided, elsewhere, entered, public


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def desk(cast: Cast, client: Client, noon: None) -> Client:
    client.force_login(cast.sergeant)
    return client


def test_a_rumour_goes_from_the_desk_to_its_public_page(desk: Client, cast: Cast) -> None:
    sent = {
        "claim": CLAIM,
        "question": QUESTION,
        "source": "facebook",
        "place": cast.kings_heath.pk,
        "count": 3,
        "harm": "high",
        "kind": "mis",
        "subject": "other",
        "owner": cast.officer.pk,
    }
    assert desk.post("/desk/rumours/new/", sent).status_code == 302
    rumour = Rumour.objects.get()
    assert (rumour.state, rumour.owner, rumour.place) == (
        "unverified",
        cast.officer,
        "Kings Heath",
    )
    assert QUESTION in desk.get("/desk/queues/rumours/").content.decode()
    answered = {
        "verdict": "false",
        "says": FACT,
        "looked_at": "The fire service's log.",
        "rationale": "One call, for a bin.",
        "next_check_at": "2026-07-10T12:00",
        "show": "on",
        "seen": 1,
        "model_information": "Control's log",
    }
    assert desk.post(f"/desk/rumours/{rumour.pk}/decide/", answered).status_code == 302
    verdict = Verdict.objects.get()
    assert verdict.by == cast.sergeant
    assert verdict.decision_model == {"information": "Control's log"}
    page = public(f"rumours/{rumour.pk}.html")
    assert f"<h1>{QUESTION}</h1>" in page
    assert re.search(rf'<p class="lead">No. {FACT}', page)
    assert CLAIM in page
    assert "We look again by" in page
    assert "One call, for a bin." not in page
    assert QUESTION in public("rumours.html")


def test_nothing_is_public_before_somebody_decides_that(cast: Cast) -> None:
    rumour = entered(cast)
    assert not public(f"rumours/{rumour.pk}.html")
    actions.show(by=cast.sergeant, at=NOON, rumour=rumour, seen=1)
    assert "We do not know yet." in public(f"rumours/{rumour.pk}.html")
    assert QUESTION in public("rumours.html")


def test_an_officer_enters_and_does_not_decide(cast: Cast) -> None:
    rumour = entered(cast)
    with pytest.raises(Refused, match="decide what the force says"):
        decided(cast, rumour, by=cast.officer)
    with pytest.raises(Refused):
        entered(cast, by=cast.stranger)
    cast.officer.practice = True
    with pytest.raises(Refused, match="practise"):
        entered(cast)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"question": "Shops are on fire"}, "end it with"),
        ({"claim": " "}, "in the words that people use"),
    ],
)
def test_an_entry_says_what_it_lacks(cast: Cast, change: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        entered(cast, **change)


@pytest.mark.parametrize(
    "words",
    [
        "It is not true that shops are on fire.",
        "The rumour that shops burn is wrong.",
        "People are saying that shops burn, and they do not.",
        "There is no truth in this.",
    ],
)
def test_the_fact_stands_before_the_claim(cast: Cast, words: str) -> None:
    with pytest.raises(Refused, match="fact first"):
        decided(cast, entered(cast), says=words)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"looked_at": ""}, "what was looked at"),
        ({"rationale": ""}, "why you decide"),
        ({"next_check_at": NOON}, "in the past"),
    ],
)
def test_a_verdict_says_what_it_lacks(cast: Cast, change: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        decided(cast, entered(cast), **change)


def test_the_guard_reads_what_is_shown_in_public(cast: Cast) -> None:
    rumour = entered(cast, claim="Darren Pike, 14, of 3 Pershore Road did it", question="Who?")
    with pytest.raises(Refused):
        decided(cast, rumour)
    assert not Verdict.objects.exists()
    with pytest.raises(Refused):
        actions.show(by=cast.sergeant, at=NOON, rumour=rumour, seen=1)


def test_a_changed_verdict_says_why_and_shows_its_history(cast: Cast) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    later = {"at": NOON + timedelta(hours=2), "verdict": "partly", "says": "One shop burned."}
    with pytest.raises(Refused, match="say why, for everybody"):
        decided(cast, rumour, **later)
    decided(cast, rumour, **later, changed_because="The fire service corrected its log.")
    page = public(f"rumours/{rumour.pk}.html")
    assert '<p class="lead">Partly. One shop burned.' in page
    before = page.split("What we said before")[1]
    assert FACT in before
    assert "The fire service corrected its log." in before
    assert FACT in public("rumours/changed.html")
    old, new = Verdict.objects.order_by("pk")
    assert (old.state, new.state) == ("replaced", "in_force")


def test_what_is_open_again_says_so_and_keeps_the_older_answer(cast: Cast) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    rumour.refresh_from_db()
    again = NOON + timedelta(hours=1)
    actions.reopen(
        by=cast.sergeant, at=again, rumour=rumour, seen=rumour.version, why="A film came up."
    )
    page = public(f"rumours/{rumour.pk}.html")
    assert '<p class="lead">We do not know yet.' in page
    assert "A film came up." in page
    assert FACT in page.split("What we said before")[1]


def test_about_the_force_it_takes_a_second_decider_of_another_unit(cast: Cast) -> None:
    rumour = entered(cast, subject="force", question="Did officers leave the high street?")
    verdict = decided(cast, rumour)
    assert verdict.state == "proposed"
    rumour.refresh_from_db()
    assert rumour.state == "unverified"
    for who, why in ((cast.sergeant, "their own verdict"), (cast.colleague, "another unit")):
        with pytest.raises(Refused, match=why):
            actions.second(by=who, at=NOON, verdict=verdict, agrees=True, says="Right.")
    other = elsewhere(cast, cast.colleague)
    with pytest.raises(Refused, match="first"):
        decided(cast, rumour)
    actions.second(by=other, at=NOON, verdict=verdict, agrees=True, says="The log says so.")
    rumour.refresh_from_db()
    assert rumour.state == "false"
    assert FACT in public(f"rumours/{rumour.pk}.html")


def test_the_second_decider_may_disagree(cast: Cast) -> None:
    rumour = entered(cast, subject="force", question="Did officers leave the high street?")
    verdict = decided(cast, rumour)
    other = elsewhere(cast, cast.colleague)
    actions.second(by=other, at=NOON, verdict=verdict, agrees=False, says="Nobody asked them.")
    verdict.refresh_from_db()
    rumour.refresh_from_db()
    assert (verdict.state, rumour.state) == ("refused", "unverified")
    assert decided(cast, rumour).state == "proposed"


def test_a_death_gets_no_verdict_before_the_investigation(cast: Cast) -> None:
    rumour = entered(cast, subject="iopc", question="Did the police cause the crash?")
    with pytest.raises(Refused, match="independent investigation"):
        decided(cast, rumour)


def test_two_people_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    rumour = entered(cast)
    actions.amend(by=cast.officer, at=NOON, rumour=rumour, seen=1, harm="life")
    with pytest.raises(EditedMeanwhile):
        actions.amend(by=cast.comms, at=NOON, rumour=rumour, seen=1, harm="low")


def test_sightings_add_up_by_source_and_hour(cast: Cast) -> None:
    rumour = entered(cast)
    for minutes, source, count in ((10, "facebook", 6), (70, "whatsapp", 30)):
        at = NOON + timedelta(minutes=minutes)
        actions.see(by=cast.officer, at=at, rumour=rumour, glimpse=Glimpse(source, count=count))
    where = [(one["source"], one["n"]) for one in queries.where_seen(rumour)]
    assert where == [("whatsapp", 30), ("facebook", 20)]
    grown = queries.growth(rumour, at=NOON + timedelta(minutes=80))
    assert grown == {"all": 50, "day": 50, "now": 30, "before": 20}


def test_machines_read_the_answer_too(cast: Cast) -> None:
    rumour = entered(cast, claim="they say </script> burns")
    decided(cast, rumour)
    page = public(f"rumours/{rumour.pk}.html")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    review = json.loads(found[1])
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "they say </script> burns"
    assert review["reviewRating"]["ratingValue"] == 1
    for kind in ("rss", "atom"):
        feed = feedparser.parse(public(f"rumours/feed.{kind}"))
        assert not feed.bozo
        assert feed.entries[0].title == QUESTION
    embedded = json.loads(public(f"oembed/rumours/{rumour.pk}.json"))
    assert FACT in embedded["html"]
    signed = embedded["hue"]
    pem = signing.public_pem()
    assert signing.verifies(signed["signed"].encode(), signed["signature"], pem=pem)


def test_every_change_is_recorded_and_the_reasons_can_be_shredded(cast: Cast) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    kinds = list(Entry.objects.filter(subject=f"rumour:{rumour.pk}").values_list("kind", flat=True))
    assert kinds == ["rumour.entered", "rumour.seen", "rumour.decided"]
    assert "Control has one call" in queries.story(rumour, opened=True)[-1]["sentence"]
    assert "Control has one call" not in queries.story(rumour, opened=False)[-1]["sentence"]


def test_every_screen_opens(desk: Client, cast: Cast) -> None:
    rumour = entered(cast, subject="force")
    decided(cast, rumour, by=elsewhere(cast, cast.colleague))
    for path in ("", "new/", f"{rumour.pk}/", f"{rumour.pk}/change/", f"{rumour.pk}/decide/"):
        assert desk.get(f"/desk/rumours/{path}").status_code == 200, path


def test_a_first_verdict_is_not_asked_why_it_changed(desk: Client, cast: Cast) -> None:
    rumour = entered(cast)
    address = f"/desk/rumours/{rumour.pk}/decide/"
    assert "If this changes an answer" not in desk.get(address).content.decode()
    decided(cast, rumour)
    assert "If this changes an answer" in desk.get(address).content.decode()


def test_an_item_opened_by_its_address_stands_beside_the_queue_in_which_it_waits(
    desk: Client, cast: Cast
) -> None:
    rumour = entered(cast)
    page = desk.get(f"/desk/rumours/{rumour.pk}/").content.decode()
    assert '<h1>Rumours <span class="soft" id="list-count">1</span></h1>' in page
    assert '<a href="/desk/queues/rumours/">' in page.split('class="back"')[1]
