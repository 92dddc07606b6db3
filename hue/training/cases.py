"""The practice cases, read from `cases.toml`: what happened, what the guard is told of it, and what
a good answer has to have."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hue.guard.draft import Draft, Incident, Operation, Order, Person, Step

FILE = Path(__file__).parent / "cases.toml"


@dataclass(frozen=True)
class Need:
    """One plain check: any of these at the beginning of a word, and the sentence if it fails."""

    any: tuple[str, ...]
    says: str

    def met(self, text: str) -> bool:
        words = "|".join(map(re.escape, self.any))
        return re.search(rf"(?<!\w)(?:{words})", text, re.IGNORECASE) is not None


@dataclass(frozen=True)
class Case:
    slug: str
    title: str
    situation: str
    known: tuple[str, ...]
    about: str  # what this case teaches, said once it is answered
    good: str  # an example; nothing where saying nothing is the better answer
    silence: bool  # whether saying nothing is right
    silence_says: str
    must: tuple[Need, ...]
    must_not: tuple[Need, ...]
    facts: dict[str, Any]

    def draft(self, text: str, *, at: datetime) -> Draft:
        """The words with what is known, as the guard reads them; hours count back from `at`."""
        facts = self.facts
        return Draft(
            text=text,
            at=at,
            incident=_incident(facts["incident"], at) if "incident" in facts else None,
            persons=tuple(Person(**_lists(told)) for told in facts.get("person", ())),
            orders=tuple(_order(told, at) for told in facts.get("order", ())),
            victim_informed_at=_ago(facts["victim_told_hours"], at)
            if "victim_told_hours" in facts
            else None,
            operation=Operation(facts.get("operation", "none")),
            election_period=facts.get("election", False),
            candidates=tuple(facts.get("candidates", ())),
        )

    def lacks(self, text: str) -> list[str]:
        """What a good answer has and this one has not, or the other way round, in sentences."""
        missing = [need.says for need in self.must if not need.met(text)]
        return missing + [need.says for need in self.must_not if need.met(text)]


def _case(told: dict[str, Any]) -> Case:
    return Case(
        slug=told["slug"],
        title=told["title"],
        situation=told["situation"],
        known=tuple(told["known"]),
        about=told["about"],
        good=told.get("good", ""),
        silence=told["silence"],
        silence_says=told["silence_says"],
        must=_needs(told.get("must", ())),
        must_not=_needs(told.get("must_not", ())),
        facts=told.get("facts", {}),
    )


def _needs(told: Any) -> tuple[Need, ...]:
    return tuple(Need(any=tuple(one["any"]), says=one["says"]) for one in told)


def _incident(told: dict[str, Any], at: datetime) -> Incident:
    steps = tuple(
        Step(one["state"], _ago(one["hours"], at), one.get("person", ""))
        for one in told.get("step", ())
    )
    over = _ago(told["over_hours"], at) if "over_hours" in told else None
    plain = {name: told[name] for name in told.keys() - {"step", "over_hours"}}
    return Incident(**plain, proceedings=steps, resolved_at=over)


def _order(told: dict[str, Any], at: datetime) -> Order:
    plain = {name: told[name] for name in told.keys() - {"hours"}}
    return Order(**_lists(plain), made_at=_ago(told["hours"], at))


def _lists(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in told.items()}


def _ago(hours: int, at: datetime) -> datetime:
    return at - timedelta(hours=hours)


CASES: dict[str, Case] = {
    told["slug"]: _case(told) for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
}
