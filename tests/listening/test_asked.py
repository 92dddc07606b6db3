"""“Is it true?”: anybody asks and doubts, without JavaScript, and nobody floods the desk."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from hue.lib import clock
from hue.listening.access import rumours as access
from hue.listening.actions import rumours as actions
from hue.listening.models import Asked, Challenge, Rumour
from hue.listening.queries import asked as queries
from hue.pages.embedding import file_for
from hue.people.access import Refused
from hue.people.queries import system
from tests.cast import NOON, Cast
from tests.listening.told import FACT, QUESTION, decided, entered, public

PASTED = "OMG guys they're burning all the shops on the high street!! share!!"
LATER = NOON + timedelta(hours=25)


@pytest.fixture
def anybody(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return client


def test_a_pasted_message_finds_the_answer_without_javascript(anybody: Client, cast: Cast) -> None:
    rumour = entered(cast)
    assert FACT not in anybody.get("/ask/", {"q": PASTED}).content.decode()
    decided(cast, rumour)
    page = anybody.get("/ask/", {"q": PASTED}).content.decode()
    assert QUESTION in page
    assert FACT in page
    other = anybody.get("/ask/", {"q": "Is the library open on Sunday?"}).content.decode()
    assert "Nothing like it is answered" in other


def test_the_index_for_the_browser_is_small_and_holds_the_words_that_count(cast: Cast) -> None:
    decided(cast, entered(cast))
    (told,) = json.loads(public("rumours/index.json"))
    assert told["q"] == QUESTION
    assert "burni shops high stree" in told["w"]
    assert len(public("rumours.html")) + len(public("rumours/index.json")) < 200_000


def test_what_nobody_answered_is_sent_to_the_desk_and_becomes_a_rumour(
    anybody: Client, cast: Cast
) -> None:
    sent = {"words": PASTED, "place": cast.kings_heath.pk}
    assert "Thank you" in anybody.post("/ask/", sent).content.decode()
    anybody.post("/ask/", sent)
    asked = Asked.objects.get()
    anybody.force_login(cast.sergeant)
    assert "burning all the shops" in anybody.get("/desk/queues/claims/").content.decode()
    assert anybody.get(f"/desk/rumours/asked/{asked.pk}/").status_code == 200
    assert PASTED[:8] in anybody.get(f"/desk/rumours/new/?asked={asked.pk}").content.decode()
    rumour = entered(cast)
    take = f"/desk/rumours/asked/{asked.pk}/take-up/"
    assert anybody.post(take, {"rumour": rumour.pk}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.rumour) == ("taken_up", rumour)
    assert rumour.sightings.filter(source="form").get().place == cast.kings_heath


def test_one_connection_cannot_flood_the_desk(anybody: Client, cast: Cast) -> None:
    for number in range(access.MOST_AN_ADDRESS):
        assert anybody.post("/ask/", {"words": f"claim {number}"}).status_code == 200
    answer = anybody.post("/ask/", {"words": "one more"})
    assert answer.status_code == 429
    assert "one more" in answer.content.decode()
    assert Asked.objects.count() == access.MOST_AN_ADDRESS
    assert anybody.post("/ask/", {"words": "x"}, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_all_together_cannot_either(
    anybody: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_AN_HOUR", 3)
    for number in range(4):
        answer = anybody.post("/ask/", {"words": f"{number}"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert answer.status_code == 429
    assert Asked.objects.count() == 3


def test_what_a_machine_fills_in_is_thanked_and_forgotten(anybody: Client, cast: Cast) -> None:
    sent = {"words": "buy now", "website": "http://spam.example"}
    assert anybody.post("/ask/", sent).status_code == 200
    assert not Asked.objects.exists()


def test_from_where_it_came_is_forgotten_after_a_day(anybody: Client, cast: Cast) -> None:
    anybody.post("/ask/", {"words": PASTED})
    kept = Asked.objects.get().source
    assert kept
    assert "127.0.0.1" not in kept
    actions.forget_sources(by=system(), at=LATER)
    assert Asked.objects.get().source == ""


def test_an_empty_form_says_what_is_missing(anybody: Client, cast: Cast) -> None:
    answer = anybody.post("/ask/", {"words": " "})
    assert answer.status_code == 422
    assert "Paste or write what you have seen." in answer.content.decode()


def doubted(anybody: Client, rumour: Rumour) -> Challenge:
    words = {"words": "I stood there and saw two fires."}
    assert anybody.post(f"/ask/{rumour.pk}/doubt/", words).status_code == 200
    return Challenge.objects.get()


def test_a_doubt_is_decided_by_somebody_else_and_opens_the_question(
    anybody: Client, cast: Cast
) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    challenge = doubted(anybody, rumour)
    anybody.force_login(cast.sergeant)
    assert (
        "You decided this answer"
        in anybody.get(f"/desk/rumours/doubts/{challenge.pk}/").content.decode()
    )
    with pytest.raises(Refused, match="You decided this answer"):
        actions.decide_challenge(
            by=cast.sergeant, at=NOON, challenge=challenge, upholds=False, because="No."
        )
    anybody.force_login(cast.colleague)
    told = {"upholds": "yes", "because": "A second call came in."}
    assert anybody.post(f"/desk/rumours/doubts/{challenge.pk}/decide/", told).status_code == 302
    page = public(f"rumours/{rumour.pk}.html")
    assert "We do not know yet." in page
    assert "They were right. A second call came in." in page
    assert "I stood there" not in page
    assert "A second call came in." in public("rumours/changed.html")


def test_an_answer_that_stands_says_that_somebody_looked_again(anybody: Client, cast: Cast) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    challenge = doubted(anybody, rumour)
    actions.decide_challenge(
        by=cast.colleague, at=NOON, challenge=challenge, upholds=False, because="One call only."
    )
    page = public(f"rumours/{rumour.pk}.html")
    assert "We looked again, and the answer stands. One call only." in page
    assert FACT in page


def test_nobody_doubts_what_is_not_public(anybody: Client, cast: Cast) -> None:
    assert anybody.get(f"/ask/{entered(cast).pk}/doubt/").status_code == 404


def test_words_are_cut_alike_here_and_in_the_browser() -> None:
    assert queries.tokens("Burning the SHOPS, café & 2 cars!") == ["burni", "shops", "cafe", "cars"]


def test_other_sites_embed_the_answer(cast: Cast) -> None:
    rumour = entered(cast)
    address = f"http://127.0.0.1:8000/rumours/{rumour.pk}/"
    assert file_for(address) == f"/oembed/rumours/{rumour.pk}.json"
