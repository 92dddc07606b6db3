"""A question about a draft: asked, answered by a person at the desk, or taken back."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.models import Post
from hue.streams.tell import tell, tell_all
from hue.training import access
from hue.training.models import Question

ASKED = Kind("question.asked", "{by} asked the desk about a draft for {place}.")
ANSWERED = Kind("question.answered", "{by} answered {asker} after {minutes} minutes.")
FOR_ALL = Kind("question.for_all", "{by} marked an answer as worth knowing for everybody.")
TAKEN_BACK = Kind("question.taken_back", "{by} took a question to the desk back.")
ESCALATED = Kind(
    "question.escalated", "{by} called more people: a question of {asker} waits {minutes} minutes."
)


@transaction.atomic
def ask(
    *, by: Officer, at: datetime, post: Post, words: str, share_draft: bool = False
) -> Question:
    """The same question about the same draft is one question, however often a phone sends it."""
    post = Post.objects.locked(post)
    words = plain(words)
    earlier = Question.objects.filter(post=post, asker=by).exclude(state="taken_back")
    if known := earlier.filter(words=words).first():
        return known
    access.may_ask(by, post, at=at)
    if not words:
        raise Refused("Say what you want to know. The draft is kept.")
    if earlier.open().exists():
        raise Refused(
            "The desk has a question of yours about this draft: take that one back first."
        )
    question = Question.objects.create(
        post=post,
        version=post.version,
        asker=by,
        words=words,
        share_draft=share_draft,
        asked_at=at,
    )
    record(ASKED, by=by, at=at, subject=post, data={"place": post.place})
    tell("desk", "waiting", {"question": question.pk}, at=at)
    return question


@transaction.atomic
def answer(
    *, by: Officer, at: datetime, question: Question, words: str, for_all: bool = False
) -> Question:
    """The asker is told; their team can read it from now on, with `for_all` everybody."""
    access.may_answer(by, question)
    words = plain(words)
    if not words:
        raise Refused("The answer has no words yet.")
    question.move_to("answered", answer=words, answered_at=at, answered_by=by, for_all=for_all)
    told = {"asker": str(question.asker), "minutes": _minutes(question, at)}
    record(ANSWERED, by=by, at=at, subject=question.post, data=told)
    if for_all:
        record(FOR_ALL, by=by, at=at, subject=question.post)
    news = {"post": question.post.pk, "question": question.pk}
    tell_all(["desk", f"officer/{question.asker.pk}"], "decided", news, at=at)
    return question


@transaction.atomic
def take_back(*, by: Officer, at: datetime, question: Question) -> Question:
    access.may_take_back(by, question)
    question.move_to("taken_back")
    record(TAKEN_BACK, by=by, at=at, subject=question.post)
    tell("desk", "changed", {"question": question.pk}, at=at)
    return question


@transaction.atomic
def escalate(*, by: Officer, at: datetime, question: Question) -> None:
    """Nobody answered: everybody who may is called, once."""
    require(by, Permission.SEE_DESK)
    mine = Question.objects.open().filter(pk=question.pk, escalated_at=None)
    if not mine.update(escalated_at=at):
        return
    told = {"asker": str(question.asker), "minutes": _minutes(question, at)}
    record(ESCALATED, by=by, at=at, subject=question.post, data=told)
    tell("desk", "waiting", {"question": question.pk, "escalated": True}, at=at)


def _minutes(question: Question, at: datetime) -> int:
    return int((at - question.asked_at).total_seconds() // 60)
