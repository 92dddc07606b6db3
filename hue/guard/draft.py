"""What the guard is given: the words, and what the desk knows about them at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Step:
    """One dated step of proceedings; without a person it holds for everybody in the incident."""

    state: str
    at: datetime
    person: str = ""


@dataclass(frozen=True)
class Incident:
    kind: str = "other"
    offence: str = ""  # the class that gives anonymity: sexual, modern_slavery, ...
    has_victim: bool = False
    small_place: bool = False
    proceedings: tuple[Step, ...] = ()
    resolved_at: datetime | None = None  # the person was found or caught


@dataclass(frozen=True)
class Person:
    id: str
    name: str = ""
    role: str = "other"
    age: int | None = None
    also: tuple[str, ...] = ()  # other names, nicknames, handles
    details: tuple[str, ...] = ()  # words that identify: street, employer, school, family tie
    consent: bool = False
    waiver: bool = False  # of lifetime anonymity, in writing
    ethnicity_purpose: bool = False
    override: bool = False  # an exceptional purpose for naming before charge is recorded


@dataclass(frozen=True)
class Order:
    """Of a court: `anonymity` of a person, `postpone` the whole incident, or only `words`."""

    kind: str
    made_at: datetime
    person: str = ""
    words: tuple[str, ...] = ()
    lifted_at: datetime | None = None

    def active(self, at: datetime) -> bool:
        return self.made_at <= at and (self.lifted_at is None or at < self.lifted_at)


@dataclass(frozen=True)
class Picture:
    """The facts of a picture. Its alternative text stands at the same number in the draft."""

    of: str = ""  # nobody, or suspect, wanted, missing, victim, defendant, officer, other
    person: str = ""
    age: int | None = None
    source: str = "own"  # own, family, custody, cctv, public, body_worn
    purpose: str = ""
    approved_by: str = ""
    others_visible: bool = False
    others_obscured: bool = False
    review_at: datetime | None = None
    prior_enquiries: bool = False
    last_resort: bool = False


@dataclass(frozen=True)
class Operation:
    state: str = "none"  # none, live, stood_down


@dataclass(frozen=True)
class Draft:
    """A post before it goes out. `at` is the time that is asked about."""

    text: str
    at: datetime
    kind: str = "update"
    audience: str = "public"
    alt_texts: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    poll_options: tuple[str, ...] = ()
    incident: Incident | None = None
    persons: tuple[Person, ...] = ()
    named_by_asker: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    operation: Operation = Operation()
    victim_informed_at: datetime | None = None
    election_period: bool = False
    candidates: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    recent_texts: tuple[str, ...] = ()
    captured_hashtags: tuple[str, ...] = ()
    own_numbers: tuple[str, ...] = ()
    own_emails: tuple[str, ...] = ()

    def fields(self) -> Iterator[tuple[str, str]]:
        """Everything with words in it, each under the name that findings give."""
        yield "text", self.text
        for name in ("alt_texts", "captions", "file_names", "poll_options"):
            for number, words in enumerate(getattr(self, name)):
                yield f"{name}.{number}", words
