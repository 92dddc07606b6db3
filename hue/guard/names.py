"""How people are written: the names of those on the list, and names that nobody listed."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hue.guard.draft import Person
from hue.guard.fold import fold
from hue.guard.reading import Reading
from hue.guard.rule import Hit

STREETS = "Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Court|Park|Hill|Green|Way|Grove|House|Inn"
# A surname alone counts unless it is a street's.
_ALONE = rf"(?<![\w#])(?:%s)(?!\w|[ -](?:{STREETS}|[A-Z][a-z]+ (?:{STREETS}))\b)"
# A first name alone counts unless another surname follows, or a rank stands before.
_FIRST = rf"(?<!PC )(?<!DC )(?<!DS )(?<!DI )(?<!PS ){_ALONE}(?! [A-Z][a-z])"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Master)"
NAME_WORD = r"(?:(?:Mc|Mac|O'|De|D')?[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)?)"
NAME_BEGINS = re.compile(r"[A-Z](?<!\w.)")
NAME = rf"{NAME_WORD}(?: (?:[A-Z]\.? |al-|bin |de |van )?{NAME_WORD}){{1,2}}"
NEAR = 40  # characters: what stands right before is looked for no further back
RANK = re.compile(
    r"(?:PC|DC|PS|DS|DI|DCI|PCSO|Sgt|Sergeant|Inspector|Insp|Constable|Superintendent|Supt|Officer|"
    r"by Dr|Chief|Detective|Det|Cllr|Councillor|Mayor|Judge|Recorder|Commissioner|Special"
    # “PC 2217 Mollie Trent”, “Constables Amara Obi, Josh Finch and Ellen Mackie”
    r"|Team)\.?(?: \d{1,5})? $"
    r"|(?:PC|PCSO|DC|Sergeant|Constable|Inspector)s (?:[A-Z]\w+ [A-Z]\w+(?:, | and )){0,2}$"
)


def named(reading: Reading, person: Person, *, first_name_too: bool = False) -> Iterator[Hit]:
    """Where a person's name, other names or identifying details stand, in any field."""
    written = (*_names(person.name, first_name_too), *map(_exact, (*person.also, *person.details)))
    yield from _found(reading, written)


def mentioned(reading: Reading, names: Iterable[str]) -> Iterator[Hit]:
    """Where any of the names stands, whole or by its surname."""
    yield from _found(reading, tuple(form for name in names for form in _names(name, False)))


def exactly(reading: Reading, phrases: Iterable[str]) -> Iterator[Hit]:
    yield from _found(reading, tuple(map(_exact, phrases)))


def _found(reading: Reading, forms: tuple[str, ...]) -> Iterator[Hit]:
    if not forms:
        return
    pattern = _compiled(forms)
    for field in reading.fields:
        for match in pattern.finditer(field.text):
            yield Hit(field, match.start(), match.end())


@lru_cache(maxsize=2048)
def _compiled(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(forms))


@lru_cache(maxsize=2048)
def _names(name: str, first_name_too: bool) -> tuple[str, ...]:
    """Whole, surname first, with an initial; the surname alone; the first name alone if asked."""
    parts = [_leet(part) for part in fold(name).text.split()]
    if not parts:
        return ()
    if len(parts) == 1:
        return (_exact(name),)
    plain = [re.escape(part) for part in fold(name).text.split()]
    first, last = parts[0], parts[-1]
    whole = (
        rf"{first}(?:[ _.\-]+[\w']+\.?){{0,2}}?[ _.\-]+{last}|{last}[ ,_\-]+{first}|{first}{last}"
    )
    initial = rf"{first} {plain[-1][0]}\b\.?|{plain[0][0]}\.? {last}"
    forms = [rf"(?i:(?<![A-Za-z])(?:{whole}|{initial})(?![A-Za-z]))"]
    first, last = plain[0], plain[-1]
    if len(last) > 2:
        forms.append(_ALONE % rf"{last}|{last.upper()}")
    if first_name_too:
        short = "".join(f"|{one}" for one in SHORT.get(first.lower(), ()))
        forms.append(_FIRST % rf"{first}|{first.upper()}{short}")
    return tuple(forms)


