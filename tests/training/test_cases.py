"""The practice cases: each can be passed, its slips cannot; tries without limit; one's own way."""

import tomllib
from pathlib import Path

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.governance.policy import Policy
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer
from hue.training import actions, cases, queries
from hue.training.cases import CASES
from hue.training.marking import mark
from hue.training.models import Answer
from tests.cast import NOON, Cast

WRITTEN = {
    told["slug"]: told
    for told in tomllib.loads(Path(cases.FILE).read_text(encoding="utf-8"))["case"]
}
SLIPS = [(slug, slip) for slug, told in WRITTEN.items() for slip in told["slips"]]
GOOD = [(slug, told["good"]) for slug, told in WRITTEN.items() if told.get("good")]


def pass_all(officer: Officer) -> None:
    for slug, case in CASES.items():
        silent = case.silence
        actions.answer_case(by=officer, at=NOON, case=slug, words=case.good, silent=silent)


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


def test_there_are_twelve() -> None:
    assert len(CASES) == 12
    assert len(SLIPS) == 24


@pytest.mark.parametrize(("slug", "words"), GOOD, ids=[slug for slug, _ in GOOD])
def test_the_example_of_a_case_passes(slug: str, words: str) -> None:
    said = mark(CASES[slug], words, at=NOON, rules=Policy())
    assert said.passed, (said.findings, said.lacks)
    assert not said.findings


@pytest.mark.parametrize(("slug", "words"), SLIPS)
def test_a_slip_does_not_pass(slug: str, words: str) -> None:
    assert not mark(CASES[slug], words, at=NOON, rules=Policy()).passed


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_every_case_can_be_passed_and_silence_is_judged(case: cases.Case) -> None:
    assert case.good or case.silence
    silence = mark(case, "", at=NOON, rules=Policy())
    assert silence.passed == case.silence
    assert silence.lacks == ([] if case.silence else [case.silence_says])


def test_the_guard_knows_what_the_case_says(cast: Cast) -> None:
    """The same words with nothing known of the case are not stopped."""
    words = "Darren Pike, 34, was arrested after a break-in in Kings Norton."
    known = mark(CASES["arrest-yesterday"], words, at=NOON, rules=Policy())
    assert "PUB-2" in {finding.rule for finding in known.findings}
    other = mark(CASES["rumour"], words, at=NOON, rules=Policy())
    assert "PUB-2" not in {finding.rule for finding in other.findings}


def test_an_answer_is_marked_as_the_compose_box_does_and_kept(desk: Client, cast: Cast) -> None:
    words = "Found outside 14 Pershore Road, Cotteridge. Call 101."
    desk.post("/desk/training/cases/found-dog/", {"words": words})
    answer = Answer.objects.get()
    assert (answer.passed, answer.rules) == (False, ["DATA.address"])
    page = desk.get("/desk/training/cases/found-dog/").content.decode()
    assert '<mark class="mark-stop">14 Pershore Road</mark>' in page
    assert "Not passed yet" in page
    assert CASES["found-dog"].about not in page, "the example comes when it is passed"
    assert f">{words}</textarea>" in page, "one goes on from one's words"


def test_what_a_good_answer_lacks_is_said(desk: Client) -> None:
    desk.post("/desk/training/cases/missing-child-found/", {"words": "Jodie Marsh is safe."})
    page = desk.get("/desk/training/cases/missing-child-found/").content.decode()
    assert "Thank those who looked." in page
    assert "Now it is hers again" in page


def test_tried_again_until_it_passes_and_stays_passed(desk: Client, cast: Cast) -> None:
    address = "/desk/training/cases/found-dog/"
    for _ in range(3):
        desk.post(address, {"words": "A dog."})
    assert CASES["found-dog"].about in desk.get(address).content.decode(), "after three tries"
    desk.post(address, {"words": CASES["found-dog"].good})
    assert "Passed." in desk.get(address).content.decode()
    desk.post(address, {"words": "A dog."})
    assert queries.progress(cast.officer) == (1, 12)
    assert "<b>1 of 12</b> passed" in desk.get("/desk/training/").content.decode()


def test_saying_nothing_is_an_answer(desk: Client, cast: Cast) -> None:
    told = {"words": "I had typed something.", "silent": "yes"}
    desk.post("/desk/training/cases/live-operation/", told)
    desk.post("/desk/training/cases/rumour/", told)
    assert queries.passed_by(cast.officer) == {"live-operation"}
    assert not Answer.objects.exclude(words="").exists()
    page = desk.get("/desk/training/cases/rumour/").content.decode()
    assert CASES["rumour"].silence_says in page


def test_no_words_too_many_and_no_such_case_are_said_in_words(desk: Client, cast: Cast) -> None:
    address = "/desk/training/cases/found-dog/"
    empty = desk.post(address, {"words": " "})
    assert empty.status_code == 409
    assert "choose that nothing is said" in empty.content.decode()
    long = desk.post(address, {"words": "a" * 1003})
    assert "3 characters too long" in long.content.decode()
    assert "a" * 1003 in long.content.decode(), "what was typed is kept"
    assert desk.get("/desk/training/cases/none/").status_code == 404
    assert not Answer.objects.exists()
    with pytest.raises(Refused, match="no such practice case"):
        actions.answer_case(by=cast.officer, at=NOON, case="none", words="A dog.")
    with pytest.raises(Refused, match="may not write posts"):
        actions.answer_case(by=cast.stranger, at=NOON, case="found-dog", words="A dog.")


def test_the_record_says_that_it_was_answered_and_not_how_well(cast: Cast) -> None:
    actions.answer_case(by=cast.officer, at=clock.now(), case="found-dog", words="A dog.")
    entry = Entry.objects.get(kind="case.answered")
    assert read_aloud(entry) == ("PCSO Amina answered the practice case “A dog without an owner”.")
