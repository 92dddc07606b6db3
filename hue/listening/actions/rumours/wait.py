"""When somebody looks again, who was late, and what others investigate in our place."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.announce import show_anew
from hue.listening.models import Rumour
from hue.listening.register import moment
from hue.pages.alarms import raise_alarm
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import Officer
from hue.streams.tell import tell_all

LATER = Kind("rumour.later", "{by} set the next look to {when}: {why}")
MISSED = Kind("rumour.missed", "{by} called more people: nobody looked at it by {when}.")
INDEPENDENT = Kind(
    "rumour.independent", "{by} noted that it is under independent investigation{reference}."
)
OVER = Kind("rumour.independent_over", "{by} noted that the investigation is over: {result}")


@transaction.atomic
def look_later(
    *, by: Officer, at: datetime, rumour: Rumour, seen: int, next_check_at: datetime, why: str
) -> Rumour:
    """Looked at, and nothing more is known yet."""
    rumour, why = Rumour.objects.locked(rumour), plain(why)
    access.may_keep(by)
    access.not_merged(rumour)
    access.same_version(rumour, seen)
    access.still_to_come(next_check_at, at=at)
    if not why:
        raise Refused("Say what is known by now, or what is waited for.")
    rumour.next_check_at, rumour.version = next_check_at, rumour.version + 1
    rumour.save(update_fields=["next_check_at", "version"])
    told = {"when": moment(next_check_at), "why": why}
    record(LATER, by=by, at=at, subject=rumour, data=told)
    show_anew(rumour, at=at)
    return rumour


@transaction.atomic
def call_out(*, by: Officer, at: datetime, rumour: Rumour) -> None:
    """Its time has passed: an alarm on the desk, once; the public page says that we are late."""
    access.require_software(by)
    if not Rumour.objects.to_call_out(at=at).filter(pk=rumour.pk).update(missed_at=at):
        return
    says = f"Nobody has looked at “{rumour}” by the time that was promised."
    raise_alarm(f"rumour.{rumour.pk}", says, at=at)
    record(MISSED, by=by, at=at, subject=rumour, data={"when": moment(rumour.next_check_at)})
    news = {"rumour": rumour.pk, "escalated": True}
    tell_all(["desk", f"officer/{rumour.owner_id}"], "waiting", news, at=at)
    show_anew(rumour, at=at)


@transaction.atomic
def investigate(
    *, by: Officer, at: datetime, rumour: Rumour, seen: int, reference: str = ""
) -> Rumour:
    """Somebody independent of the force looks into it: we say so, and give no verdict."""
    rumour, reference = Rumour.objects.locked(rumour), plain(reference)[:60]
    access.may_answer(by, rumour)
    access.same_version(rumour, seen)
    access.require_about_us(rumour)
    if rumour.shown_at:
        wording.must_pass(reference, by=by, at=at)
    because = "It is under independent investigation: the answer is not ours to give."
    for verdict in rumour.verdicts.filter(state="in_force"):
        verdict.move_to("replaced", replaced_at=at, changed_because=because)
    for verdict in rumour.verdicts.filter(state="proposed"):
        verdict.move_to("refused", second_says=because)
    rumour.move_to(
        "independent",
        version=rumour.version + 1,
        independent_reference=reference,
        independent_over_at=None,
        answer="",
        looked_at="",
    )
    told = {"reference": f" ({reference})" if reference else ""}
    record(INDEPENDENT, by=by, at=at, subject=rumour, data=told)
    show_anew(rumour, at=at)
    return rumour


@transaction.atomic
def end_investigation(
    *, by: Officer, at: datetime, rumour: Rumour, seen: int, result: str
) -> Rumour:
    """It is over: now the force may say what is so, decided by two."""
    rumour, result = Rumour.objects.locked(rumour), plain(result)
    access.may_answer(by, rumour)
    access.same_version(rumour, seen)
    if not result:
        raise Refused("Say how the investigation ended, and where that can be read.")
    rumour.move_to(
        "unverified", version=rumour.version + 1, independent_over_at=at, next_check_at=at
    )
    record(OVER, by=by, at=at, subject=rumour, data={"result": result})
    show_anew(rumour, at=at)
    return rumour
