"""A policy pack: everything that a force lays down, in one signed file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hue.governance import policy
from hue.governance.policy import Policy
from hue.guard.rule import Rule
from hue.guard.rules import RULES
from hue.people.access import Refused

OFF = "off"
SEVERITIES = ("stop", "second person", "advice", OFF)
LIMIT = 512 * 1024  # bytes; the shipped pack has a tenth
# The head of a file: what stands there, and how much of it.
HEAD = {"title": 200, "made_by": 200, "edition": 60, "jurisdiction": 200}
TEXTS = {"sources": 20_000, "text": 50_000}


@dataclass(frozen=True)
class Fault:
    line: int
    says: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.says}"


class PackRefused(Refused):
    """The file is no policy pack; each fault has its line and what was expected."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Head:
    title: str
    made_by: str
    edition: str
    jurisdiction: str
    sources: str = ""


@dataclass(frozen=True)
class PackFile:
    """As read: `values` and `guard` are what a PolicyVersion keeps."""

    head: Head
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    guard: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    fingerprint: str = ""


def names_to_verify() -> set[str]:
    """What may be marked unverified: rules, and the guard's settings."""
    return {rule.id for rule in RULES} | {entry.name for entry in policy.guard_rules()}


def severity(rule: Rule, rules: Policy) -> str:
    told = rule.severity_under(rules.guard)
    return OFF if told is None else told.value


def allowed(rule: Rule) -> Iterator[str]:
    """The severities that a policy may give a rule."""
    for one in SEVERITIES:
        yield one
        if rule.is_firm and one == rule.severity:
            return
