"""Every change of an incident, and of the files they come from."""

from hue.incidents.actions.account import amend, report
from hue.incidents.actions.case import (
    classify,
    flag_operation,
    lift_order,
    mark_found,
    mark_sought,
    note_order,
)
from hue.incidents.actions.course import add_step, inform_victim, note_outcome
from hue.incidents.actions.importing import begin, choose_columns, complete, drop, receive, undo
from hue.incidents.actions.people import (
    agree_to_be_named,
    allow_naming,
    change_person,
    end_naming,
    forget_person,
    note_person,
    take_consent_back,
)

__all__ = [
    "add_step",
    "agree_to_be_named",
    "allow_naming",
    "amend",
    "begin",
    "change_person",
    "choose_columns",
    "classify",
    "complete",
    "drop",
    "end_naming",
    "flag_operation",
    "forget_person",
    "inform_victim",
    "lift_order",
    "mark_found",
    "mark_sought",
    "note_order",
    "note_outcome",
    "note_person",
    "receive",
    "report",
    "take_consent_back",
    "undo",
]
