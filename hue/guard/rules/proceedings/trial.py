"""The witnesses, the defence or the verdict to come, while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits, said, words
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

commented = said("trial_comment")
WITNESS = r"(?:witness(?:es)?|complainants?|victims?|women|girls|boys|she|he|they|stor(?:y|ies)|accounts?|evidence|testimony)"
CREDIT = (
    r"(?:honest|truthful|credible|reliable|believable|convincing|impressive|unreliable|dishonest|liars?|lying|lied|fibbing|"
    r"exaggerat\w+|making (?:it|this|things|all this) up|made (?:it|this|the whole thing) up|mistaken|telling the truth|the truth|truer|"
    r"untrue|invented|fabricated|rehearsed|coached)"
)
DEFENCE = (
    r"(?:barristers?|defence|lawyers?|solicitors?|counsel|legal team|pleas?|not guilty|alibi|excuses?|explanation|self-defence|"
    r"denials?|denied|denies|mitigation|silk|qc|kc|brief|story|version|appeal)"
)
MOCK = (
    r"(?:cheek|nerve|gall|audacity|joke|laugh\w*|hilarious|comical|comedy|desperate|straws|nonsense|rubbish|tosh|twaddle|codswallop|"
    r"poppycock|baloney|drivel|garbage|hogwash|fairy|fiction|fantasy|fantasist|insult\w*|pathetic|ridiculous|absurd|preposterous|"
    r"far-fetched|creative|imaginative|imagination|inventive|convenient(?:ly)?|bluff|hopeless|doomed|bizarre|shameless|"
    r"farcical|farce|baffling|dream on|good luck|no chance|fat chance|yeah,? right|believe it if|wriggl\w+|squirm\w*|tricks?|"
    r"loopholes?|technicalit\w+|miracle|genius|magic|waste of)"
)
SAID = re.compile(
    rf"\b(?:(?:was|is|were|made|makes|what) (?:an? |such an? |the )?(?:very |most )?(?!key|prosecution|defence|expert|first|main|last|next|"
    rf"vulnerable|only|independent|final|important|a\b|the\b|an\b|no\b)[a-z]+ witness(?:es)?|{WITNESS}\b[^.!?\n]{{0,40}}\b{CREDIT}|{DEFENCE}\b[^.!?\n]{{0,70}}\b{MOCK}|{MOCK}\b[^.!?\n]{{0,50}}\b{DEFENCE})\b"
)
SIGNS = words(
    "witness witnesses complainant complainants victim victims women girls boys she he they story stories account accounts "
    "evidence testimony barrister barristers defence lawyer lawyers solicitor solicitors counsel legal plea pleas guilty "
    "alibi excuse excuses explanation denial denials denied denies mitigation brief version"
)
# A duty or a question of honesty is none of a witness's.
OPEN = re.compile(
    r"\b(?:alleged|alleges|accused|charged|court heard|prosecution|whether|if|dishonestly|fraud)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    yield from commented(reading)
    for field in reading.fields:
        for hit in () if SIGNS.isdisjoint(field.words) else hits(SAID, field):
            if not OPEN.search(field.lower, max(0, hit.start - 40), hit.end + 40):
                yield hit


RULE = Rule(
    id="LAW-1.trial",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this comments on witnesses, the defence or the verdict.",
    right="Say what happened in court, without judging it.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="trial_comment",
    signs=SIGNS,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        CHARGED("His alibi is nonsense."),
        CHARGED("Her so-called alibi has fallen apart."),
        CHARGED("The jury will see through it."),
        CHARGED("We are confident of a conviction."),
        CHARGED("The witness is lying."),
        CHARGED("The women have been honest with us."),
        CHARGED("His barrister told the jury a fairy tale."),
        CHARGED("She was a marvellous witness."),
        CHARGED("Good luck with the not guilty plea."),
        "A man is charged and is sure to be convicted.",
    ),
    let_through=(
        SENTENCED("The jury will see it in their minds for years."),
        CHARGED("The trial begins on Monday."),
        NO_STEPS("The story is in the paper."),
        ARRESTED("We ask witnesses to call 101."),
        CHARGED("It is alleged that her story to the insurer was untrue."),
        "The court is closed on Monday.",
    ),
)
