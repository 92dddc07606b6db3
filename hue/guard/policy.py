"""What a force has laid down for the guard: thresholds and word lists, cautious until it decides.

The lists stand in `england_and_wales.toml`, which also says how a phrase is written.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

LISTS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "england_and_wales.toml").read_text(encoding="utf-8")
)


def _list(name: str) -> tuple[str, ...]:
    return tuple(LISTS[name])


@dataclass(frozen=True)
class Policy:
    """The default is for England and Wales. `unverified` names what nobody has checked yet."""

    switched_off: frozenset[str] = frozenset()  # ids of rules that the force does without
    unverified: frozenset[str] = frozenset(
        {"released_under_investigation_is_active", "warrant_lapses_months", "custody_picture_from"}
    )

    released_under_investigation_is_active: bool = True
    warrant_lapses_months: int = 12
    custody_picture_from: tuple[str, ...] = ("convicted", "sentenced")
    shouting_from_words: int = 2
    same_text_share: float = 0.8

    # What anybody may know
    public_numbers: tuple[str, ...] = _list("public_numbers")
    own_numbers: tuple[str, ...] = ()
    own_email_endings: tuple[str, ...] = ("police.uk",)
    own_postcodes: tuple[str, ...] = ()

    # Naming
    given_names: frozenset[str] = frozenset(LISTS["given_names"].split())
    not_names: tuple[str, ...] = _list("not_names")
    nationalities: tuple[str, ...] = _list("nationalities")
    anonymous_offences: tuple[str, ...] = _list("anonymous_offences")
    relations: tuple[str, ...] = _list("relations")

    # What prejudices a trial
    guilt: tuple[str, ...] = _list("guilt")
    character: tuple[str, ...] = _list("character")
    confession: tuple[str, ...] = _list("confession")
    strength_of_evidence: tuple[str, ...] = _list("strength_of_evidence")
    abuse_of_suspect: tuple[str, ...] = _list("abuse_of_suspect")
    sentence_deserved: tuple[str, ...] = _list("sentence_deserved")
    trial_comment: tuple[str, ...] = _list("trial_comment")

    tactics: tuple[str, ...] = _list("tactics")
    covert_methods: tuple[str, ...] = _list("covert_methods")
    outcomes: tuple[str, ...] = _list("outcomes")

    # Tone
    mockery: tuple[str, ...] = _list("mockery")
    victim_blaming: tuple[str, ...] = _list("victim_blaming")
    suicide_detail: tuple[str, ...] = _list("suicide_detail")
    prejudging: tuple[str, ...] = _list("prejudging")
    boilerplate: tuple[str, ...] = _list("boilerplate")
    jargon: tuple[tuple[str, str], ...] = tuple(LISTS["jargon"].items())
    captured_hashtags: tuple[str, ...] = ()
    shouted_abbreviations: tuple[str, ...] = _list("shouted_abbreviations")

    politics: tuple[str, ...] = _list("politics")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Reckoned once: the lists are long, and the guard asks for each draft."""
        return hash(tuple(getattr(self, one.name) for one in fields(self)))

    @cached_property
    def jargon_words(self) -> tuple[str, ...]:
        return tuple(phrase for phrase, _ in self.jargon)
