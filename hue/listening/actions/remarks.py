"""What staff do with what was heard: look, teach, mark a risk, hand it off, open who said it."""

import json
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access, keys
from hue.listening.labels import KINDS, URGENCIES
from hue.listening.models import Danger, Lesson, Look, Remark
from hue.people.access import Refused
from hue.people.models import Officer
from hue.streams.tell import tell

TAUGHT = Kind("remark.taught", "{by} taught the engine what remark {remark} is: {what}.")
MARKED = Kind("danger.marked", "{by} marked remark {remark} as a risk to life.")
HANDED = Kind("danger.handed_off", "{by} handed off a risk to life after {wait}: {reference}.")
OPENED = Kind("remark.opened", "{by} opened who said remark {remark}: {why}")


def look(*, by: Officer, at: datetime, role: str, subject: str, why: str) -> None:
    """DP-4: the log of who looked at what and why; once an hour for the same."""
    access.may_listen(by, role)
    hour = at.replace(minute=0, second=0, microsecond=0)
    Look.objects.bulk_create(
        [Look(officer=by, role=role, subject=subject[:80], why=why[:400], at=hour)],
        ignore_conflicts=True,
    )


@transaction.atomic
def teach(
    *, by: Officer, at: datetime, remark: Remark, kind: str = "", urgency: str = ""
) -> Lesson:
    """The engine learns it with its next turn, and the row says so at once."""
    access.may_listen(by, remark.role)
    if (kind and kind not in KINDS) or (urgency and urgency not in URGENCIES):
        raise Refused("Choose a kind and an urgency of those that there are.")
    if not kind and not urgency:
        raise Refused("Choose a kind or an urgency.")
    lesson = Lesson.objects.create(
        role=remark.role, remark=remark, kind=kind, urgency=urgency, by=by, at=at
    )
    shown = {"kind": kind or remark.kind, "urgency": urgency or remark.urgency}
    Remark.objects.filter(pk=remark.pk).update(**shown, kind_sure=1)
    what = ", ".join(filter(None, (kind, urgency)))
    record(TAUGHT, by=by, at=at, subject=remark, data={"remark": remark.pk, "what": what})
    return lesson


@transaction.atomic
def mark(*, by: Officer, at: datetime, remark: Remark) -> Danger:
    """A person sees a risk to life that the engine did not."""
    access.may_listen(by, remark.role)
    danger, new = Danger.objects.get_or_create(
        remark=remark, defaults={"role": remark.role, "risks": ["seen by staff"], "since": at}
    )
    if new:
        record(MARKED, by=by, at=at, subject=danger, data={"remark": remark.pk})
        tell(f"listening/{remark.role}", "heard", {"remarks": 0, "dangers": 1}, at=at)
    return danger


@transaction.atomic
def hand_off(*, by: Officer, at: datetime, danger: Danger, reference: str) -> None:
    """RSK-5: the only way to close it. The reference is of the control room's log."""
    access.may_listen(by, danger.role)
    reference = " ".join(plain(reference).split())
    if len(reference) < 3:
        raise Refused("Give the reference of the hand-off: call the control room, and note theirs.")
    danger.move_to("handed_off", reference=reference, handed_by=by, handed_at=at)
    wait = f"{int((at - danger.since).total_seconds())} seconds"
    told = {"wait": wait, "reference": reference}
    record(HANDED, by=by, at=at, subject=danger, data=told)
    tell(f"listening/{danger.role}", "heard", {"remarks": 0, "dangers": 0}, at=at)


@transaction.atomic
def open_sealed(*, by: Officer, at: datetime, remark: Remark, why: str) -> dict[str, str]:
    """Who said it, and where. The words that are read stand nowhere else afterwards."""
    danger = Danger.objects.filter(remark=remark).first()
    access.may_open(by, remark, danger)
    why = plain(why)
    access.in_words(reason=why)
    record(OPENED, by=by, at=at, subject=remark, data={"remark": remark.pk, "why": why})
    told = keys.unseal(remark.key, remark.sealed)
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in told.items()
        if value
    }
