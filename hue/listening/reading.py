"""The engine at work: one for each role, in the process that reads; its rows are the truth.

What it knew is kept every half minute. Whoever starts, or comes back to an engine that others
have led on, takes the later turns anew from the rows: the same posts in the same order have the
same result, so that a crash changes no count.
"""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from hue.lib import sealing
from hue.listening import keys
from hue.listening.gazetteer import gazetteer
from hue.listening.growing import grow
from hue.listening.models import Danger, Lesson, Reader, Remark, Rumour
from hue.listening.states import VERDICTS
from hue.streams.tell import tell

if TYPE_CHECKING:
    from hue.listening.engine import Engine, Post, Reading

AT_ONCE = 250  # few enough that the first of them does not wait long for the last
KEPT_EVERY = timedelta(seconds=30)
FADES = timedelta(seconds=20)
RANKED = 60
WINDOW = timedelta(days=7)
LIFE = "risk to life"
_READ = """
    UPDATE listening_remark r SET state = 'read', turn = v.turn, voice = v.voice, copy = v.copy,
        claim = v.claim, story = v.story, kind = v.kind, kind_sure = v.sure, urgency = v.urgency,
        language = v.language, eyewitness = v.saw, risks = v.risks,
        places = v.places, questions = v.questions, matches = v.matches,
        reasons = v.reasons
    FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, turn bigint, voice text, copy boolean,
        claim text, story text, kind text, sure double precision, urgency text, language text,
        saw boolean, risks varchar[], places varchar[], questions jsonb, matches jsonb,
        reasons jsonb)
    WHERE r.id = v.id
"""


class Mind:
    """An engine, the turn up to which it has read, and how often it was taught."""

    def __init__(self, engine: "Engine", turn: int, lessons: int) -> None:
        self.engine, self.turn, self.lessons = engine, turn, lessons
        self.answers: dict[str, int] = {}  # versions of answered rumours that it knows
        self.was_ranked()
        self.is_ranked = turn == 0

    def since_ranked(self, remarks: int, dangers: int) -> None:
        self.is_ranked = False
        self.remarks += remarks
        self.dangers += dangers

    def was_ranked(self) -> None:
        self.is_ranked, self.remarks, self.dangers = True, 0, 0


_minds: dict[str, Mind] = {}


def read_on(role: str, *, at: datetime) -> int:
    """Read what waits, as much as one turn takes. How many that were."""
    Reader.objects.get_or_create(role=role)
    try:
        count = _turn(role, at)
        _keep_in_time(role, at)
        return count
    except BaseException:
        _minds.pop(role, None)  # it may know what the rows do not
        raise


def forget() -> None:
    """The engines of this process; the rows have all that they know."""
    _minds.clear()


@transaction.atomic
def _turn(role: str, at: datetime) -> int:
    reader = Reader.objects.select_for_update().defer("kept").get(role=role)
    mind = _caught_up(reader)
    taught = _learn(role, mind)  # first: what comes next is judged by it
    _know_answers(mind)
    waiting = list(Remark.objects.waiting().filter(role=role)[:AT_ONCE])
    readings = [mind.engine.take(_post(remark)) for remark in waiting]
    _note(waiting, readings, mind)
    grow(role, list(zip(waiting, readings, strict=True)), mind.engine, at=at)
    new = _dangers(waiting, readings, at)
    if waiting or taught:
        mind.since_ranked(len(waiting), new)
        reader.turn = mind.turn
        reader.save(update_fields=["turn"])
    if taught:
        _keep(reader, mind, at)
    return len(waiting)


@transaction.atomic
def rank_on(role: str, *, at: datetime) -> None:
    """What the desk looks at first, once something was read; growth fades while nothing comes."""
    reader = Reader.objects.select_for_update().defer("kept").get(role=role)
    mind = _minds.get(role)
    if mind is None or mind.turn != reader.turn:
        return  # another process has read on, and ranks
    fades = reader.ranked_at is not None and at - reader.ranked_at > FADES and bool(reader.ranked)
    if mind.is_ranked and not fades:
        return
    reader.ranked, reader.ranked_at = _ranked(mind.engine, at), at
    reader.save(update_fields=["ranked", "ranked_at"])
    tell(f"listening/{role}", "heard", {"remarks": mind.remarks, "dangers": mind.dangers}, at=at)
    mind.was_ranked()


def _caught_up(reader: Reader) -> Mind:
    """The engine of this process, led on by what another has read meanwhile; or a restored one."""
    mind = _minds.get(reader.role)
    lessons = Lesson.objects.filter(role=reader.role, state="learnt").count()
    ahead = mind is not None and (mind.turn > reader.turn or mind.lessons != lessons)
    if mind is None or ahead or mind.turn < reader.kept_turn:
        mind = _minds[reader.role] = _restored(reader, lessons)
    later = Remark.objects.read().filter(
        role=reader.role, turn__gt=mind.turn, turn__lte=reader.turn
    )
    for remark in later.order_by("turn").iterator():
        mind.engine.take(_post(remark))
    mind.turn = reader.turn
    return mind


