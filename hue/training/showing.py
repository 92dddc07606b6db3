"""Questions and answers in words for the screens of the desk."""

from datetime import datetime
from typing import Any

from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import findings, guarding
from hue.training import access, queries
from hue.training.models import Question


def question(found: Question, by: Officer, *, at: datetime) -> dict[str, Any]:
    """For whoever answers: the draft with what the guard says of it now."""
    draft = queries.draft_of(found)
    words = guarding.words_of(found.post, draft)
    said = guarding.check(words, at=at).findings if draft else ()
    usual = queries.usual_wait(at=at)
    may_answer, why_not = _may_answer(found, by)
    return {
        "question": found,
        "draft_html": findings.marked_html(draft, said),
        "findings": findings.shown(said, draft),
        "waited": clock.in_words((found.answered_at or at) - found.asked_at),
        "usual": clock.in_words(usual) if usual else "",
        "may_answer": may_answer,
        "why_not": why_not,
    }


def _may_answer(found: Question, by: Officer) -> tuple[bool, str]:
    if found.state != "asked":
        return False, ""
    try:
        access.may_answer(by, found)
    except Refused as refusal:
        return False, str(refusal)
    return True, ""


def answer(found: Question, by: Officer) -> dict[str, Any]:
    """For the team: the asker's name stays between them and the desk."""
    assert found.answered_at is not None
    mine = found.asker.pk == by.pk
    team = found.asker.team
    return {
        "question": found,
        "draft": queries.draft_of(found) if mine or found.share_draft else "",
        "mine": mine,
        "team": f"the {team}" if team else "a colleague",
        "waited": clock.in_words(found.answered_at - found.asked_at),
    }


def figures(by: Officer, *, at: datetime) -> list[dict[str, Any]]:
    """How the desk answers, for those who do."""
    if not by.may(Permission.ANSWER_QUESTIONS):
        return []
    usual = queries.usual_wait(at=at)
    return [
        {"label": "wait", "value": Question.objects.open().count()},
        {"label": "answered", "value": Question.objects.answered().count()},
        {"label": "usually after", "value": clock.in_words(usual) if usual else "–"},
    ]
