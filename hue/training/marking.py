"""A practice answer, marked as a post would be: by the guard with the policy in force."""

from dataclasses import dataclass
from datetime import datetime

from hue.governance.policy import Policy
from hue.guard import check as guard
from hue.guard.finding import Finding, Severity
from hue.training.cases import Case


@dataclass(frozen=True)
class Mark:
    findings: tuple[Finding, ...]
    lacks: list[str]

    @property
    def passed(self) -> bool:
        stops = any(finding.severity is Severity.STOP for finding in self.findings)
        return not stops and not self.lacks


def mark(case: Case, words: str, *, at: datetime, rules: Policy) -> Mark:
    """Without words: whether it is right that nothing is said."""
    if not words:
        return Mark((), [] if case.silence else [case.silence_says])
    found = guard.check(case.draft(words, at=at), rules.guard).findings
    return Mark(found, case.lacks(words))