def _restored(reader: Reader, lessons: int) -> Mind:
    from hue.listening.engine import Engine  # here: large, and only the worker reads

    kept = bytes(Reader.objects.values_list("kept", flat=True).get(pk=reader.pk))
    if not kept:
        return Mind(Engine(gazetteer(), window=WINDOW.total_seconds()), 0, lessons)
    return Mind(Engine.restore(sealing.open_bytes(kept), gazetteer()), reader.kept_turn, lessons)


def _post(remark: Remark) -> "Post":
    from hue.listening.engine import Post

    return Post(
        id=remark.outside,
        text=remark.text,
        at=remark.said_at.timestamp(),
        source=str(remark.source_id),
        author=remark.author,
        reshare_of=remark.reshare_of,
        quotes=remark.quotes,
        language=remark.language,
    )


def _note(waiting: list[Remark], readings: "list[Reading]", mind: Mind) -> None:
    rows = []
    for remark, reading in zip(waiting, readings, strict=True):
        mind.turn += 1
        voice = keys.within(reading.claim, remark.author)
        rows.append({**_row(reading), "id": remark.pk, "turn": mind.turn, "voice": voice})
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_READ, [json.dumps(rows)])


def _row(reading: "Reading") -> dict[str, Any]:
    return {
        "copy": bool(reading.duplicate_of),
        "claim": reading.claim,
        "story": reading.story,
        "kind": reading.kind,
        "sure": reading.kind_sure,
        "urgency": reading.urgency,
        "language": reading.language[:12],
        "saw": bool(reading.eyewitness),
        "risks": list(reading.risks),
        "places": list(reading.places),
        "questions": list(reading.questions),
        "matches": [[one.answered, one.score, one.is_sure, one.why] for one in reading.matches],
        "reasons": [*reading.reasons, *reading.place_reasons],
    }


def _dangers(waiting: list[Remark], readings: "list[Reading]", at: datetime) -> int:
    """RSK-5: the clock runs from now. A copy of what is known already starts no second one."""
    found = [
        Danger(role=remark.role, remark=remark, risks=_words_of(reading), since=at)
        for remark, reading in zip(waiting, readings, strict=True)
        if not reading.duplicate_of and any(LIFE in risk for risk in reading.risks)
    ]
    Danger.objects.bulk_create(found)
    return len(found)


def _words_of(reading: "Reading") -> list[str]:
    """“trapped inside”: the words that it was seen by."""
    found = [why.removeprefix(f"{LIFE}: ") for why in reading.reasons if why.startswith(LIFE)]
    return found or list(reading.risks)


def _learn(role: str, mind: Mind) -> int:
    due = list(
        Lesson.objects.filter(role=role, state="due").select_related("remark").order_by("pk")
    )
    for lesson in due:
        mind.engine.correct(lesson.remark.outside, kind=lesson.kind, urgency=lesson.urgency)
        lesson.move_to("learnt", turn=mind.turn)
        mind.lessons += 1
    return len(due)


def _know_answers(mind: Mind) -> None:
    """What the public can read an answer to; what comes next is compared with it."""
    from hue.listening.engine import Answered

    rows = Rumour.objects.standing().values_list("pk", "version", "question", "claim", "state")
    for pk, version, question, claim, state in rows:
        if state not in VERDICTS:
            if mind.answers.pop(pk, None) is not None:
                mind.engine.withdraw(pk)
        elif mind.answers.get(pk) != version:
            mind.engine.answer(Answered(pk, claim, (question,)))
            mind.answers[pk] = version


def _ranked(engine: "Engine", at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "claim": one.claim.id,
            "story": one.claim.story,
            "score": round(one.score, 3),
            "reasons": list(one.reasons),
        }
        for one in engine.ranked(at.timestamp(), RANKED)
    ]


@transaction.atomic
def _keep_in_time(role: str, at: datetime) -> None:
    """By itself: nobody waits for what was read before."""
    reader = Reader.objects.select_for_update().defer("kept").get(role=role)
    mind, is_due = _minds[role], reader.turn > reader.kept_turn and _is_time(reader, at)
    if is_due and mind.turn == reader.turn:
        _keep(reader, mind, at)


def _is_time(reader: Reader, at: datetime) -> bool:
    return reader.kept_at is None or at - reader.kept_at > KEPT_EVERY


def _keep(reader: Reader, mind: Mind, at: datetime) -> None:
    """From here on nobody needs to know which remarks are by the same person: what is left of
    them counts within one claim and nowhere else."""
    mind.engine.forget((at - WINDOW).timestamp())
    had = Remark.objects.filter(role=reader.role, turn__gt=reader.kept_turn)
    had.update(author="")
    reader.kept = sealing.seal_bytes(mind.engine.state())
    reader.kept_turn, reader.kept_at = mind.turn, at
    reader.save(update_fields=["kept", "kept_turn", "kept_at"])
