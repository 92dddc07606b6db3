"""The words as a reader sees them: disguises taken off, every place mapped back.

Letters of other alphabets that look Latin, full-width forms, invisible characters, accents, and
digits spelled out or replaced by letters. A finding must point at what was written, so each
folded text knows where each of its characters came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Cyrillic, Greek, Armenian and other letters that pass for Latin ones.
LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеіјорсухѕԁһԛԝҮԌӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονραικυχɡıℓ" + "օսոհց",
        "ABESIJKMHOPCTYXaeijopcyxsdhqwYGl" + "ABEZHIKMNOPTYXovpaikuxgil" + "ounhg",
        strict=True,
    )
)
LOOKALIKES |= {mark: "-" for mark in "‐‑‒–—―−"}
LOOKALIKES |= dict.fromkeys("‘’‛′`´", "'") | dict.fromkeys("“”„″", '"')
LOOKALIKES |= dict.fromkeys("·•∙", ".") | {"∕": "/", "⁄": "/"}

DIGITS = {
    **{"zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2"},
    **{"three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"},
}
ROUND = {"hundred": "00", "thousand": "000"}  # “nine hundred” is 9 and two noughts
TIMES = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
# The alphabet of the radio: “Bravo Delta five one, Sierra Mike Romeo” is BD51SMR.
_RADIO_WORDS = re.findall(
    r"\S+",
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whiskey yankee zulu alfa "
    "juliett whisky xray x-ray",
)
RADIO = {word: word[0].upper() for word in _RADIO_WORDS}
# And the names of the letters themselves: “jay”, “zed”.
RADIO |= dict(
    zip(
        re.findall(
            r"\S+", "bee cee dee eff gee aitch jay kay ell em en pee cue ess tee vee ex wye zed"
        ),
        "BCDFGHJKLMNPQSTVXYZ",
        strict=True,
    )
)
TEENS = dict(
    zip(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        map(str, range(10, 20)),
        strict=True,
    )
)
TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        "23456789",
        strict=True,
    )
)
COUNTED = {
    **TEENS,
    **{ten: f"{first}0" for ten, first in TENS.items()},
    **{
        f"{ten}{gap}{one}": first + digit
        for ten, first in TENS.items()
        for one, digit in DIGITS.items()
        for gap in " -"
    },
    **{
        f"{times}{gap}{one}": digit * TIMES[times]
        for times in TIMES
        for one, digit in DIGITS.items()
        for gap in " -"
    },
}
# “seventy-seven hundred, one twenty three”
_SAID = {**DIGITS, **ROUND, **COUNTED, "plus": "+"}
_TEN = rf"(?:{'|'.join(TENS)})(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))?"
_COUNTS = rf"{_TEN}|{'|'.join((*TEENS, *DIGITS, *ROUND))}"
_WORD = rf"(?:(?:{'|'.join(TIMES)})[ \-]+)?(?:{_COUNTS}|\d[\do]*)"
SPOKEN = re.compile(rf"(?<![a-z\d])(?:\+|plus )?{_WORD}(?:[ ,./\-]{{1,4}}{_WORD}){{2,}}(?![a-z\d])")
_TOKEN = re.compile(rf"(?:({'|'.join(TIMES)})[ \-]+)?((?:{_COUNTS})(?![a-z])|\d[\do]*|\+|plus)")
_COUNT_WORDS = {one for said in COUNTED for one in re.split("[ -]", said)}
DIGIT_WORDS = frozenset((*TIMES, *DIGITS))
WORDS = frozenset((*TIMES, *DIGITS, *RADIO, *_COUNT_WORDS))
_ANY = "|".join((*sorted(COUNTED, key=len, reverse=True), *DIGITS, *RADIO))
_SIGN = rf"(?:{_ANY}|[a-z](?:[ \-](?:for|as in)[ \-][a-z]+)?|\d{{1,4}})"
_SIGNS = {**DIGITS, **RADIO, **COUNTED}
MIXED = re.compile(rf"(?<![\w@']){_SIGN}(?:(?:[ ,\-]|\.(?! [a-z]{{2}})){{1,3}}{_SIGN}){{3,}}(?!\w)")
_ONE_SIGN = re.compile(rf"(?<!\w){_SIGN}(?!\w)")
_FOR = re.compile(r"[a-z][ \-](?:for|as in)[ \-]")
SHORTEST = 6  # digits that may be somebody's number
_LIKELY = re.compile(rf"(?<![a-z])(?:{'|'.join([*TIMES, *DIGITS])})(?![a-z])")
# O for nought, l and I for one, inside a number.
_LETTERED = re.compile(r"[\dOoIl](?<![A-Za-z\d].)(?:[ \-.]?[\dOoIl]){8,19}(?![A-Za-z\d])")
_BESIDE = re.compile(r"\d(?:(?<=[OoIl].)|(?<=[OoIl][ \-.].)|[ \-.]?[OoIl])")
_AS_DIGIT = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Folded:
    """`starts[n]`, `ends[n]`: where character n came from; None where nothing has moved."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the folded text stands for."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    if original.isascii():
        return Folded(original)
    kept = [(new, at) for at, char in enumerate(original) for new in seen(char)]
    text = "".join(new for new, _ in kept)
    if len(text) == len(original) and [at for _, at in kept] == list(range(len(text))):
        return Folded(text)
    return Folded(text, tuple(at for _, at in kept), tuple(at + 1 for _, at in kept))


