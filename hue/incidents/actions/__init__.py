"""Every change of an incident, and of the files they come from."""

from hue.incidents.actions.account import amend, report
from hue.incidents.actions.course import add_step, inform_victim, note_outcome
from hue.incidents.actions.importing import begin, choose_columns, complete, drop, receive, undo

__all__ = [
    "add_step",
    "amend",
    "begin",
    "choose_columns",
    "complete",
    "drop",
    "inform_victim",
    "note_outcome",
    "receive",
    "report",
    "undo",
]
