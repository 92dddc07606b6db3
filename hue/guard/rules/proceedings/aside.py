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
# What a short sentence beside a case is about in earnest: procedure, thanks, time, how to reach us.
EARNEST = words(
    "arrest arrests arrested bail bailed charge charged court custody hearing trial plea sentence sentenced sentencing remand "
    "remanded released detained suspicion investigation enquiries inquiries inquiry officers police we us our your you please thank "
    "thanks ta call ring tell report more update updates details details: follow soon later tomorrow today tonight now morning "
    "afternoon evening night monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december scene road roads lane street open closed reopened cleared clear update: news "
    "appeal witness witnesses victim family hospital injuries injured safe hurt recovering stable everyone nobody all no "
    "none yes not adjourned listed verdict jury out awaited expected name names naming comments dna forensics searches ongoing "
    "continues continue log crime ref reference information info share statement latest result next first last second "
    "drugs knife weapon cash vehicle car seized recovered returned owner owners man men woman women boy girl male female teenager aged "
    "years months days hours guilty denied denies magistrates crown judge ruling decision order orders application reporting restrictions "
    "apply applies conditions condition done complete completed both each two three deny offence offences area well job thanks "
    "stay keep remember again: hi hello hiya morning evening good great end ends ask asked question questions answer q a why who "
    "what when where how is are was were have has had do does did will can may"
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
    yield from _short(reading.text)


def _short(field: Field) -> Iterator[Hit]:
    """A sentence of a few plain words, none of which belongs to a case."""
    for match in SENTENCE.finditer(field.lower):
        said = WORD.findall(match.group())
        is_plain = field.text[match.start() + 1 : match.end()].islower()
        is_short = said and len(said) <= LONGEST and not ASKS.search(match.group())
        if match.start() and is_short and is_plain and EARNEST.isdisjoint(said):
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
        CHARGED("She denied assault. As they say."),
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