# What people with such a name are called.
SHORT: dict[str, tuple[str, ...]] = {
    long: tuple(short.split())
    for long, short in (
        line.split(": ")
        for line in """\
alexander: Alex Al Sandy Xander
alexandra: Alex Sandra Lexi
andrew: Andy Drew
anthony: Tony Ant
antony: Tony Ant
barry: Baz Bazza
benjamin: Ben Benny
catherine: Cath Cathy Kate
charles: Charlie Chaz
christine: Chris Tina
christopher: Chris Kit
daniel: Dan Danny
darren: Daz Dazza
david: Dave Davey Davie
deborah: Deb Debs Debbie
edward: Ed Eddie Ted
elizabeth: Liz Lizzie Beth Betty
francis: Frank Frankie
frederick: Fred Freddie
gareth: Gaz Gary
gary: Gaz Gazza
gerald: Gerry
geoffrey: Geoff
gregory: Greg
jacqueline: Jackie Jacqui
james: Jim Jimmy Jamie
jennifer: Jen Jenny
jessica: Jess Jessie
joanne: Jo
john: Johnny Jack Jon
jonathan: Jon Jonny
joseph: Joe Joey
joshua: Josh
karen: Kaz
katherine: Kate Kath Katie
kenneth: Ken Kenny
kieran: Kez
kevin: Kev
lawrence: Larry Laz
leonard: Len Lenny
margaret: Maggie Meg Peg
martin: Marty
matthew: Matt
michael: Mick Mike Mickey Micky
mohammed: Mo
muhammad: Mo
nathan: Nate Nath
nicholas: Nick Nicky
nicola: Nicky Nikki
oliver: Ollie Olly
pamela: Pam
patricia: Pat Trish Tricia
patrick: Pat Paddy
peter: Pete
philip: Phil
phillip: Phil
rebecca: Becky Becca Bex
richard: Rich Rick Ricky Dick
robert: Rob Bob Bobby Robbie
ronald: Ron Ronnie
russell: Russ
samantha: Sam Sammy
samuel: Sam Sammy
sharon: Shaz Shazza
stephen: Steve Stevie Ste
steven: Steve Stevie Ste
stuart: Stu
susan: Sue Susie
terence: Terry Tel
theodore: Ted Theo
thomas: Tom Tommy
timothy: Tim
tracey: Trace
victoria: Vicky Vicki Tori
vincent: Vince Vinny
walter: Wally
william: Bill Billy Will Willie""".splitlines()
    )
}

# Digits and signs that stand for letters: “B1lly Cr4ne”.
_LEET = {
    "a": "[a4@]",
    "e": "[e3]",
    "i": "[i1!|]",
    "l": "[l1|]",
    "o": "[o0]",
    "s": "[s5$]",
    "t": "[t7]",
}


def _leet(part: str) -> str:
    return "".join(_LEET.get(char.lower(), re.escape(char)) for char in part)


@lru_cache(maxsize=2048)
def _exact(phrase: str) -> str:
    words = r"[\s_\-]+".join(re.escape(word) for word in fold(phrase).text.split())
    return rf"(?i:(?<!\w){words}(?!\w))" if words else "(?!)"


def is_unlisted(match: re.Match[str], reading: Reading) -> bool:
    """Whether the group "name" can be a person's whom the desk did not list."""
    name, start = match["name"], match.start("name")
    before = match.string[max(0, start - NEAR) : start]
    words = name.lower().replace("-", " ").split()
    if RANK.search(before) or not {*words}.isdisjoint(reading.policy.not_names):
        return False
    listed = {part.lower() for one in reading.draft.persons for part in one.name.split()}
    return listed.isdisjoint(words)
