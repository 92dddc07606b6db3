"""Phrases that are looked for in every post, all in one pass: risk, threat, question, eyewitness.

A phrase is what people write, in small letters. It counts where it stands as words of its own and
nothing close before it turns it round (“nobody was”, “film about”). Who is meant plays no part:
there is no list of groups of people here, and none may be added.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

LIFE, THREAT, ASKS, SAW = "risk to life", "threat", "question", "eyewitness"

# Somebody is, or soon may be, badly hurt: told as happening.
_LIFE = """
trapped inside|trapped in|trapped under|is trapped|are trapped|people trapped|still inside the|
cant get out|can't get out|cannot get out|can not get out|stuck inside the burning|not breathing|
isn't breathing|isnt breathing|stopped breathing|cant breathe|can't breathe|bleeding out|
bleeding badly|bleeding heavily|unconscious|collapsed and|needs an ambulance|need an ambulance|
need ambulance|send an ambulance|send ambulance|call an ambulance|where is the ambulance|
no ambulance|waiting for an ambulance|please send help|send help|help us please|need help now|
need rescue|needs rescue|need rescuing|please rescue|need to be rescued|needs to be rescued|sos|
mayday|has been stabbed|been stabbed|got stabbed|just stabbed|was stabbed|someone stabbed|
somebody stabbed|being stabbed|stabbing people|has been shot|been shot|got shot|someone shot|
somebody shot|shots fired|shooting at people|active shooter|gunman|man with a gun|man with gun|
men with guns|with a machete|with machetes|with a knife|with knives|with a gun|with guns|
has a gun|has a knife|got a gun|got a knife|waving a knife|waving a gun|pulled a knife|
pulled a gun|people inside|children inside|kids inside|family inside|someone inside|
somebody inside|house on fire with|building is collapsing|building collapsed|roof collapsed|
roof has collapsed|about to collapse|drowning|in the water and|fell in the canal|
fell in the river|jumped off|going to jump|about to jump|on the ledge|kill myself|end my life|
ending my life|suicidal|want to die|overdose|overdosed|being beaten|beating him up|beating her up|
kicking his head|attacked by a gang|crush at the|being crushed|run over|ran over|driven into|
drove into people|drove into a crowd|car into crowd|bomb|explosion|gas leak|acid attack|
acid thrown|hostage|hostages|kidnapped|abducted|missing child|child missing|missing girl|
missing boy
"""

# Somebody says that harm will be done, or calls for it.
_THREAT = """
i will kill|i'll kill|ill kill|im going to kill|i'm going to kill|gonna kill|going to kill|
we will kill|we'll kill|will be killed tonight|kill them all|kill him|kill her|kill you|kill the|
i will stab|i'll stab|gonna stab|going to stab|i will shoot|i'll shoot|gonna shoot|going to shoot|
shoot them all|shoot the police|shoot every|burn it down|burn it to the ground|burn them out|
burn down the|lets burn|let's burn|torch the|torch it|petrol bomb|petrol bombs|molotov|
bring petrol|bring matches|bring weapons|bring knives|bring bats|bring hammers|bring bricks|
come tooled up|tool up|tooled up|smash up the|smash the shops|lets smash|let's smash|lets loot|
let's loot|loot the|we loot|going to loot|gonna loot|meet at|everyone meet|start a riot|lets riot|
let's riot|riot tonight|kick off tonight|kicking off tonight|you are dead|you're dead|youre dead|
dead man|we know where you live|i know where you live|know where he lives|know where she lives|
watch your back|will pay with|deserve to die|should be shot|should be hanged|should be killed|
hang them|string them up|put a bullet|bullet in your|bullet in his|slit your|slit his|behead|
blow up the|blow it up|going to blow|attack the mosque|attack the temple|attack the church|
attack the synagogue|attack the hotel|attack the police
"""

_ASKS = """
is it true|is this true|is that true|is it real|is this real|is it fake|is this fake|
is this legit|can anyone confirm|can anybody confirm|can someone confirm|can somebody confirm|
can you confirm|can the police confirm|any confirmation|anyone confirm|any truth|has anyone heard|
has anybody heard|anyone heard|anybody heard|anyone know|anybody know|does anyone know|
does anybody know|anyone know if|does anyone have any|is there any|are there any|
what is happening|whats happening|what's happening|what is going on|whats going on|
what's going on|what happened|is it safe|is the road|is the station|are the buses|are the trains|
are the shops|is anyone|any news|any update|any updates|why are there|why is there|heard that|
i heard|rumour|rumours|rumor|rumors|apparently|supposedly|unconfirmed
"""

_SAW = """
i can see|i can hear|i could see|i could hear|i just saw|i saw|just seen|ive just seen|
i've just seen|i have just seen|we can see|we can hear|we just saw|we saw|just heard|im at|i'm at|
i am at|im in|i'm in|i am in|im outside|i'm outside|i am outside|im stuck|i'm stuck|were stuck|
we're stuck|we are stuck|right outside my|outside my house|outside my window|outside my flat|
outside our|from my window|in front of me|in front of my|on my street|on my road|my street is|
my road is|my neighbour|my neighbours|next door|near my house|by my house|where i live|
im standing|i'm standing|walking past|drove past|driving past|just passed|just walked past|
right here|here now|happening now in front|live from the scene|my house|my shop|my car was|
my car is|my window|my windows|woke me up|our house|our building
"""

# What makes a question of "heard that" and the like is only the doubt in it.
_DOUBT = re.compile(r"\b(?:rumou?rs?|apparently|supposedly|unconfirmed|heard that|i heard)\b")
_TURNED = re.compile(
    r"\b(?:no|not|never|nobody|no one|noone|wasnt|wasn't|isnt|isn't|without|film|movie|episode|"
    r"song|"
    r"album|lyrics|game|series|novel|book about|drill|exercise|training|years ago|in \d{4}|could "
    r"murder|photo|bath|shower|hand luggage|like a|as if)\b[^.!?]{0,18}$"
)
_FIGURES = re.compile(
    r"\b(?:photo ?bomb|bath bombs?|sex bomb|cherry bomb|bomb ass|da bomb|the bomb\b(?! )|bombshell|"
    r"sugar rush|dead man walking|population explosion|price explosion|"
    r"explosion of (?:colou?r|flavou?r|"
    r"taste)|meet at the (?:library|church|cafe|pub|school|park|hall|museum|theatre)|drowning in|"
    r"gunman(?:'s)? (?:film|game)|shot of|been shot (?:in|on) (?:film|video|hd|black)|"
    r"run over (?:to|by the shop)|kill (?:the (?:mood|vibe|time|lights|engine|music|buzz)|time)|"
    r"kill you (?:to|with kindness)|loot (?:box|crate|the dungeon)|unconscious bias|gas leak app|"
    r"(?:laugh|dying|die|kill)\w* (?:of|with) laugh\w*|with a (?:gun|knife) (?:emoji|crime))\b"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Each as (what it is a sign of, the words)."""

    risks: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    eyewitness: str = ""


