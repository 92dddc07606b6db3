"""Who may do what in this room, one subject a file."""

from hue.listening.access.rumours import (
    a_reason_for_change,
    a_rumour,
    an_answer,
    may_answer,
    may_ask,
    may_decide_challenge,
    may_give_verdict,
    may_keep,
    may_second,
    not_flooded,
    not_merged,
    require_about_us,
    require_software,
    same_version,
    still_to_come,
)

__all__ = [
    "a_reason_for_change",
    "a_rumour",
    "an_answer",
    "may_answer",
    "may_ask",
    "may_decide_challenge",
    "may_give_verdict",
    "may_keep",
    "may_second",
    "not_flooded",
    "not_merged",
    "require_about_us",
    "require_software",
    "same_version",
    "still_to_come",
]
