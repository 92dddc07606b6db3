"""What a force has laid down for the guard: thresholds and word lists, cautious until it decides.

The lists stand in `england_and_wales.toml`, which also says how a phrase is written.
"""

import tomllib
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

LISTS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "england_and_wales.toml").read_text(encoding="utf-8")
)


NUMBER = (r"\+?\d[\d ]{2,19}", "a telephone number, digits and spaces alone")
ENDING = (r"[a-z\d-]+(\.[a-z\d-]+)+", "a domain in small letters with a dot, such as police.uk")
POSTCODE = (r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "a whole postcode, such as B29 6QJ")


def _words(says: str, default: tuple[str, ...] = (), **also: Any) -> Any:
    return field(default=default, metadata={"says": says, **also})


def _list(name: str, says: str, **also: Any) -> Any:
    """One of the shipped lists; a force changes it, and never empties it."""
    return _words(says, tuple(LISTS[name]), some=True, **also)


@dataclass(frozen=True)
class Policy:
    """The default is for England and Wales. `unverified` names what nobody has checked yet."""

    switched_off: frozenset[str] = frozenset()  # ids of rules that the force does without
    severities: tuple[tuple[str, str], ...] = ()  # of rules that it takes otherwise
    advice: tuple[tuple[str, str], ...] = field(
        default=(),
        metadata={
            "says": "What would be right, by a rule's name, in the force's words instead of ours",
            "table": True,
        },
    )
    # Rules by their ids, and settings by their names.
    unverified: frozenset[str] = frozenset(
        {"released_under_investigation_is_active", "warrant_lapses_months", "custody_picture_from"}
        | {"LAW-5", "PUB-15", "PUB-19.numbers", "PUB-19.place", "PUB-19.tactics", "PUB-19.times"}
    )

    released_under_investigation_is_active: bool = field(
        default=True,
        metadata={"says": "A case is active while somebody is released under investigation"},
    )
    warrant_lapses_months: int = field(
        default=12,
        metadata={
            "says": "Months after which a warrant without an arrest is active no more",
            "least": 12,
            "most": 240,
        },
    )
    custody_picture_from: tuple[str, ...] = _words(
        "From which states of a case a custody picture may be shown",
        ("convicted", "sentenced"),
        choices=("charged", "convicted", "sentenced"),
    )
    shouting_from_words: int = field(
        default=2,
        metadata={"says": "Words in capitals from which it is shouting", "least": 1, "most": 50},
    )
    same_text_share: float = field(
        default=0.8,
        metadata={
            "says": "Share of a colleague's words from which it is the same text",
            "least": 0.3,
            "most": 1.0,
        },
    )

    # What anybody may know
    public_numbers: tuple[str, ...] = _list(
        "public_numbers", "Numbers that anybody may publish", form=NUMBER
    )
    own_numbers: tuple[str, ...] = _words("Telephone numbers of our own", ours=True, form=NUMBER)
    own_email_endings: tuple[str, ...] = _words(
        "Endings of e-mail addresses of our own", ("police.uk",), ours=True, form=ENDING
    )
    own_postcodes: tuple[str, ...] = _words("Postcodes of our own", ours=True, form=POSTCODE)

    # Naming
    given_names: frozenset[str] = field(
        default=frozenset(LISTS["given_names"].split()),
        metadata={"says": "First names", "some": True},
    )
    not_names: tuple[str, ...] = _list("not_names", "Capitalised words that are no part of a name")
    nationalities: tuple[str, ...] = _list("nationalities", "Ethnicity, nationality, belief")
    anonymous_offences: tuple[str, ...] = _list(
        "anonymous_offences", "Classes of offence whose victims stay anonymous", kept=True
    )
    relations: tuple[str, ...] = _list("relations", "Ties that identify a victim")

    # What prejudices a trial
    guilt: tuple[str, ...] = _list("guilt", "Active proceedings: guilt asserted")
    character: tuple[str, ...] = _list("character", "Active proceedings: bad character")
    confession: tuple[str, ...] = _list("confession", "Active proceedings: confession, silence")
    strength_of_evidence: tuple[str, ...] = _list(
        "strength_of_evidence", "Active proceedings: how strong the evidence is"
    )
    abuse_of_suspect: tuple[str, ...] = _list(
        "abuse_of_suspect", "Active proceedings: abuse of the suspect"
    )
    sentence_deserved: tuple[str, ...] = _list(
        "sentence_deserved", "Active proceedings: what sentence is deserved"
    )
    trial_comment: tuple[str, ...] = _list("trial_comment", "Active proceedings: on the trial")

    tactics: tuple[str, ...] = _list("tactics", "While an operation is live: how it is done")
    covert_methods: tuple[str, ...] = _list("covert_methods", "Covert methods")
    outcomes: tuple[str, ...] = _list("outcomes", "What counts as telling an outcome")

    # Tone
    mockery: tuple[str, ...] = _list("mockery", "Mockery")
    victim_blaming: tuple[str, ...] = _list("victim_blaming", "Blaming the victim")
    suicide_detail: tuple[str, ...] = _list(
        "suicide_detail", "How or where somebody harmed themselves"
    )
    prejudging: tuple[str, ...] = _list("prejudging", "Words that judge people")
    boilerplate: tuple[str, ...] = _list("boilerplate", "Words that the public does not read")
    jargon: tuple[tuple[str, str], ...] = field(
        default=tuple(LISTS["jargon"].items()),
        metadata={
            "says": "What the field says, and what the public understands",
            "some": True,
            "table": True,
        },
    )
    captured_hashtags: tuple[str, ...] = _words("Hashtags that others have captured")
    shouted_abbreviations: tuple[str, ...] = _list(
        "shouted_abbreviations", "Capitals that are no shouting"
    )

    politics: tuple[str, ...] = _list("politics", "Before elections: parties and politicians")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Reckoned once: the lists are long, and the guard asks for each draft."""
        return hash(tuple(getattr(self, one.name) for one in fields(self)))

    @cached_property
    def jargon_words(self) -> tuple[str, ...]:
        return tuple(phrase for phrase, _ in self.jargon)
