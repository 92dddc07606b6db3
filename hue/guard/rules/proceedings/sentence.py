"""What sentence somebody deserves, said while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits, said, words
from hue.guard.situations import ARRESTED, CHARGED, CONVICTED, NO_STEPS, SENTENCED

deserved = said("sentence_deserved")
TERM = (
    r"(?:prison|jail(?:ed)?|years|months|sentence|sentenced|behind bars|the judge|the magistrates|the bench|"
    r"life|locked up|punish(?:ed|ment)|inside|a cell|porridge|custodial|the key|bars)"
)
WISH = (
    r"(?:should|ought to|deserv\w+|hop(?:e|es|ing|efully)|anything (?:under|less|below|short)|nothing (?:under|less|short)|"
    r"insult|a joke|fingers crossed|not enough|too (?:soft|short|lenient|good|light)|(?:less|fewer|more) than|at least|"
    r"we (?:want|trust|expect|pray)|i(?:'d| would) (?:give|like|love|want|expect|hope)|let's|looking forward|about time|"
    r"with (?:any )?luck|bet|richly|nowhere near|would be (?:about |only |just )?(?:right|fair|justice|better|nice|good)|must|better be|please)"
)
# A wish and a term of prison in one sentence, either way round.
WISHED = re.compile(
    rf"\b{WISH}\b[^.!?\n]{{0,60}}\b{TERM}\b|\b{TERM}\b[^.!?\n]{{0,40}}\b(?:should|deserv\w+|insult|a joke|"
    r"not enough|too (?:soft|short|lenient|good|light)|would be (?:about |only |just )?(?:right|fair|justice|better|nice|good)|please|hopefully)\b"
)
TERM_WORDS = words(
    "prison jail jailed years months sentence sentenced bars judge magistrates bench life locked punish "
    "punished punishment inside cell porridge custodial key"
)
# What the court itself will do, and how long something took, is no wish.
FACT = re.compile(
    r"\b(?:recall|years? (?:old|ago|of age|later)|sentenced? (?:has been|was|on|at|to be)|must (?:return|appear|answer|not)|"
    r"please (?:let|don't|do not|call|contact|ring|get|remember)|innocent|life[- ]?(?:long|threatening|changing)|for life|at least (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:people|men|women|years|months))\b"
)


# “You deserve to know it.”
OF_ALL = re.compile(
    r"\b(?:you|we|everyone|everybody|residents|victims|people|families)(?: all)? deserves?\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for hit in deserved(reading):
        if not OF_ALL.search(hit.field.lower, max(0, hit.start - 20), hit.end):
            yield hit
    for field in reading.fields:
        if TERM_WORDS.isdisjoint(field.words):
            continue
        for hit in hits(WISHED, field):
            if not FACT.search(field.lower, hit.start, hit.end + 12):
                yield hit


RULE = Rule(
    id="LAW-1.sentence",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this says what sentence is deserved.",
    right="Say when and where the court sits.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="sentence_deserved",
    signs=TERM_WORDS,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("He deserves to be locked up."),
        CHARGED("He deserves every year he gets."),
        CHARGED("Throw away the key."),
        CHARGED("He is going to prison."),
        CONVICTED("We want the maximum sentence."),
        CONVICTED("Anything under six years would be an insult."),
        ARRESTED("Should he go to prison for it?"),
        "We arrested a man. He should be jailed.",
    ),
    let_through=(
        SENTENCED("He will be behind bars for a long time."),
        CHARGED("The case goes to the Crown Court on Monday."),
        NO_STEPS("You deserve a quiet night."),
        ARRESTED("He was bailed until March."),
        "Everybody deserves a safe street.",
        CHARGED("You deserve to know that the case is in court on Monday."),
        CHARGED("He must appear before the magistrates. Please let the court do its work."),
        CHARGED("She was hurt in the crash two years ago. She should be home soon."),
    ),
)
