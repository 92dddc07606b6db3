"""Which places a post speaks of. A name alone is not a place: “reading”, “hope”, “over”, “bath”.

One pass finds every name; the longest wins. A name that is also a word or a surname counts only
with a sign beside it, and each place that counts says which.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from hue.listening.engine.words import plain as fold


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` is the force's own word (ward, district, station); `ward` the ward's id, if known."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    ward: str = ""


# Places of Britain that are also words, first names or surnames; a force adds nothing: a name of
# one word that stands here, or is shorter than five letters, needs a sign.
COMMON = frozenset(
    re.findall(
        r"\S+",
        """abbey acre ash aston bank bath beck bell bentley blake bond bow bradley brook brown
    bury castle chad chase chester church close common cook cross dale dean deal diss drake east
    edge ely eye field ford forest fort friars frost gate grange green grove hall hart hatch hay
    hayes heath highfield hill hilton hope hull hurst hythe kent king kings lane law lea
    lee leek lincoln lock lodge long manor march marsh may mere mill moor more moss nelson newton
    north oak old over oxford oxley palmer park parker parks penn perry pleck poole pool port
    preston princes priory quarry queens rainbow rake reading rock rose rowley rugby rye sale
    sandwell school settle shaw shirley small south spring square stafford star staple stone street
    summer sutton swan temple thorpe tower town tring tyne vauxhall victoria wall walker ward ware
    warren washwood wells wash west weston wick windsor wing winter wood woodgate
    worth wyre york hodge longford radford westwood whitmore princess soho stoke
    springfield bourne bartley sheldon quinton""",
    )
)

_BEFORE = re.compile(
    r"(?:\b(?:in|near|at|to|from|around|outside|towards|toward|through|across|leaving|into|of|via|"
    r"between|inside|round|past|by|off|along|behind|for)\s+(?:the\s+)?(?:\w+\s+(?:and|&|to|or)\s+)?|#)"
    r"(?:(?:north|south|east|west|central|upper|lower|old|new)\s+)?$"
)
_AFTER = re.compile(
    r"^(?:'s)?\s+(?:road|street|lane|high\s+street|high\s+st|town|village|ward|station|library|park|"
    r"hospital|school|centre|center|area|estate|market|bus|train|police|fire|mosque|church|temple|"
    r"shops|circus|island|roundabout|residents|locals|baths|leisure|cemetery|common|rd|st|b\d|"
    r"birmingham|west\s+midlands)\b|^,\s*(?:birmingham|b\d+|west\s+midlands|uk|england)\b"
)
# Somebody or something of the same name.
_PERSON = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|sir|pc|sgt|sergeant|inspector|cllr|councillor|judge|professor|prof|lord|"
    r"lady|uncle|aunt|auntie|president|king|queen|prince|saint)\.?\s+(?:\w+\s+)?$"
)
_OTHER = re.compile(
    r"^(?:'s)?\s+(?:villa|martin|fc|united|rovers|albion|wanderers|alabama|al\b|ale|festival|"
    r"pudding|biscuits|book|poem|cup|ltd|plc|fargo|elementary|illinois)\b|^,?\s+(?:alabama|"
    r"illinois|michigan|usa|australia|canada|jamaica|ohio|texas|new\s+jersey)\b"
)
_DOES = re.compile(r"^\s*(?:said|says|told|scored|scores|wins|won|v|vs|beat|drew|lost|played)\b")
_MOST = 20  # places of one post


@dataclass(frozen=True, slots=True)
class Found:
    place: Place
    reason: str


class Gazetteer:
    def __init__(self, entries: Iterable[Place]) -> None:
        names: dict[str, Place] = {}
        for place in entries:
            for name in (place.name, *place.aliases):
                folded = " ".join(fold(name).replace("-", " ").split())
                if len(folded) > 1:
                    names.setdefault(folded, place)
                    names.setdefault(folded.replace(" ", ""), place)
        self._names = list(names)
        self._places = list(names.values())
        self._finder = (
            AhoCorasick(
                self._names,
                matchkind=MatchKind.LeftmostLongest,
                implementation=Implementation.DFA if len(names) < 5000 else None,
            )
            if names
            else None
        )

    def __len__(self) -> int:
        return len({place.id for place in self._places})

    def find(self, plain: str, original: str) -> list[Found]:
        """Each place once, in the order of the text; `original` still has its capitals."""
        if self._finder is None:
            return []
        text = plain.replace("-", " ").replace("'", "'")
        hits = list(self._hits(text))
        if not hits:
            return []
        capitals = original if len(original) == len(plain) and not original.isupper() else ""
        asked = [(hit, self._sign(text, capitals, *hit)) for hit in hits]
        has_firm = any(sign == "a name of its own" for _, sign in asked)
        found: dict[str, Found] = {}
        for (number, start, end), sign in asked:
            reason = sign or (self._beside(capitals, start) if has_firm else "")
            place = self._places[number]
            if reason and place.id not in found and len(found) < _MOST:
                found[place.id] = Found(place, f"“{text[start:end]}” is {place.name}: {reason}")
        return list(found.values())

    def _hits(self, text: str) -> Iterator[tuple[int, int, int]]:
        assert self._finder is not None
        length = len(text)
        for number, start, end in self._finder.find_matches_as_indexes(text):
            if start and (text[start - 1].isalnum() or text[start - 1] in "@_"):
                continue
            if end < length and (text[end].isalnum() or text[end] == "_"):
                continue
            yield number, start, end

    def _sign(self, text: str, capitals: str, number: int, start: int, end: int) -> str:
        """Why this name is a place here; "" where nothing says so."""
        before, after = text[max(0, start - 40) : start], text[end : end + 24]
        at = _BEFORE.search(before)
        if _OTHER.search(after) or _PERSON.search(before) or (_DOES.search(after) and not at):
            return ""
        name = self._names[number]
        if not (name in COMMON or (len(name) < 5 and not name[-1].isdigit())):
            return "a name of its own"
        if _AFTER.search(after):
            return f"followed by “{after.split()[0]}”"
        if before.endswith("#"):
            return "a hashtag"
        if at and capitals and capitals[start].isupper():
            return f"“{before.split()[-1]}” and a capital letter"
        return ""

    @staticmethod
    def _beside(capitals: str, start: int) -> str:
        """A name that is also a word, with a capital, beside another place."""
        return (
            "a capital letter, beside another place"
            if capitals[start : start + 1].isupper()
            else ""
        )
