"""What the guard decides of every example and every tuning draft, written down line by line.

`python -m tests.guard.decisions` writes it anew: what a change of a rule changed is then a diff
that a reviewer reads, and what it was not meant to change is seen.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from hue.config.bench import labelled
from hue.guard import plain
from hue.guard.check import Guard, check
from hue.guard.draft import Draft
from hue.guard.finding import Finding
from hue.guard.policy import Policy
from hue.guard.rule import examples
from hue.guard.rules import RULES

SETS = Path(__file__).parent / "sets"
KEPT = SETS / "decisions"


def every() -> Iterator[tuple[str, str]]:
    """(name, what is decided) of the rules' own examples and of each tuning set."""
    yield "examples", _lines(_of_examples())
    for file in sorted((SETS / "tuning").glob("*.jsonl")):
        drafts = (one.draft for one in labelled.read("tuning", file.name))
        yield file.stem, _lines(enumerate(map(_of_draft, drafts), 1))


def _of_examples() -> Iterator[tuple[str, str]]:
    """What all rules say of it, and the sentences of its own."""
    for rule in RULES:
        alone = Guard(Policy(), [rule])
        for number, example in enumerate(examples((*rule.caught, *rule.let_through)), 1):
            draft = plain.draft(example.text, example.context)
            found = alone.check(draft).findings
            yield f"{rule.id} {number}", _of_draft(draft)
            yield from ((f"{rule.id} {number}", f"{one.wrong} {one.right}") for one in found)


def _of_draft(draft: Draft) -> str:
    return "; ".join(map(_told, check(draft).findings))


def _told(finding: Finding) -> str:
    where = "" if finding.field == "text" else f"{finding.field} "
    mend = "" if finding.mend is None else f" “{finding.mend}”"
    return f"{finding.rule} {finding.severity} {where}{finding.start}-{finding.end}{mend}"


def _lines(told: Iterable[tuple[object, str]]) -> str:
    return "".join(f"{name}: {what}\n" for name, what in told if what)


def write() -> None:
    KEPT.mkdir(exist_ok=True)
    told = dict(every())
    for file in KEPT.glob("*.txt"):
        if file.stem not in told:
            file.unlink()
    for name, lines in told.items():
        (KEPT / f"{name}.txt").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    write()