@lru_cache(maxsize=4096)
def seen(char: str) -> str:
    """What one character looks like, in plain letters; nothing where it cannot be seen."""
    if char in LOOKALIKES:
        return LOOKALIKES[char]
    parts = unicodedata.normalize("NFKD", char)
    if parts != char:
        return "".join(seen(part) for part in parts)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc") and char not in "\n\t":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    return " " if category == "Zs" else char


def numbers(folded: Folded, *, is_said: bool = True, is_mixed: bool = True) -> Folded:
    """The same with numbers as digits: “oh seven seven” and “O77” are 077.

    Without a word for a digit none is said, without two of any kind none is said letter by letter.
    """
    if is_mixed and (found := [*_mixed(folded.text)]):
        folded = _with_digits(folded, found)
    if is_said and (found := _spoken(folded.text)):
        folded = _with_digits(folded, found)
    if _BESIDE.search(folded.text) and _LETTERED.search(folded.text):
        lettered = _LETTERED.sub(_digits_of_letters, folded.text)
        folded = Folded(lettered, folded.starts, folded.ends)
    return folded


def _digits_of_letters(found: re.Match[str]) -> str:
    words = found.group()
    enough = sum(char.isdigit() for char in words) >= 5
    return words.translate(_AS_DIGIT) if enough else words


def _mixed(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters and digits said one by one, and what stands between them taken out."""
    lower = text.lower()
    for run in MIXED.finditer(lower):
        signs = [(one.span(), one.group()) for one in _ONE_SIGN.finditer(run.group())]
        said = {word for _, word in signs}
        is_said = len(said & RADIO.keys()) > 1 or (
            said & (DIGITS.keys() | COUNTED.keys()) and _is_lettered(said)
        )
        if is_said and any(word in DIGITS or word in COUNTED or word.isdigit() for word in said):
            done = run.start()
            for (start, end), word in signs:
                if run.start() + start > done:
                    yield done, run.start() + start, ""
                done = run.start() + end
                yield run.start() + start, done, _sign(word)


def _sign(word: str) -> str:
    """“E for echo” is an E."""
    return word[0].upper() if _FOR.match(word) else _SIGNS.get(word, word).upper()


def _is_lettered(said: set[str]) -> bool:
    return any(
        (len(word) == 1 and word.isalpha() and word not in "aio") or _FOR.match(word)
        for word in said
    )


def _spoken(text: str) -> list[tuple[int, int, str]]:
    """Each spelled-out digit of each run: from, to, what it stands for."""
    lower, digits = text.lower(), []
    for run in SPOKEN.finditer(lower):
        tokens = [
            (
                token.start(),
                token.end(),
                _SAID.get(token[2], token[2].replace("o", "0")) * TIMES.get(token[1], 1),
            )
            for token in _TOKEN.finditer(lower, run.start(), run.end())
        ]
        if sum(len(said) for _, _, said in tokens) >= SHORTEST and _LIKELY.search(run.group()):
            digits += tokens
    return digits


def _with_digits(folded: Folded, found: list[tuple[int, int, str]]) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, said in [*found, (len(folded.text), len(folded.text), "")]:
        for at in range(done, start):
            place = folded.place(at, at + 1)
            starts.append(place[0])
            ends.append(place[1])
        parts += [folded.text[done:start], said]
        place = folded.place(start, end)
        starts += [place[0]] * len(said)
        ends += [place[1]] * len(said)
        done = end
    return Folded("".join(parts), tuple(starts), tuple(ends))
