"""What a rule is, and the few ways to write one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hue.guard.finding import Severity
from hue.guard.phrases import beginnings, found
from hue.guard.policy import Policy
from hue.guard.reading import Field, Reading

FIRM = frozenset({"proceedings", "personal_data"})  # families: contempt of court, people's data
COMMAND = ("senior_investigating_officer", "gold")
FAMILIES = {
    "naming": "Who may be named",
    "proceedings": "Active proceedings",
    "personal_data": "Personal data in the words",
    "operations": "Live operations",
    "victims_first": "Victims first",
    "tone": "Tone",
    "pictures": "Pictures",
    "elections": "Before elections",
}


@dataclass(frozen=True)
class Hit:
    """A place in the folded text of a field. The sentences are the rule's unless it says more."""

    field: Field
    start: int = 0
    end: int = 0
    mend: str | None = None
    wrong: str = ""
    in_numbers: bool = False  # the offsets count in `field.numbers`


@dataclass(frozen=True)
class Example:
    """A draft in plain data; `says` tells a reader what the desk knows."""

    text: str
    context: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""


def given(says: str, **context: Any) -> Callable[..., Example]:
    """A situation that several examples share; more facts may be added to one."""
    return lambda text, **more: Example(text, {**context, **more}, says)


@dataclass(frozen=True)
class Rule:
    """One check. `find` is asked only where a sign stands in the draft and `when` holds.

    A sign is a word in small letters, "0" for any digit, "@", "#" or LONG_NUMBER. `phrases` names
    the list of the policy that it looks for; the words that those begin with are signs too.
    """

    id: str
    family: str
    severity: Severity
    wrong: str
    right: str
    source: str
    find: Callable[[Reading], Iterable[Hit]]
    caught: tuple[str | Example, ...]
    let_through: tuple[str | Example, ...]
    signs: frozenset[str] = frozenset()
    phrases: str = ""
    when: Callable[[Reading], bool] | None = None
    may_override: tuple[str, ...] = ()

    @property
    def is_firm(self) -> bool:
        """The law's own, or somebody's data: no policy makes less of it."""
        return self.family in FIRM or self.id.startswith("LAW-")

    def severity_under(self, policy: Policy) -> Severity | None:
        """As the policy takes it; None: it is not asked."""
        told = dict(policy.severities).get(self.id, self.severity)
        off = self.id in policy.switched_off
        if self.is_firm and (off or looser(Severity(told), self.severity)):
            return self.severity
        return None if off else Severity(told)

    def called_by(self, policy: Policy) -> frozenset[str]:
        """Without one of these words it finds nothing; none: it is asked of every draft."""
        return self.signs | beginnings(policy, self.phrases).keys() if self.phrases else self.signs

    def under(self, policy: Policy) -> Iterator["Rule"]:
        """With the policy's severity and advice. A stop of the force's making has an override."""
        severity = self.severity_under(policy)
        if severity is None:
            return
        made_a_stop = severity is Severity.STOP is not self.severity
        over = self.may_override or (COMMAND if made_a_stop else ())
        right = dict(policy.advice).get(self.id, self.right)
        yield replace(self, severity=severity, may_override=over, right=right)


def looser(one: Severity, other: Severity) -> bool:
    """Of two severities, from a stop down to advice."""
    order = list(Severity)
    return order.index(one) > order.index(other)


def examples(of: Iterable[str | Example]) -> Iterator[Example]:
    return (one if isinstance(one, Example) else Example(one) for one in of)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def said(name: str) -> Callable[[Reading], Iterator[Hit]]:
    """Finds the phrases of one of the policy's lists, in every field."""

    def find(reading: Reading) -> Iterator[Hit]:
        begins = beginnings(reading.policy, name)
        for one in reading.fields:
            for start, end in found(begins, one.starts, one.lower):
                yield Hit(one, start, end)

    return find


def begun(
    pattern: re.Pattern[str], one: Field, by: frozenset[str], *, as_written: bool = False
) -> Iterator[re.Match[str]]:
    """Matches in small letters of a pattern that begins with one of the words."""
    text, done = one.text if as_written else one.lower, 0
    for start in sorted(at for word in by & one.starts.keys() for at in one.starts[word]):
        if start >= done and (match := pattern.match(text, start)):
            yield match
            done = match.end()


def leaping(
    begins: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Matches of a pattern, tried only where `begins` matches.

    A pattern that looks back before its first character is tried at each place of the text; one
    that begins with a set of characters leaps to the next of them.
    """
    done = 0
    for one in begins.finditer(text):
        if one.start() >= done and (match := pattern.match(text, one.start())):
            yield match
            done = match.end()


def hits(pattern: re.Pattern[str], one: Field) -> Iterator[Hit]:
    """Matches in small letters; the group "here" where there is one, else the whole."""
    group: str | int = "here" if "here" in pattern.groupindex else 0
    for match in pattern.finditer(one.lower):
        yield Hit(one, match.start(group), match.end(group))
