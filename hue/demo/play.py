"""Playing the cues that are due: each through the action that a person would use."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hue.demo import drawings
from hue.demo.models import CueRow
from hue.events.models import LiveEvent
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.media.actions import take_in
from hue.media.models import Picture
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.states.graph import IllegalMove
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
DECIDER = "insp-"  # corrections and withdrawals are an inspector's
OURS = "demonstration "
PATIENCE = timedelta(minutes=45)
AT_ONCE = 40  # cues a turn: a desk that was stopped for long catches up in steps


def play_due(*, at: datetime) -> int:
    """Play what is due, oldest first; how many cues."""
    _approve_waiting(at)
    waiting = list(CueRow.objects.due(at=at).values_list("pk", flat=True)[:AT_ONCE])
    return sum(_play(pk) for pk in waiting)


def _approve_waiting(at: datetime) -> None:
    """What no visitor has decided for a while, the inspector does."""
    waiting = Post.objects.filter(
        state="in_review", idempotency_key__startswith=OURS, received_at__lte=at - PATIENCE
    )
    for post in waiting:
        try:
            actions.approve(by=_decider(), at=at, post=post, seen=post.version, confirmed=True)
        except (Refused, MovedMeanwhile) as refusal:
            log.info("post %s waits on: %s", post.pk, refusal)


@transaction.atomic
def _play(pk: int) -> bool:
    cue = CueRow.objects.select_for_update(skip_locked=True).filter(pk=pk, played_at=None).first()
    if cue is None:
        return False
    try:
        with transaction.atomic():
            cue.post = PARTS[cue.what](cue)
    except (Refused, IllegalMove) as refusal:
        # A visitor stopped everything, or suspended this officer: the day goes on without the line.
        cue.note = str(refusal)
        log.info("cue %s was not played: %s", cue.key, refusal)
    cue.played_at = cue.due_at
    cue.save(update_fields=["post", "note", "played_at"])
    return True


def _incident(cue: CueRow) -> str:
    facts, by = cue.facts, _officer(cue)
    incident = incidents.report(
        by=by,
        at=cue.due_at,
        kind=facts["kind"],
        happened_at=cue.due_at - timedelta(minutes=6),
        neighbourhood=Neighbourhood.objects.get(name=facts["place"]),
        where=facts.get("where", ""),
        log_reference=str(facts["log"]),
        reported=facts["reported"],
        did=facts.get("did", ""),
    )
    _case(cue, incident)
    kind = "update" if facts["kind"] == "community" else "incident"
    return _post(cue, by, kind=kind, incident=incident, neighbourhood=incident.neighbourhood).pk


def _follow_up(cue: CueRow) -> str:
    first, by = _first(cue), _officer(cue)
    if first.incident:
        _step(cue, by, first.incident)
        _case(cue, first.incident)
    return _post(cue, by, kind="follow_up", thread=first).pk


def _outcome(cue: CueRow) -> str:
    first, by = _first(cue), _officer(cue)
    assert first.incident is not None
    _tell_victim(cue, by, first.incident)
    _step(cue, by, first.incident)
    _case(cue, first.incident)
    incidents.note_outcome(
        by=by,
        at=cue.due_at,
        incident=first.incident,
        code=str(cue.facts.get("code", "")),
        words="" if cue.facts.get("code") else "Over.",
    )
    return _post(cue, by, kind="outcome", thread=first).pk


def _correction(cue: CueRow) -> str:
    post = _first(cue)
    redact = bool(cue.facts.get("redacting"))
    text, reason = cue.facts["text"], cue.facts["reason"]
    actions.correct(
        by=_decider(),
        at=cue.due_at,
        post=post,
        seen=post.version,
        text=text,
        reason=reason,
        redact=redact,
    )
    return post.pk


def _withdrawal(cue: CueRow) -> str:
    post, rule = _first(cue), cue.facts.get("rule", "")
    actions.withdraw(by=_decider(), at=cue.due_at, post=post, reason=cue.facts["reason"], rule=rule)
    return post.pk


def _guest_post(cue: CueRow) -> str:
    by = _officer(cue)
    return _post(cue, by, kind="update", incident=None, neighbourhood=by.neighbourhood).pk


PARTS: dict[str, Callable[[CueRow], str]] = {
    "incident": _incident,
    "follow_up": _follow_up,
    "outcome": _outcome,
    "correction": _correction,
    "withdrawal": _withdrawal,
    "guest_post": _guest_post,
}


def _post(cue: CueRow, by: Officer, **also: Any) -> Post:
    draft = Draft(
        cue.facts["text"],
        event=LiveEvent.objects.open().filter(state="live").first() if "incident" in also else None,
        pictures=_pictures(cue, by),
        written_at=cue.due_at,
        idempotency_key=OURS + cue.key,
        **also,
    )
    return actions.compose(by=by, at=cue.due_at, draft=draft)


def _pictures(cue: CueRow, by: Officer) -> list[Picture]:
    name = cue.facts.get("picture", "").removeprefix("drawn:")
    if not name:
        return []
    return [take_in(by=by, at=cue.due_at, content=drawings.draw(name), alt=cue.facts["alt"])]


def _step(cue: CueRow, by: Officer, incident: Incident) -> None:
    if step := cue.facts.get("proceeding"):
        _tell_victim(cue, by, incident)
        incidents.add_step(by=by, at=cue.due_at, incident=incident, step=step, when=cue.due_at)


def _tell_victim(cue: CueRow, by: Officer, incident: Incident) -> None:
    """Before the public hears of it."""
    if incident.has_victim:
        incidents.inform_victim(by=by, at=cue.due_at, incident=incident, when=cue.due_at)


def _case(cue: CueRow, incident: Incident) -> None:
    """Who is concerned, what a court forbade, who was found: an investigator notes it."""
    by, at = _investigator(), cue.due_at
    for told in cue.facts.get("concerned", ()):
        known = {name: value for name, value in told.items() if name != "agreed"}
        person = incidents.note_person(by=by, at=at, incident=incident, **known)
        if scope := told.get("agreed"):
            incidents.agree_to_be_named(by=by, at=at, person=person, when=at, scope=scope)
    for told in cue.facts.get("order", ()):
        incidents.note_order(by=by, at=at, incident=incident, made_at=at, **told)
    if cue.facts.get("found"):
        incidents.mark_found(by=by, at=at, incident=incident, when=at)


def _first(cue: CueRow) -> Post:
    """The post that this cue follows; refused if that one was never played."""
    before = CueRow.objects.get(key=cue.key.partition("+")[0])
    if not before.post:
        raise Refused("What it follows was not published.")
    return Post.objects.to_read().get(pk=before.post)


def _officer(cue: CueRow) -> Officer:
    return Officer.objects.get(username=cue.facts["officer"])


def _investigator() -> Officer:
    return Officer.objects.filter(roles__contains=["investigator"]).earliest("pk")


def _decider() -> Officer:
    return Officer.objects.filter(username__startswith=DECIDER).earliest("pk")
