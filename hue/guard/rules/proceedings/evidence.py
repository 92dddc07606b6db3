"""How strong the evidence is, said while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits, said, words
from hue.guard.sentences import sentence
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

strong = said("strength_of_evidence")
# “Petrol on his sleeves”, “messages on her phone”
ON = re.compile(
    r"\b(?:blood|petrol|paint|mud|dye|glass|powder|cash|notes|jewellery|keys|messages|texts|photos|photographs|pictures|videos|images|"
    r"searches|receipts|maps|emails|footage|fingerprints|prints|dna|traces|residue|scratches|bite marks|cocaine|heroin|cannabis|drugs|wraps|tools|"
    r"crowbar|knife|gun|weapon|goods|property|phones|laptops|bikes)\b[^.!?\n]{0,25}? (?:on|in|under|up|behind|round|all over|inside|from|down) "
    r"(?:him|(?:his|her|their) (?:\w+ )?(?:sleeves?|cuffs?|fingers|fingernails|face|shoes|trainers|boots?|clothes|clothing|jacket|hoodie|coat|jeans|"
    r"trousers|socks?|pockets?|bag|rucksack|backpack|handbag|phones?|laptop|computer|tablet|browser|hard drive|search history|car|van|garage|"
    r"shed|loft|attic|garden|freezer|fridge|bed|bedroom|mattress|wardrobe|kitchen|flat|house|home|hands?))\b"
)
THINGS = words(
    "blood petrol paint mud dye glass powder cash notes jewellery keys messages texts photos photographs pictures videos images "
    "searches receipts maps emails footage fingerprints prints dna traces residue scratches bite cocaine heroin cannabis drugs "
    "wraps tools crowbar knife gun weapon goods property phones laptops bikes"
)
# What the court will hear, and what was taken from the person harmed, is no weighing.
OPEN = re.compile(
    r"\b(?:alleged|alleges|accused of|charged with|suspicion of|stolen from|taken from|theft of|victim|owner|owners|her own|whether|if|search|searching|searched)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    yield from strong(reading)
    for field in reading.fields:
        for hit in () if THINGS.isdisjoint(field.words) else hits(ON, field):
            if not OPEN.search(field.lower, *sentence(field.lower, hit.start)):
                yield hit


RULE = Rule(
    id="LAW-1.evidence",
    family="proceedings",
    severity=Severity.STOP,
    wrong="How strong the evidence is, the court decides while the case is active.",
    right="Say what is being done: “we are examining a knife”.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="strength_of_evidence",
    signs=THINGS,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("DNA proves it was him."),
        CHARGED("The evidence against him is overwhelming."),
        CHARGED("The evidence is overwhelming."),
        CHARGED("He was caught on camera."),
        ARRESTED("Petrol on his sleeves, no eyebrows."),
        CHARGED("Two hundred messages on her phone say so."),
        CHARGED("An open and shut case."),
        "A man was arrested after footage puts him at the scene.",
    ),
    let_through=(
        SENTENCED("DNA proves it was him, the court heard."),
        ARRESTED("Detectives look through CCTV."),
        CHARGED("She is charged with having drugs in her car."),
        ARRESTED("We are searching for a knife in his garden."),
        NO_STEPS("A fox was caught on camera."),
        CHARGED("We ask for footage of the street."),
        ARRESTED("Fingerprints are being examined."),
    ),
)
