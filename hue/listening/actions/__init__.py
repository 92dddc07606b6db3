"""What changes in this room: watches, sources, what they heard; the register as a package."""

from hue.listening.actions import rumours
from hue.listening.actions.bringing import SPEEDS, TAKEN_IN, finish, hand_in, take_lines
from hue.listening.actions.intake import take
from hue.listening.actions.remarks import hand_off, look, mark, open_sealed, teach
from hue.listening.actions.retention import erase
from hue.listening.actions.sources import name, note_trouble, read_terms, switch
from hue.listening.actions.summaries import report, summarise_week, write_summary
from hue.listening.actions.watches import (
    Charter,
    approve,
    declare,
    end,
    refuse,
    review,
    write,
)

__all__ = [
    "SPEEDS",
    "TAKEN_IN",
    "Charter",
    "approve",
    "declare",
    "end",
    "erase",
    "finish",
    "hand_in",
    "hand_off",
    "look",
    "mark",
    "name",
    "note_trouble",
    "open_sealed",
    "read_terms",
    "refuse",
    "report",
    "review",
    "rumours",
    "summarise_week",
    "switch",
    "take",
    "take_lines",
    "teach",
    "write",
    "write_summary",
]
