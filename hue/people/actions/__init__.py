"""Every change of who works here and what they may do, one thing a file."""

from hue.people.actions.add import add_person, assign, change_details, change_roles
from hue.people.actions.directory import link_directory, unlink_directory
from hue.people.actions.found import found
from hue.people.actions.invite import accept_invitation, forget_second_factor, invite
from hue.people.actions.look import change_look
from hue.people.actions.oneself import end_practice, set_practice, set_public
from hue.people.actions.places import add_team, add_unit, change_team
from hue.people.actions.priorities import (
    add_priority,
    end_priority,
    remind_review,
    review_priority,
)
from hue.people.actions.suspend import (
    forget_phone,
    leave,
    register_phone,
    reinstate,
    suspend,
    wipe_phone,
)

__all__ = [
    "accept_invitation",
    "add_person",
    "add_priority",
    "add_team",
    "add_unit",
    "assign",
    "change_details",
    "change_look",
    "change_roles",
    "change_team",
    "end_practice",
    "end_priority",
    "forget_phone",
    "forget_second_factor",
    "found",
    "invite",
    "leave",
    "link_directory",
    "register_phone",
    "reinstate",
    "remind_review",
    "review_priority",
    "set_practice",
    "set_public",
    "suspend",
    "unlink_directory",
    "wipe_phone",
]
