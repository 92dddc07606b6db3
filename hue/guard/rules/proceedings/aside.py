"""A short aside beside an arrest or a charge: irony says what nobody may assert."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits, words
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

SENTENCE = re.compile(r"(?<![^\s.!?…\"])[a-z'][^.!?…\n]*(?:[.!?…]+|$)")
WORD = re.compile(r"[a-z']+")
ASKS = re.compile(r"[\d?:]")  # a question, a number, a label
LONGEST = 4  # words of an aside
# Words of mock praise, pity and surprise, such as no sentence in earnest has beside a case.
IRONY = words(
    "bold brave funny clever classy charming oops ouch whoops awkward karma gotcha pity bless unlucky cheeky naughty ironic "
    "bye bingo boom sorted genius original convenient imaginative creative shocker surprise surprised odd strange typical "
    "predictable busted rumbled caught enough dreams comfy cosy lovely delightful priceless hilarious laughable nope yeah sure "
    "obviously clearly finally honestly seriously apparently"
)
# “Bail, again.” “As they all do.” “Funny, that.” “#OneLessBurglar”
MARKS = re.compile(
    r"#\w*(?:oneless|1less|gotcha|jobdone|doesntpay|lockedup|lockthem|busted|nabbed|bangedup|bangtorights|thie[fv]|burglar|dealer|crook"
    r"|scum|thug|badguy|badboy|badlad|guilty|justice|nowheretohide|offthestreet|offourstreet|nottoday|karma|youcanrun|wegothim|"
    r"gothim|gotthem|caught|collar|winning|onemore|idiot|muppet|clown|fail|byebye|goodriddance|prison)\w*"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        if "#" in field.words:
            yield from hits(MARKS, field)
    if not IRONY.isdisjoint(reading.text.words):
        yield from _short(reading.text)


def _short(field: Field) -> Iterator[Hit]:
    """A sentence of a few plain words, one of them a wink."""
    for match in SENTENCE.finditer(field.lower):
        said = WORD.findall(match.group())
        is_plain = field.text[match.start() + 1 : match.end()].islower()
        is_short = said and len(said) <= LONGEST and not ASKS.search(match.group())
        if match.start() and is_short and is_plain and not IRONY.isdisjoint(said):
            yield Hit(field, match.start(), match.end())


RULE = Rule(
    id="LAW-1.aside",
    family="proceedings",
    severity=Severity.STOP,
    wrong="Beside an arrest or a charge this reads as a comment on the person's guilt.",
    right="Leave the aside out; say what happens next.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        CHARGED("A not guilty plea to burglary. Bold."),
        CHARGED("She denied assault. How convenient."),
        ARRESTED("A man is in custody. Clever lad!"),
        ARRESTED("A man is in custody. #OneLessBurglar"),
        ARRESTED("A woman is in custody. Funny, that."),
        "A man was arrested. Oops.",
    ),
    let_through=(
        ARRESTED("A man is in custody. More to follow."),
        ARRESTED("A man is in custody. Thank you all."),
        CHARGED("He denied it. Trial in March."),
        NO_STEPS("The fair was fun. Oops."),
        SENTENCED("He was jailed. Bold."),
        "A man was arrested at St. John's Road. Log 1432.",
    ),
)
