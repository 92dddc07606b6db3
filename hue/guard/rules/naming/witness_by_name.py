"""A first name beside what only a victim or a witness does, in words about a case."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import NEAR, RANK
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.rules.naming.anonymity import has_anonymity
from hue.guard.rules.naming.suspected_name import FIRST
from hue.guard.sentences import has
from hue.guard.situations import AGREED, ARRESTED, CHARGED, MISSING, SEXUAL

NAME = re.compile(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?)?(?![\w'])")
IN = re.compile(r"\b(?:in|at|near|from|around|outside|of) $")  # Lincoln, a town
# What is told of victims and witnesses, and of nobody on duty.
HARMED = re.compile(
    r"\b(?:saw (?:it|him|her|them|everything|the|what)|witness(?:ed)?|statement|came (?:forward|to us)|told (?:us|the operator|officers|detectives|police)|reported (?:it|him|her|the)|"
    r"attacked|(?:is|was) (?:very |badly )?bruised|bruise[ds]?|spat at|robbed|punched|stabbed|gave evidence|victim|who died|was hit|knocked (?:down|over|out)|bravest|his glasses|her handbag|"
    r"(?:she|he) (?:was|is) \w+, who|injured (?:man|woman|boy|girl|person|officer)|(?:man|woman|boy|girl) who (?:died|was (?:attacked|hurt|killed|stabbed))|"
    r"assaulted|raped|burgled|conned|chased|grabbed|threatened|mugged|found the body|lost (?:her|his) (?:life|phone|savings)|survivor|stood up in court|"
    r"held (?:him|her) (?:until|till|down|for)|raised the alarm|rang us|called us|rang 999|dialled 999|gave us|picked (?:him|her) out)\b"
)
DUTY = re.compile(
    r"\b(?:pc|pcso|sgt|sergeant|inspector|insp|detective|officer|constable|chief|superintendent|supt|councillor|cllr|mayor|mp|commissioner|judge|"
    r"volunteers?|colleagues?|our own|team|dog|handler|paramedic|nurse|doctor|manager|mannequin|dummy|training|exercise|spokes\w+|said|named after|horse|puppy|cat)\b"
)
# After a charge a whole name is the defendant's more often than not.
COURT = words("charged court jailed sentenced convicted guilty banned trial")
CASE = words(
    "arrested arrest custody charged court victim witness attacked assaulted robbed bail bailed suspicion murder stabbed raped rape burglary robbery "
    "fraud blackmail trafficking statement appeal evidence spat pushed died"
)


def find(reading: Reading) -> Iterator[Hit]:
    known = {word.lower() for one in reading.draft.persons for word in one.name.split()}

    is_after_charge = not COURT.isdisjoint(reading.words)

    def is_free(name: str) -> bool:
        is_theirs = is_after_charge and " " in name and not has_anonymity(reading)
        return not is_theirs and (known | {*reading.policy.not_names}).isdisjoint(
            name.lower().split()
        )

    for field in reading.fields:
        harmed, duty = has(HARMED, field.lower), has(DUTY, field.lower)
        for first in FIRST.finditer(field.text):
            start = first.start()
            near = field.text[max(0, start - NEAR) : start]
            if first[0].lower() not in reading.policy.given_names or RANK.search(near):
                continue
            name = NAME.match(field.text, start)
            if IN.search(near):
                continue
            is_told = has_anonymity(reading) or harmed(start)
            if name and is_told and not duty(start) and is_free(name[0]):
                yield Hit(field, start, name.end())


def _applies(reading: Reading) -> bool:
    is_missing = "missing" in reading.text.words or reading.draft.kind == "appeal_missing"
    return not is_missing


RULE = Rule(
    id="PUB-9.unlisted",
    family="naming",
    severity=Severity.STOP,
    wrong="This looks like the name of a victim or witness whom nobody has asked.",
    right="Say “a woman in her twenties”, “a shop worker”. If they agreed, enter them first.",
    source="College of Policing, APP Media and communications",
    may_override=COMMAND,
    signs=CASE,
    when=_applies,
    find=find,
    caught=(
        "A man was arrested. Thanks to Karen from the bakery, who saw it all.",
        "Courtney was attacked at the taxi rank. A man is on bail.",
        CHARGED("David, who gave evidence today, can go home."),
        ARRESTED("Daniel was robbed on Friday. A man is in custody."),
        SEXUAL("Emma came to us in March. A man was arrested."),
    ),
    let_through=(
        ARRESTED("A man is in custody. PC Karen Lowe took the statement."),
        ARRESTED("A man is in custody. A witness told us what she saw."),
        AGREED("Tara Quill was robbed on Friday. A man was arrested."),
        MISSING("Have you seen Mia? A witness saw her at the station."),
        "Karen from the bakery won our raffle.",
        "Pupils solved a murder in our flat. Victim: a mannequin called Trevor.",
        "A man was arrested in Victoria Square. Did you see it?",
    ),
)
