"""Risk to life, threats, questions and eyewitnesses, by what is written; never by who is meant."""

import pytest

from tests.listening.engine.posts import engine, post


@pytest.mark.parametrize(
    ("text", "risks"),
    [
        ("Someone has been stabbed outside the station", ("risk to life",)),
        ("family trapped in the flat above the burning shop!!", ("risk to life",)),
        ("everyone meet at the clock at 8, bring bricks", ("threat",)),
        ("I will kill you", ("threat",)),
        ("Т\u200brаpped inside thе shop", ("risk to life",)),  # Cyrillic, and a space nobody sees
    ],
)
def test_a_risk_is_named(text: str, risks: tuple[str, ...]) -> None:
    assert engine().take(post("1", text)).risks == risks


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was stabbed, stop it",
        "watching a film about a gunman",
        "that photobomb made my day",
        "two minutes to kill the time",
        "That explosion of colour in the park",
        "I am a gay man and I love my street",
        "Muslims and Sikhs stood together outside the shops",
        "We are Black women and we are proud",
        "Disabled people live here too",
    ],
)
def test_a_figure_of_speech_or_a_group_of_people_is_no_risk(text: str) -> None:
    assert engine().take(post("1", text)).risks == ()


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("Is it true that the zoo is open?", True),
        ("can anyone confirm the fire in town", True),
        ("apparently they shut the bridge", True),
        ("The bridge is shut", False),
    ],
)
def test_a_question_is_told_from_a_statement(text: str, is_question: bool) -> None:
    assert bool(engine().take(post("1", text)).questions) is is_question


def test_an_eyewitness_is_told_by_the_words() -> None:
    assert engine().take(post("1", "I can see smoke from my window")).eyewitness == "i can see"
    assert not engine().take(post("2", "Smoke is seen over town")).eyewitness
