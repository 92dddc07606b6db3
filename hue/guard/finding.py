"""What the guard says: where, what is wrong, what would be right, and who may decide otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    STOP = "stop"  # does not go out, unless a role that the rule names overrides it
    SECOND = "second person"  # somebody else looks first
    ADVICE = "advice"  # never blocks


@dataclass(frozen=True)
class Finding:
    """`start` and `end` count characters of the field as it was written; 0, 0 is an absence."""

    rule: str
    family: str
    severity: Severity
    field: str
    start: int
    end: int
    wrong: str
    right: str
    source: str = ""
    verified: bool = True
    mend: str | None = None  # what to put in the span's place; "" takes it out
    may_override: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Of the same words: which rule found it, and where."""
        return self.rule, self.field, self.start, self.end

    @property
    def is_absence(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True)
class Broken:
    """A rule that failed: the caller raises an alarm with it."""

    rule: str
    error: str


@dataclass(frozen=True)
class Verdict:
    findings: tuple[Finding, ...]
    broken: tuple[Broken, ...] = ()

    @property
    def worst(self) -> Severity | None:
        return worst(self.findings)


def worst(findings: Iterable[Finding]) -> Severity | None:
    found = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in found), None)
