"""The words of a file for a kind of incident and for an outcome, in our own terms."""

from hue.incidents.kinds import KINDS, NEVER_SHOWN, OUTCOMES
from hue.incidents.streetfile.cells import Unreadable

# The crime types of police.uk from December 2010 on; the categories were split twice since.
POLICE_UK_TYPES = {
    "Anti-social behaviour": "antisocial_behaviour",
    "Bicycle theft": "theft",
    "Burglary": "burglary",
    "Criminal damage and arson": "criminal_damage",
    "Drugs": "drugs",
    "Other crime": "other",
    "Other theft": "theft",
    "Possession of weapons": "weapon",
    "Public disorder and weapons": "public_order",
    "Public order": "public_order",
    "Robbery": "robbery",
    "Shoplifting": "shoplifting",
    "Theft from the person": "theft",
    "Vehicle crime": "vehicle_crime",
    "Violence and sexual offences": "violence",
    "Violent crime": "violence",
}

_CHARGED = "1"
# Only where police.uk's words can mean one code. A caution may be 2 or 3, "unable to prosecute"
# 14, 15 or 16: those keep their words and get no code. "Defendant found not guilty" gets none
# either, since "charged" alone would be read against somebody whom a court has cleared.
OUTCOME_CODES = {
    "Under investigation": "0",
    "Suspect charged": _CHARGED,
    "Awaiting court outcome": _CHARGED,
    "Defendant sent to Crown Court": _CHARGED,
    "Offender sent to prison": _CHARGED,
    "Offender imprisoned": _CHARGED,
    "Offender fined": _CHARGED,
    "Offender given community sentence": _CHARGED,
    "Offender given community penalty": _CHARGED,
    "Offender given suspended prison sentence": _CHARGED,
    "Offender given conditional discharge": _CHARGED,
    "Offender given absolute discharge": _CHARGED,
    "Offender ordered to pay compensation": _CHARGED,
    "Offender deprived of property": _CHARGED,
    "Offender otherwise dealt with": _CHARGED,
    "Offender given penalty notice": "6",
    "Offender given a drugs possession warning": "7",
    "Local resolution": "8",
    "Investigation complete; no suspect identified": "18",
    "Action to be taken by another organisation": "20",
    "Further investigation is not in the public interest": "21",
}
# Alternate offences, which the public is told the same of.
ALTERNATES = {"1A": "1", "2A": "2", "3A": "3"}
# Words after which something is still to come.
UNFINISHED = (
    "Awaiting court outcome",
    "Court result unavailable",
    "Defendant sent to Crown Court",
    "Status update unavailable",
    "Under investigation",
)


def kind_of(cell: str) -> str:
    kind = _KIND_BY_TERM.get(_term(cell))
    if kind is None:
        raise Unreadable(
            f"“{cell[:60]}” is not a kind of incident we know. "
            "Write a crime type of police.uk or a kind of ours, such as Burglary, Alarm or Other."
        )
    return kind


def outcome_of(cell: str) -> tuple[str, str]:
    """The Home Office code where it is certain, and the words of the file where there are any."""
    code = ALTERNATES.get(cell.upper(), cell)
    if code in OUTCOMES:
        return code, ""
    if code in NEVER_SHOWN:
        raise Unreadable(
            f"Code {code} says that a victim did not support, which is not kept here. "
            "Leave the cell empty."
        )
    if code[:1].isdigit():
        raise Unreadable(f"“{cell[:60]}” is no outcome code of the Home Office: they are 0 to 22.")
    return _CODE_BY_TERM.get(_term(cell), ""), cell


def is_over(code: str, words: str) -> bool:
    return bool(code or words) and code != "0" and _term(words) not in _UNFINISHED


def _term(words: str) -> str:
    return " ".join(words.replace("_", " ").replace("-", " ").split()).casefold()


_KIND_BY_TERM = {
    **{_term(kind): kind for kind in KINDS},
    **{_term(label): kind for kind, label in KINDS.items()},
    **{_term(words): kind for words, kind in POLICE_UK_TYPES.items()},
}
_CODE_BY_TERM = {_term(words): code for words, code in OUTCOME_CODES.items()}
_UNFINISHED = frozenset(map(_term, UNFINISHED))
