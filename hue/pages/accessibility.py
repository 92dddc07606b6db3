"""What the browser tests found: the accessibility statement is made of it, and held to it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("accessibility.toml")


@dataclass(frozen=True)
class PageKind:
    """Pages that one template makes; one of them was looked at."""

    name: str
    says: str


@dataclass(frozen=True)
class Fault:
    """A barrier that is there today."""

    kind: str
    on: str
    rule: str
    says: str


@dataclass(frozen=True)
class Limit:
    """What does not work for everybody, why, and what there is instead."""

    what: str
    who: str
    why: str
    instead: str


@dataclass(frozen=True)
class Results:
    prepared: date
    tool: str
    browser: str
    standard: str
    rules: int
    widths: tuple[int, ...]
    pages: tuple[PageKind, ...]
    faults: tuple[Fault, ...]
    limits: tuple[Limit, ...]

    def faults_of(self, kind: str) -> set[str]:
        return {fault.rule for fault in self.faults if fault.kind == kind}

    @property
    def status(self) -> str:
        """The words that the model statement of the regulations knows."""
        return "partially compliant" if self.faults or self.limits else "fully compliant"


@cache
def results() -> Results:
    """Read once: `make accessibility` writes it, and a test compares it with what is."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Results(
        prepared=told["prepared"],
        tool=told["tool"],
        browser=told["browser"],
        standard=told["standard"],
        rules=told["rules"],
        widths=tuple(told["widths"]),
        pages=tuple(PageKind(**one) for one in told["page"]),
        faults=tuple(Fault(**one) for one in told.get("fault", ())),
        limits=tuple(Limit(**one) for one in told.get("limit", ())),
    )
