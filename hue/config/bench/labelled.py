"""Labelled drafts of the guard: read, and what was found compared with what was marked."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hue.guard import check, plain
from hue.guard.draft import Draft
from hue.guard.finding import Finding, Severity
from hue.guard.rule import FAMILIES
from hue.lib.share import Share

SETS = Path(__file__).resolve().parents[3] / "tests" / "guard" / "sets"
LEGAL = ("naming", "proceedings")
SEVERITIES = {"stop": Severity.STOP, "second": Severity.SECOND, "advice": Severity.ADVICE}


class BadLabel(ValueError):
    """A line of a labelled set does not fit; says which and why."""


@dataclass(frozen=True)
class Fault:
    family: str
    severity: Severity
    field: str
    start: int
    end: int
    kind: str = ""

    def is_met_by(self, finding: Finding) -> bool:
        """Same family and overlapping words; for an absence the family is enough."""
        if finding.family != self.family:
            return False
        if self.start == self.end or finding.is_absence:
            return True
        overlap = finding.start < self.end and self.start < finding.end
        return overlap and finding.field == self.field


@dataclass(frozen=True)
class Labelled:
    draft: Draft
    faults: tuple[Fault, ...]


def read(part: str, files: str = "*.jsonl") -> list[Labelled]:
    """ "tuning" or "reporting"; empty where nobody has written any."""
    return [one for file in sorted((SETS / part).glob(files)) for one in _lines(file)]


def _lines(file: Path) -> Iterator[Labelled]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield labelled(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise BadLabel(f"{file.name}, line {number}: {error}") from error


def labelled(row: Mapping[str, Any]) -> Labelled:
    draft = plain.draft(row["text"], row.get("context", {}))
    fields = dict(draft.fields())
    return Labelled(draft, tuple(_fault(fault, fields) for fault in row["faults"]))


def _fault(row: Mapping[str, Any], fields: Mapping[str, str]) -> Fault:
    name = row.get("field", "text")
    if row["family"] not in FAMILIES:
        raise BadLabel(f"no family “{row['family']}”; there are {', '.join(FAMILIES)}")
    if name not in fields:
        raise BadLabel(f"the draft has no field “{name}”")
    if row["severity"] not in SEVERITIES:
        raise BadLabel(f"no severity “{row['severity']}”; there are {', '.join(SEVERITIES)}")
    start, end = _span(row, fields[name])
    return Fault(row["family"], SEVERITIES[row["severity"]], name, start, end, row.get("kind", ""))


def _span(row: Mapping[str, Any], words: str) -> tuple[int, int]:
    quote = row.get("quote", "")
    if "start" not in row and words.count(quote) == 1:
        return words.index(quote), words.index(quote) + len(quote)
    start, end = row["start"], row["end"]
    if not 0 <= start <= end <= len(words):
        raise BadLabel(f"{start} to {end} is outside of “{words}”")
    if quote and words[start:end] != quote:
        raise BadLabel(f"{start} to {end} is “{words[start:end]}”, not “{quote}”")
    return start, end


@dataclass(frozen=True)
class Read:
    """A labelled draft with what the guard found in it."""

    labelled: Labelled
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        return not self.labelled.faults


def ask(rows: Iterable[Labelled]) -> list[Read]:
    return [Read(one, check.check(one.draft).findings) for one in rows]


def recall(reads: Iterable[Read], *families: str, stops_only: bool = False) -> Share:
    """Of the marked faults those that were found; of stops those found with a stop."""
    met = [
        any(fault.is_met_by(f) for f in one.findings if not stops_only or _stops(f))
        for one in reads
        for fault in one.labelled.faults
        if fault.family in families and (not stops_only or fault.severity is Severity.STOP)
    ]
    return Share(sum(met), len(met))


def precision(reads: Iterable[Read], *families: str) -> Share:
    """Of the findings those that were marked."""
    right = [
        is_right(one, finding)
        for one in reads
        for finding in one.findings
        if finding.family in families
    ]
    return Share(sum(right), len(right))


def is_right(read: Read, finding: Finding) -> bool:
    return any(fault.is_met_by(finding) for fault in read.labelled.faults)


def troubled(reads: Iterable[Read], *, stops_only: bool) -> Share:
    """Of the clean drafts those with a stop, or with anything."""
    clean = [one for one in reads if one.is_clean]
    hit = [any(not stops_only or _stops(finding) for finding in one.findings) for one in clean]
    return Share(sum(hit), len(hit))


def _stops(finding: Finding) -> bool:
    return finding.severity is Severity.STOP
