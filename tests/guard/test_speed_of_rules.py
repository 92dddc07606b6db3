"""Ten times the words cost about ten times the time, whatever they are: nobody holds up the guard.

Read from the processor's clock, which does not run while other work is done.
"""

from collections.abc import Iterator
from time import process_time

import pytest

from hue.guard import plain
from hue.guard.check import Guard
from hue.guard.policy import Policy
from hue.guard.rule import Example, Rule, examples
from hue.guard.rules import RULES

SHORT, LONG = 500, 5_000  # characters
QUICK = 0.05  # seconds for a long text: below it nothing is compared
HOSTILE = ("a mob ", "a gang ", "crew of ", "Kev, ", "Sam? ", "Danny, 34 ", "O'")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_what_is_repeated_in_time(rule: Rule) -> None:
    guard = Guard(Policy(), [rule])
    for example, fragment in _fragments(rule):
        took = _took(guard, example, fragment, LONG)
        if took > QUICK:
            took = min(took, _took(guard, example, fragment, LONG))
            short = min(_took(guard, example, fragment, SHORT) for _ in range(3))
            assert took < max(QUICK, 20 * short), f"{fragment!r} took {took:.2f} s"


def _fragments(rule: Rule) -> Iterator[tuple[Example, str]]:
    """Two words at a time of what it catches, and what has been slow before."""
    caught = list(examples(rule.caught))
    for example in caught:
        words = example.text.split()
        yield from ((example, " ".join(words[at : at + 2]) + " ") for at in range(0, len(words), 2))
    yield from ((example, fragment) for example in (caught[0], caught[-1]) for fragment in HOSTILE)


def _took(guard: Guard, example: Example, fragment: str, size: int) -> float:
    """Said around what the rule catches, so that the case is one that it speaks about."""
    text = f"{example.text} {fragment * size}"[:size]
    draft, start = plain.draft(text, example.context), process_time()
    guard.check(draft)
    return process_time() - start