@cache
def _book() -> tuple[AhoCorasick, list[tuple[str, str]]]:
    kinds = ((LIFE, _LIFE), (THREAT, _THREAT), (ASKS, _ASKS), (SAW, _SAW))
    phrases = [(kind, one) for kind, text in kinds for one in _listed(text)]
    finder = AhoCorasick(
        [phrase for _, phrase in phrases],
        matchkind=MatchKind.Standard,
        implementation=Implementation.DFA,
    )
    return finder, phrases


def _listed(text: str) -> Iterable[str]:
    return [phrase for phrase in text.replace("\n", "").split("|") if phrase]


def cues(plain: str) -> Cues:
    """Of all of a text, however long."""
    found = list(_found(plain))
    if not found and "?" not in plain:
        return _NONE
    risks = dict.fromkeys((k, p) for k, p, at in found if k in (LIFE, THREAT) and _holds(plain, at))
    asked = [phrase for kind, phrase, _ in found if kind == ASKS and _is_asked(phrase, plain)]
    saw = next((phrase for kind, phrase, _ in found if kind == SAW), "")
    questions = tuple(dict.fromkeys(asked))[:5] or (("?",) if "?" in plain else ())
    return Cues(tuple(risks)[:8], questions, saw)


def _found(plain: str) -> Iterator[tuple[str, str, int]]:
    finder, phrases = _book()
    length = len(plain)
    for number, start, end in finder.find_matches_as_indexes(plain, overlapping=True):
        if (start and plain[start - 1].isalnum()) or (end < length and plain[end].isalnum()):
            continue
        kind, phrase = phrases[number]
        yield kind, phrase, start


def _holds(plain: str, at: int) -> bool:
    """Not turned round by what stands just before, and no figure of speech."""
    if _TURNED.search(plain, max(0, at - 40), at):
        return False
    around = plain[max(0, at - 24) : at + 48]
    return not _FIGURES.search(around)


def _is_asked(phrase: str, plain: str) -> bool:
    return (
        "?" in plain
        or phrase.startswith(("can ", "does ", "has ", "any"))
        or bool(_DOUBT.fullmatch(phrase))
    )


_NONE = Cues()
