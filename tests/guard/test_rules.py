"""Every rule catches what its own file says it catches, and lets the rest through."""

import re
from collections.abc import Iterator

import pytest

from hue.guard import plain
from hue.guard.check import Guard
from hue.guard.phrases import beginnings, found
from hue.guard.policy import Policy
from hue.guard.reading import Reading
from hue.guard.rule import FAMILIES, Example, Rule, examples
from hue.guard.rules import RULES

LISTS = {rule.phrases: getattr(Policy(), rule.phrases) for rule in RULES if rule.phrases}


def _cases() -> Iterator[object]:
    for rule in RULES:
        for wanted, given in ((True, rule.caught), (False, rule.let_through)):
            for number, example in enumerate(examples(given)):
                name = f"{rule.id} {'catches' if wanted else 'lets through'} {number + 1}"
                yield pytest.param(rule, example, wanted, id=name)


@pytest.mark.parametrize(("rule", "example", "wanted"), [*_cases()])
def test_a_rule_does_what_its_examples_say(rule: Rule, example: Example, wanted: bool) -> None:
    verdict = Guard(Policy(), [rule]).check(plain.draft(example.text, example.context))
    assert not verdict.broken
    assert bool(verdict.findings) == wanted, example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_can_be_read_by_itself(rule: Rule) -> None:
    assert len(rule.caught) >= 5
    assert len(rule.let_through) >= 5
    assert rule.family in FAMILIES
    for sentence in (rule.wrong, rule.right):
        assert sentence[-1] in ".”", sentence
        assert sentence[0].isupper() or sentence[0] == "“"
    assert rule.source


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("name", LISTS)
def test_each_phrase_of_a_list_is_found(name: str) -> None:
    begins = beginnings(Policy(), name)
    for phrase in LISTS[name]:
        for written in _written(phrase):
            text = Reading(plain.draft(f"So, {written}.", {}), Policy()).text
            assert [*found(begins, text.starts, text.lower)], written


def _written(phrase: str) -> Iterator[str]:
    """The phrase with every first choice, with every last, with and without its ending."""
    for choose in (0, -1):
        chosen = re.sub(r"\{([^}]*)\}", lambda m, at=choose: m[1].split("|")[at], phrase)
        chosen = chosen.replace(" ... ", " some words ")
        yield re.sub(r"\(([^)]*)\)", r"\1", chosen)
        yield re.sub(r"\([^)]*\)", "", chosen)
