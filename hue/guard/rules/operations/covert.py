"""Covert methods are never told, whatever state an operation is in."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import LIVE, STOOD_DOWN

RULE = Rule(
    id="PUB-20",
    family="operations",
    severity=Severity.STOP,
    wrong="This tells of a covert method or source.",
    right="Leave it out; say what was found and what the public can do.",
    source="College of Policing, APP Media and communications: managing information disorder",
    may_override=COMMAND,
    phrases="covert_methods",
    find=said("covert_methods"),
    caught=(
        "Our surveillance team watched the house.",
        "Officers in plain clothes watching from an unmarked van saw it.",
        "An undercover officer bought drugs.",
        LIVE("The house is under surveillance."),
        STOOD_DOWN("Thanks to an informant we found it."),
        "We put a tracking device on the van.",
    ),
    let_through=(
        "Officers searched the house.",
        "Thanks to your calls we found it.",
        "CCTV helped us.",
        "Tell Crimestoppers what you know; nobody learns your name.",
        STOOD_DOWN("Officers found drugs in Northfield."),
    ),
)
