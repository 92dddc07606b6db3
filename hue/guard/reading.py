"""A draft as the rules read it: folded fields, words, and what holds at its time."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from hue.guard import digits, fold, proceedings
from hue.guard.draft import Draft, Person
from hue.guard.policy import Policy

# A row of digits long enough for a telephone, a card or the like.
LONG_NUMBER = "a long number"
_LONG = re.compile(rf"\d(?:{digits.GAP}\d){{8}}")
_CASE_WORDS = frozenset(
    {
        "spent",
        "van",
        "bracelets",
        "locked",
        "cuffs",
        "handcuffs",
        "handcuffed",
        "dock",
        "summonsed",
        "remand",
        "apprehended",
    }
    | {
        "arrested",
        "arrest",
        "arrests",
        "detained",
        "custody",
        "suspicion",
        "bail",
        "bailed",
        "bars",
    }
    | {
        "magistrates",
        "bench",
        "judge",
        "jury",
        "investigation",
        "charged",
        "recharged",
        "court",
        "remanded",
        "trial",
        "cells",
        "nicked",
    }
)
_WORD = re.compile(r"[a-z]+")
SPACES = re.compile(r"[_-]")  # in the name of a file
_RUN = re.compile(r"(\w+)")
_DIGIT = re.compile(r"\d")
_CASE_OPEN = re.compile(
    r"\b(?:(?:been|was|were|is|are|and|have|has|we|officers|detectives|police|an?|one|two|three)"
    r" (?:\w+ )?(?:arrested|arrest|detained)|arrests?\b|arrested\b|(?:in|into|to) custody"
    r"|on suspicion of|on bail|bailed|under investigation|charged with|charged[:,]|^charged\b"
    r"|(?:been|was|were|are|is) (?:later |now |also )?(?:re)?charged"
    r"|(?:in|at|before|to) (?:the )?(?:\w+ ){0,3}court"
    r"|(?:appear|appears|appeared|appearing) (?:at|in|before)|remanded|awaiting trial|on trial"
    r"|the trial|behind bars|in (?:the|our|a) cells?|nicked|locked up"
    r"|in (?:hand)?cuffs|handcuffed|handcuffs|in the dock|summonsed|on remand"
    r"|apprehended|detained|(?:into|in the back of) our van"
    r"|(?:we|we've|officers have|police have) (?:have )?(?:just |now |also |today )?charged"
    r"|(?:m[ae]n|wom[ae]n|boys?|girls?|teenagers?|year-olds?|people|one|two|three|four|both)"
    r" charged|trial (?:update|starts|opens|begins|continues|resumes|is to|will)"
    r"|(?:jury|trial) (?:of|in) the"
    r"|the (?!time|field|clinical|drug|vaccine|pilot|sheepdog|new|free|bike)[a-z]+ (?:\w+ )?trial"
    r"|(?:before|at) (?:the )?(?:\w+ )?(?:magistrates|bench|judge)"
    r"|(?:get|gets|got|refused|denied) bail"
    r"|spent the night (?:with us|in (?:(?:a|our|the) cells?|custody)))\b"
)
# A new case, whatever an old one came to; and a wish for a sentence is none.
_CASE_ANEW = re.compile(
    r"\b(?:(?:has|have) (?:now |again |just |today |since |also )+been (?:re)?(?:arrested|charged)"
    r"|arrested again"
    r"|(?:should|must|ought to|deserves? to|needs? to) be (?:jailed|imprisoned|sentenced|convicted)"
    r"|(?:is|are|remains?) (?:now |back |still )?in custody|under arrest|on suspicion of)\b"
)
_NO_ARREST = re.compile(
    r"\b(?:no|any|without|made no|cannot|can't|may|could|can) (?:\w+ )?arrests?\b"
    r"|\b(?:anyone|anybody|those|everyone) (?:who (?:is|was|are) )?(?:arrested|charged|detained)"
    r"|\b(?:no one|nobody|no-one) (?:has been|has|was|is)(?: arrested| charged| detained)?"
    r"|\b(?:has|have|was|were) not (?:been )?arrested"
)
_CASE_OVER = re.compile(
    r"\b(?<!be )(?<!get )(?:sentenced|jailed|(?:found|pleaded|pled) (?:not )?guilty|convicted"
    r"|acquitted|cleared of|imprisoned|locked up for|no further action|handed (?:a |an |down)"
    r"|banned from driving|admitted [^.!?]{0,40}(?:in|at|before) (?:the )?(?:\w+ )?court)\b"
)


@dataclass
class Field:
    """One piece of text; offsets that rules give are into `text` unless they say `numbers`."""

    name: str
    original: str

    def __post_init__(self) -> None:
        spaced = self.name.startswith("file_names")
        self.folded = fold.fold(SPACES.sub(" ", self.original) if spaced else self.original)
        self.text = self.folded.text
        lower = self.text.lower()
        self.lower = lower if len(lower) == len(self.text) else self.text

    @cached_property
    def numbers(self) -> fold.Folded:
        """With spelled-out digits as digits."""
        if "0" in self._marks or not self._plain_words.isdisjoint(fold.WORDS):
            several = len(self._plain_words & fold.WORDS) > 1
            is_said = not self._plain_words.isdisjoint(fold.DIGIT_WORDS)
            return fold.numbers(self.folded, is_said=is_said, is_mixed=several)
        return self.folded

    @cached_property
    def _plain_words(self) -> set[str]:
        return {*self.starts, *_WORD.findall(self.lower)}

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """Where each word stands, as far as letters, digits and underscores go."""
        starts: dict[str, list[int]] = defaultdict(list)
        parts = _RUN.split(self.lower)  # what stands between, a word, what stands between, …
        ends = [*accumulate(map(len, parts))]
        for word, start in zip(parts[1::2], ends[::2], strict=False):
            starts[word].append(start)
        return starts

    @cached_property
    def _marks(self) -> set[str]:
        marks = {sign for sign in "@#\"'" if sign in self.text}
        return marks | {"0"} if _DIGIT.search(self.text) else marks

    @cached_property
    def words(self) -> set[str]:
        """The words in it, "0" where there is a digit, "@" and "#", and LONG_NUMBER."""
        words = self._plain_words | self._marks
        if self.numbers is not self.folded:
            words.add("0")
        if _LONG.search(self.numbers.text):
            words.add(LONG_NUMBER)
        return words


@dataclass
class Reading:
    draft: Draft
    policy: Policy

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(Field(name, words) for name, words in self.draft.fields())

    @cached_property
    def words(self) -> set[str]:
        return set().union(*(field.words for field in self.fields))

    @cached_property
    def text(self) -> Field:
        return self.fields[0]

    @cached_property
    def says_case_open(self) -> bool:
        """Whether the words themselves say that somebody is arrested, charged or before a court."""
        if self.text.words.isdisjoint(_CASE_WORDS):
            return False
        lower = _NO_ARREST.sub(" ", self.text.lower)
        if _CASE_ANEW.search(lower):
            return True
        return bool(_CASE_OPEN.search(lower)) and not _CASE_OVER.search(lower)

    @cached_property
    def says_arrest_only(self) -> bool:
        """An arrest without a charge, as far as the words go."""
        return self.says_case_open and not self.text.words & {"charged", "court", "trial"}

    @cached_property
    def is_active(self) -> bool:
        """By the dated steps; where there are none, by the words."""
        incident = self.draft.incident
        if incident and any(step.at <= self.draft.at for step in incident.proceedings):
            return proceedings.is_active(incident, self.draft.at, self.policy)
        return self.says_case_open

    @cached_property
    def is_arrest(self) -> bool:
        """Somebody is arrested and nobody charged: by the steps, else by the words."""
        states = self.states
        if states:
            return bool(states & {"arrested", "bailed", "rui"}) and "charged" not in states
        return self.says_arrest_only

    @cached_property
    def is_uncharged(self) -> bool:
        """A case in which nobody is charged: by the steps, else by the words."""
        if self.states:
            return self.states <= proceedings.BEFORE_CHARGE
        return self.says_arrest_only

    @cached_property
    def states(self) -> set[str]:
        incident, at = self.draft.incident, self.draft.at
        steps = [step for step in (incident.proceedings if incident else ()) if step.at <= at]
        return {proceedings.state_of(step.person, incident, at) for step in steps}

    def has_steps(self, person: Person) -> bool:
        """Whether a dated step is theirs, or everybody's, by now."""
        incident, at = self.draft.incident, self.draft.at
        return proceedings.step_of(person.id, incident, at) is not None

    def state_of(self, person: Person) -> str:
        return proceedings.state_of(person.id, self.draft.incident, self.draft.at)

    def people(self, *roles: str) -> Iterator[Person]:
        return (person for person in self.draft.persons if person.role in roles)
