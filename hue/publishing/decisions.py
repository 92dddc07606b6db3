"""The decisions about a post that the desk offers: form, action, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hue.people.models import Officer
from hue.publishing import actions, forms
from hue.publishing.models import Post

Told = dict[str, Any]
Act = Callable[[Officer, datetime, Post, Told], Post]


@dataclass(frozen=True)
class Decision:
    form: type[forms.Decision]
    act: Act
    says: str  # "{post}" and "{author}" are filled in
    undoable: bool = False


def _out(action: Callable[..., Post], *also: str) -> Act:
    """A decision that lets a post out; `also` are what it takes besides."""

    def act(by: Officer, at: datetime, post: Post, told: Told) -> Post:
        more = {name: told[name] for name in ("reason", "confirmed", "rationale", *also)}
        return action(by=by, at=at, post=post, seen=told["version"], **more)

    return act


def _edit(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    return actions.edit(by=by, at=at, post=post, seen=told["version"], text=told["text"])


def _correct(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    return actions.correct(
        by=by,
        at=at,
        post=post,
        seen=told["version"],
        text=told["text"],
        reason=told["reason"],
        redact=told["redact"],
        times=told["times"],
    )


def _withdraw(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    return actions.withdraw(by=by, at=at, post=post, reason=told["reason"], rule=told["rule"])


def _schedule(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    return actions.schedule(
        by=by, at=at, post=post, seen=told["version"], publish_at=told["publish_at"]
    )


def _alert(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    names = ("event", "category", "urgency", "severity", "certainty", "instruction", "exercise")
    more = {name: told[name] for name in (*names, "expires_at")}
    actions.send_alert(by=by, at=at, post=post, **more)
    return post


def _cancel_alert(by: Officer, at: datetime, post: Post, told: Told) -> Post:
    actions.cancel_alert(by=by, at=at, post=post)
    return post


DECISIONS: dict[str, Decision] = {
    "submit": Decision(
        forms.Decision,
        lambda by, at, post, told: actions.submit(by=by, at=at, post=post),
        "Sent on its way.",
    ),
    "ask-to-override": Decision(
        forms.Decision,
        lambda by, at, post, told: actions.submit(by=by, at=at, post=post, to_override=True),
        "Sent to those who may let it pass.",
    ),
    "approve": Decision(forms.Decision, _out(actions.approve), "Approved."),
    "edit": Decision(forms.EditForm, _edit, "Saved as a new version."),
    "edit-and-approve": Decision(
        forms.EditForm, _out(actions.edit_and_approve, "text"), "Changed and approved."
    ),
    "send-back": Decision(
        forms.Reasoned,
        lambda by, at, post, told: actions.send_back(
            by=by, at=at, post=post, reason=told["reason"]
        ),
        "Sent back to {author}.",
        undoable=True,
    ),
    "drop": Decision(
        forms.Reasoned,
        lambda by, at, post, told: actions.drop(by=by, at=at, post=post, reason=told["reason"]),
        "Dropped: it will not be published.",
        undoable=True,
    ),
    "release": Decision(forms.Decision, _out(actions.release), "Confirmed."),
    "schedule": Decision(forms.ScheduleForm, _schedule, "Planned for its new time."),
    "restore": Decision(
        forms.Reasoned,
        lambda by, at, post, told: actions.restore(
            by=by, at=at, post=post, reason=told["reason"], rationale=told["rationale"]
        ),
        "Restored: the public sees it again.",
    ),
    "stands": Decision(
        forms.Decision,
        lambda by, at, post, told: actions.let_stand(
            by=by, at=at, post=post, reason=told["reason"]
        ),
        "Looked at: it stands.",
    ),
    "correct": Decision(forms.CorrectForm, _correct, "Corrected in public, with the reason."),
    "withdraw": Decision(
        forms.WithdrawForm, _withdraw, "Withdrawn. The tombstone and the register say why."
    ),
    "alert": Decision(forms.AlertForm, _alert, "Told to other systems as an alert."),
    "cancel-alert": Decision(forms.Decision, _cancel_alert, "The alert is called off."),
}
