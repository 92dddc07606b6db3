"""What a caller of the guard may rely on."""

from dataclasses import fields, replace

import pytest

from hue.guard import check, plain
from hue.guard.check import Guard
from hue.guard.draft import Draft
from hue.guard.finding import Finding, Severity
from hue.guard.policy import Policy
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND
from hue.guard.rules import RULES

ARREST = {
    "incident": {"proceedings": [{"person": "p1", "state": "arrested", "at": "2026-11-20T09:00Z"}]},
    "persons": [{"id": "p1", "name": "Kieran Holloway", "role": "suspect", "age": 34}],
}


def _findings(text: str, **context: object) -> tuple[Finding, ...]:
    return check.check(plain.draft(text, context)).findings


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("Ring 07700 900123 now", "07700 900123"),
        ("Ring 0\u200b7700 900\u200d123 now", "0\u200b7700 900\u200d123"),
        ("Ring oh seven seven double oh nine double oh one two three now", None),
        ("Ring ０７７００ ９００１２３ now", "０７７００ ９００１２３"),
        ("Café: ring 07700 900123 now", "07700 900123"),
        ("ﬁre: ring 07700 900123 now", "07700 900123"),
        ("🚔🚔 ring 07700 900123 now", "07700 900123"),
    ],
)
def test_the_span_is_the_stretch_of_what_was_written(text: str, faulty: str | None) -> None:
    faulty = faulty or text.removeprefix("Ring ").removesuffix(" now")
    (finding,) = _findings(text)
    assert finding.rule == "DATA.phone"
    assert text[finding.start : finding.end] == faulty


@pytest.mark.parametrize("field", ["alt_texts", "captions", "file_names", "poll_options"])
def test_words_beside_the_text_are_read_too(field: str) -> None:
    (finding,) = _findings("Our day.", **{field: ["A dog", "ring 07700 900123"]})
    assert finding.field == f"{field}.1"
    assert (finding.start, finding.end) == (5, 17)


def test_a_mend_stands_where_the_fault_stood() -> None:
    text = "Burglary in B29 6BD last night."
    (finding,) = _findings(text)
    mended = text[: finding.start] + (finding.mend or "") + text[finding.end :]
    assert mended == "Burglary in B29 last night."
    assert _findings(mended) == ()


def test_a_rule_that_fails_sends_the_post_to_a_second_person_and_raises_an_alarm() -> None:
    def fails(reading: Reading) -> list[object]:
        raise ZeroDivisionError("nought")

    broken = replace(RULES[0], find=fails, when=None, signs=frozenset(), phrases="")  # type: ignore[arg-type]
    verdict = Guard(Policy(), [broken, *RULES[1:]]).check(plain.draft("A quiet night.", {}))
    assert verdict.worst is Severity.SECOND
    (finding,) = verdict.findings
    assert broken.id in finding.wrong
    (alarm,) = verdict.broken
    assert (alarm.rule, alarm.error) == (broken.id, "ZeroDivisionError: nought")


def test_the_question_whether_a_rule_applies_may_fail_too() -> None:
    broken = replace(RULES[0], when=lambda reading: 1 // 0 > 0, signs=frozenset(), phrases="")
    verdict = Guard(Policy(), [broken]).check(plain.draft("A quiet night.", {}))
    assert verdict.worst is Severity.SECOND


def test_a_stop_names_who_may_override_it() -> None:
    finding = _findings("Kieran Holloway is in custody.", **ARREST)[0]
    assert finding.severity is Severity.STOP
    assert set(finding.may_override) == {"senior_investigating_officer", "gold"}


def test_two_rules_on_the_same_words_are_both_said() -> None:
    """Or the roles that may override one would let the other through."""
    child = {**ARREST, "persons": [{**ARREST["persons"][0], "age": 15}]}  # type: ignore[dict-item]
    rules = {finding.rule for finding in _findings("Kieran Holloway is in custody.", **child)}
    assert {"PUB-2", "LAW-3"} <= rules


def test_a_clean_post_has_no_findings() -> None:
    verdict = check.check(plain.draft("The A38 is open again. Thank you for waiting.", {}))
    assert verdict.findings == ()
    assert verdict.worst is None
    assert verdict.broken == ()


def test_a_force_can_switch_a_rule_off() -> None:
    policy = Policy(switched_off=frozenset({"TONE.boilerplate"}))
    draft = plain.draft("Moving forward, a robust response.", {})
    assert check.check(draft).findings
    assert check.check(draft, policy).findings == ()


def test_a_force_takes_a_rule_more_strictly_and_says_who_lets_it_pass() -> None:
    policy = Policy(severities=(("TONE.boilerplate", "stop"),))
    found = check.check(plain.draft("Moving forward, a robust response.", {}), policy).findings
    assert {(one.severity, one.may_override) for one in found} == {(Severity.STOP, COMMAND)}


@pytest.mark.parametrize("rule", ["DATA.phone", "LAW-1.guilt", "LAW-4", "LAW-6"])
def test_no_policy_makes_less_of_the_law_or_of_peoples_data(rule: str) -> None:
    looser = Policy(severities=((rule, "advice"),), switched_off=frozenset({rule}))
    (same,) = next(one for one in RULES if one.id == rule).under(looser)
    assert same.severity is Severity.STOP


def test_what_a_policy_calls_unverified_is_told_so() -> None:
    draft = plain.draft("Ring 07700 900123", {})
    assert check.check(draft).findings[0].verified
    doubtful = Policy(unverified=frozenset({"DATA.phone"}))
    assert not check.check(draft, doubtful).findings[0].verified


def test_what_is_unverified_exists() -> None:
    names = {rule.id for rule in RULES} | {one.name for one in fields(Policy)}
    assert Policy().unverified <= names


def test_a_force_brings_its_own_words() -> None:
    policy = Policy(boilerplate=("moving forward(s)",))
    draft = plain.draft("Moving forwards, a robust response.", {})
    (finding,) = check.check(draft, policy).findings
    assert draft.text[finding.start : finding.end] == "Moving forwards"


def test_bad_data_is_refused_with_what_was_expected() -> None:
    for context, says in (
        ({"colour": "red"}, "no field “colour”"),
        ({"persons": [{"name": "X"}]}, "persons.0 lacks “id”"),
        ({"persons": {"id": "p1"}}, "should be a list"),
        ({"persons": [{"id": "p1", "age": "old"}]}, "should be a whole number"),
        ({"at": "2026-11-21T12:00"}, "a time with its zone"),
        ({"at": "soon"}, "a time with its zone"),
        ({"incident": "burglary"}, "an object with named fields"),
        ({"election_period": 1}, "true or false"),
    ):
        with pytest.raises(plain.BadDraft, match=says):
            plain.draft("x", context)


def test_a_draft_from_code_is_the_same_as_one_from_data() -> None:
    assert plain.draft("Hello", {}) == Draft("Hello", at=plain.NOON)


@pytest.mark.parametrize("kind", [*plain.PARTS, Draft])
def test_what_nobody_said_is_not_so(kind: type) -> None:
    """No consent, no waiver, no override, nobody obscured, unless the desk says it."""
    yes_or_no = [one for one in fields(kind) if one.type is bool]
    assert all(one.default is False for one in yes_or_no)
