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
# “A knife down the trousers”: whatever it is, and whoever wears them.
WORN = re.compile(
    r"\b(?!man|woman|male|female|boy|girl|person|dressed|suspect|teenager|lad|was|were|is)[a-z]+ (?:stuffed |tucked |hidden |shoved )?(?:(?:down|in|inside|up|under|out of) (?:his|her|their)|(?:down|inside|up|under) (?:the|an?)) (?:[a-z]+ )?(?:trousers|coat|jacket|waistband|socks?|"
    r"sleeves?|underwear|pants|bra|hoodie|tracksuit|boxers|jumper|knickers|boots?)\b"
)
# “with four machines in his bag”
HELD = re.compile(
    r"\b(?:with|carrying|clutching|plus) (?!the (?:help|support)|an? (?:[a-z]+ )?(?:tattoo|scar|limp|cut))[^.,!?\n]{2,30} (?:in|on|under|inside|down|up|strapped to|stuffed in|hidden in) (?:his|her|their) (?:[a-z]+ )?"
    r"(?:bags?|rucksacks?|backpacks?|handbag|pockets?|boot|car|van|possession|hands?|fingers|sleeves?|fridge|freezer|lock-up|shed|garage|loft|glovebox|pram|basket|trolley|buggy|suitcase)\b"
)
HOLDERS = words(
    "bag bags rucksack rucksacks backpack backpacks handbag pocket pockets boot car van possession hand hands fingers sleeve sleeves fridge freezer "
    "lock shed garage loft glovebox pram basket trolley buggy suitcase"
)
CLOTHES = words(
    "trousers coat jacket waistband sock socks sleeve sleeves underwear pants bra hoodie tracksuit boxers jumper knickers boot boots"
)
OPEN = re.compile(
    r"\b(?:alleged|alleges|accused of|charged with|suspicion of|stolen from|taken from|theft of|victim|back (?:in|on|with)|owner|owners|her own|whether|if|search|searching|searched)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    yield from strong(reading)
    for field in reading.fields:
        for hit in () if CLOTHES.isdisjoint(field.words) else hits(WORN, field):
            if not OPEN.search(field.lower, *sentence(field.lower, hit.start)):
                yield hit
        for hit in () if HOLDERS.isdisjoint(field.words) else hits(HELD, field):
            if not OPEN.search(field.lower, *sentence(field.lower, hit.start)):
                yield hit
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
    signs=THINGS | CLOTHES | HOLDERS,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("DNA proves it was him."),
        CHARGED("The evidence against him is overwhelming."),
        CHARGED("The evidence is overwhelming."),
        CHARGED("He was caught on camera."),
        ARRESTED("Petrol on his sleeves, no eyebrows."),
        CHARGED("Two hundred messages on her phone say so."),
        "Three phones down the trousers, one arrested.",
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
