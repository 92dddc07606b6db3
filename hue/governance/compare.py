"""What a policy would change in another, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hue.governance import kinds, policy
from hue.governance.packfile.pack import OFF, severity
from hue.governance.policy import Policy
from hue.guard.rules import RULES

SAYS = {
    "stop": "stops the post",
    "second person": "asks a second person",
    "advice": "gives advice",
    OFF: "is not asked",
}


@dataclass(frozen=True)
class Change:
    """From `before` to `after`, or of a list: what comes and what goes."""

    says: str
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    in_lines: bool = False  # whole lines, not words

    def __str__(self) -> str:
        if not self.added and not self.removed:
            return f"{self.says}: {self.before} → {self.after}"
        parts = (("added", self.added), ("removed", self.removed))
        return f"{self.says}: " + "; ".join(f"{what} {_few(of)}" for what, of in parts if of)


@dataclass(frozen=True)
class Group:
    name: str
    changes: tuple[Change, ...]


def of_the_guard(rules: Policy) -> list[Group]:
    """What its guard has otherwise than the shipped."""
    return compare(replace(rules, guard=policy.ENGLAND_AND_WALES), rules)


def compare(before: Policy, after: Policy) -> list[Group]:
    """Only what differs, in the order of the file."""
    found = (
        ("What everybody accepts", _text(before, after)),
        ("Numbers and approval", _fields(policy.rules(), before, after)),
        ("Rules of the guard", _rules(before, after)),
        ("Words of the guard", _fields(policy.guard_rules(), before.guard, after.guard)),
        ("Unverified", _unverified(before, after)),
    )
    groups = (Group(name, tuple(changes)) for name, changes in found)
    return [group for group in groups if group.changes]


def _text(before: Policy, after: Policy) -> Iterator[Change]:
    if before.text != after.text:
        yield _listed("The text", before.text.split("\n"), after.text.split("\n"), in_lines=True)


def _fields(entries: Iterable[Any], before: Any, after: Any) -> Iterator[Change]:
    for entry in entries:
        old, new = getattr(before, entry.name), getattr(after, entry.name)
        if old == new:
            continue
        if isinstance(old, tuple | frozenset):
            yield _listed(entry.metadata["says"], _words(entry, old), _words(entry, new))
        else:
            was, will = kinds.in_words(entry, old), kinds.in_words(entry, new)
            yield Change(entry.metadata["says"], was, will)


def _words(entry: Any, values: Iterable[Any]) -> list[str]:
    if kinds.is_table(entry):
        return [f"{one} ({other})" for one, other in values]
    told = [kinds.spoken(entry, value) for value in values]
    return sorted(told) if isinstance(values, frozenset) else told


def _rules(before: Policy, after: Policy) -> Iterator[Change]:
    for rule in RULES:
        old, new = severity(rule, before), severity(rule, after)
        if old != new:
            yield Change(f"{rule.id}, “{rule.wrong}”", SAYS[old], SAYS[new])


def _unverified(before: Policy, after: Policy) -> Iterator[Change]:
    if before.guard.unverified != after.guard.unverified:
        old, new = sorted(before.guard.unverified), sorted(after.guard.unverified)
        yield _listed("Nobody has checked these at the source", old, new)


def _listed(says: str, old: list[str], new: list[str], *, in_lines: bool = False) -> Change:
    was, will = dict.fromkeys(old), dict.fromkeys(new)  # in order, and quick to ask
    added = tuple(one for one in will if one.strip() and one not in was)
    removed = tuple(one for one in was if one.strip() and one not in will)
    if not added and not removed:
        return Change(says, "in this order", "in another order")
    return Change(says, added=added, removed=removed, in_lines=in_lines)


def _few(words: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{word}”" for word in words[:10])
    return shown if len(words) <= 10 else f"{shown} and {len(words) - 10} more"
