"""Judging the guard by a sample: it is drawn, each post is answered, an answer is taken back."""

from datetime import date, datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import LocalPolicingUnit, Officer
from hue.people.roles import Permission
from hue.publishing import access, sampling
from hue.publishing.models import Sample

DRAWN = Kind("sample.drawn", "{by} drew {posts} posts of {unit} by which the guard is judged.")
JUDGED = Kind("sample.judged", "{by} judged what the guard said of a post: {answer} {words}")
TAKEN_BACK = Kind("sample.taken_back", "{by} took back what they had said of the guard.")
SAYS = {"right": "right.", "missed": "it missed {rules}.", "nothing": "{rules} spoke for nothing."}


@transaction.atomic
def draw_sample(*, by: Officer, at: datetime, week: date, unit: LocalPolicingUnit) -> int:
    """Twice draws the same posts once."""
    require(by, Permission.REVIEW_SAMPLE)
    LocalPolicingUnit.objects.select_for_update().get(pk=unit.pk)
    if Sample.objects.filter(week=week, unit=unit).exists():
        return 0
    drawn = sampling.draw(week, unit, policy.in_force(at=at).review_sample)
    Sample.objects.bulk_create(
        Sample(week=week, unit=unit, post_id=one.post, pile=one.pile, spoke=one.spoke)
        for one in drawn
    )
    if drawn:
        told = {"posts": len(drawn), "unit": unit.name}
        record(DRAWN, by=by, at=at, subject=f"unit:{unit.slug}", data=told)
    return len(drawn)


@transaction.atomic
def judge(
    *, by: Officer, at: datetime, sample: Sample, answer: str, rules: list[str], words: str = ""
) -> Sample:
    """ "right", "missed" with what should have spoken, or "nothing" with those that did."""
    sample = Sample.objects.select_for_update(of=("self",)).get(pk=sample.pk)
    access.may_judge(by, sample, week=sampling.week_to_judge(at))
    words, rules = plain(words), [] if answer == "right" else rules
    access.is_an_answer(sample, answer, rules, words)
    if sample.answered_at is not None:
        raise Refused("Somebody has answered this one meanwhile: here is the next.")
    sample.answer, sample.rules, sample.words = answer, rules, words
    sample.answered_by, sample.answered_at = by, at
    sample.save(update_fields=["answer", "rules", "words", "answered_by", "answered_at"])
    named = ", ".join(rules) or "something that no rule looks for"
    record(
        JUDGED,
        by=by,
        at=at,
        subject=sample.post,
        data={"answer": SAYS[answer].format(rules=named)},
        personal={"words": words},
    )
    return sample


@transaction.atomic
def take_back(*, by: Officer, at: datetime) -> Sample:
    """One's own last answer of this week."""
    require(by, Permission.REVIEW_SAMPLE)
    mine = Sample.objects.filter(answered_by=by, week=sampling.week_to_judge(at))
    last = mine.select_for_update(of=("self",)).order_by("-answered_at", "-pk").first()
    if last is None:
        raise Refused("You have answered nothing this week that could be taken back.")
    last.answer, last.rules, last.words = "", [], ""
    last.answered_at = last.answered_by = None
    last.save(update_fields=["answer", "rules", "words", "answered_by", "answered_at"])
    record(TAKEN_BACK, by=by, at=at, subject=last.post)
    return last
