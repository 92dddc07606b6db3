"""Asks every rule about a draft. A rule that fails sends the draft to a second person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from hue.guard.draft import Draft
from hue.guard.finding import Broken, Finding, Severity, Verdict
from hue.guard.policy import Policy
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.rules import RULES

ENOUGH = 100  # findings of one rule; nobody reads more
DEFAULT = Policy()


def check(draft: Draft, policy: Policy | None = None) -> Verdict:
    return _guard(policy or DEFAULT).check(draft)


@cache
def edition() -> str:
    """Which rules and lists these are: a digest of their files, kept with every check."""
    folder, whole = Path(__file__).parent, sha256()
    for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.toml"))):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:12]


class Guard:
    """The rules with one policy, and which word calls which of them."""

    def __init__(self, policy: Policy, rules: Sequence[Rule] = RULES) -> None:
        self.policy = policy
        self.rules = [told for rule in rules for told in rule.under(policy)]
        self._called: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, rule in enumerate(self.rules):
            called_by = rule.called_by(policy)
            for sign in called_by:
                self._called[sign].append(number)
            if not called_by:
                self._always.append(number)

    def check(self, draft: Draft) -> Verdict:
        reading = Reading(draft, self.policy)
        findings: list[Finding] = []
        broken: list[Broken] = []
        for rule in self._asked(reading):
            try:
                findings += _ask(rule, reading)
            except Exception as error:  # noqa: BLE001 - whatever failed, the post must not go out
                broken.append(Broken(rule.id, f"{type(error).__name__}: {error}"))
                findings.append(_failed(rule))
        return Verdict(tuple(_widest(findings)), tuple(broken))

    def _asked(self, reading: Reading) -> Iterator[Rule]:
        numbers = set(self._always)
        for word in self._called.keys() & reading.words:
            numbers.update(self._called[word])
        return (self.rules[number] for number in sorted(numbers))


@lru_cache(maxsize=8)
def _guard(policy: Policy) -> Guard:
    return Guard(policy)


def _ask(rule: Rule, reading: Reading) -> list[Finding]:
    if rule.when is not None and not rule.when(reading):
        return []
    return [_finding(rule, hit, reading.policy) for hit in islice(rule.find(reading), ENOUGH)]


def _finding(rule: Rule, hit: Hit, policy: Policy) -> Finding:
    folded = hit.field.numbers if hit.in_numbers else hit.field.folded
    start, end = folded.place(hit.start, hit.end)
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        field=hit.field.name,
        start=start,
        end=end,
        wrong=hit.wrong or rule.wrong,
        right=rule.right,
        source=rule.source,
        verified=rule.id not in policy.unverified,
        mend=hit.mend,
        may_override=rule.may_override,
    )


def _failed(rule: Rule) -> Finding:
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=Severity.SECOND,
        field="text",
        start=0,
        end=0,
        wrong=f"The rule {rule.id} could not be asked: it failed.",
        right="Let a second person read this post for what the rule looks for.",
        may_override=COMMAND,
    )


def _widest(findings: Iterable[Finding]) -> list[Finding]:
    """Said once: no finding of a rule inside another of its own, no number inside a longer one."""
    kept: dict[Finding, None] = {}
    reached: dict[tuple[str, str], int] = {}
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        family, rule = finding.family, finding.rule
        thing = (finding.field, family if family == "personal_data" else rule)
        if finding.is_absence or finding.end > reached.get(thing, 0):
            kept[finding] = None
            reached[thing] = max(finding.end, reached.get(thing, 0))
    return sorted(kept, key=lambda one: (one.field != "text", one.field, one.start, one.end))
