"""Every change of a post, one verb a file."""

from hue.publishing.actions.alert import cancel_alert, expire_alert, send_alert
from hue.publishing.actions.compose import compose, edit, schedule, submit
from hue.publishing.actions.correct import correct
from hue.publishing.actions.decide import (
    approve,
    drop,
    edit_and_approve,
    release,
    send_back,
    undo,
)
from hue.publishing.actions.hide import hide, let_stand, recheck, recheck_picture, restore
from hue.publishing.actions.hold import hold_waiting, publish_planned
from hue.publishing.actions.pass_on import follow_source, pass_on
from hue.publishing.actions.publish import publish
from hue.publishing.actions.remind import escalate, remind_officer, remind_supervisors, tell_news
from hue.publishing.actions.sample import draw_sample, judge, take_back
from hue.publishing.actions.together import decide_together
from hue.publishing.actions.withdraw import withdraw

__all__ = [
    "approve",
    "cancel_alert",
    "compose",
    "correct",
    "decide_together",
    "draw_sample",
    "drop",
    "edit",
    "edit_and_approve",
    "escalate",
    "expire_alert",
    "follow_source",
    "hide",
    "hold_waiting",
    "judge",
    "let_stand",
    "pass_on",
    "publish",
    "publish_planned",
    "recheck",
    "recheck_picture",
    "release",
    "remind_officer",
    "remind_supervisors",
    "restore",
    "schedule",
    "send_alert",
    "send_back",
    "submit",
    "take_back",
    "tell_news",
    "undo",
    "withdraw",
]
