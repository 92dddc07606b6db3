"""What the desk was asked and said, and how far somebody new has come."""

from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q

from hue.people.models import Officer, OfficerQuerySet
from hue.people.roles import Permission
from hue.publishing.models import Post, PostQuerySet
from hue.training.cases import CASES
from hue.training.models import Answer, Mentoring, MentoringQuerySet, Question, QuestionQuerySet


def said_to(officer: Officer, words: str = "") -> QuestionQuerySet:
    """The answers that this officer reads, the newest first: those to their own questions and
    their team's, what is worth knowing for everybody, and to those who answer all of them."""
    found = Question.objects.answered().to_read().order_by("-answered_at", "-id")
    if not officer.may(Permission.ANSWER_QUESTIONS):
        found = found.filter(_theirs(officer))
    for word in words.split():
        found = found.filter(
            Q(words__icontains=word)
            | Q(answer__icontains=word)
            | Q(post__neighbourhood__name__icontains=word)
        )
    return found


def _theirs(officer: Officer) -> Q:
    theirs = Q(asker=officer)
    if officer.may(Permission.SEE_INCIDENTS):  # a guest reads what they asked themselves
        theirs |= Q(for_all=True)
        if officer.team_id is not None:
            theirs |= Q(asker__team=officer.team_id)
    return theirs


def asked_by(officer: Officer) -> QuestionQuerySet:
    """What they wait for, the oldest first."""
    return Question.objects.open().filter(asker=officer).to_read().order_by("asked_at")


def about(post: Post, officer: Officer) -> QuestionQuerySet:
    """What was asked about a post and not taken back, as far as this officer reads it."""
    asked = Question.objects.filter(post=post).exclude(state="taken_back")
    if not officer.may(Permission.ANSWER_QUESTIONS):
        asked = asked.filter(_theirs(officer))
    return asked.to_read().order_by("asked_at")


def unread_by(officer: Officer) -> QuestionQuerySet:
    """Answers to this officer whose draft still waits for what they do with them."""
    return Question.objects.answered().filter(asker=officer, post__state="draft")


def silent() -> QuestionQuerySet:
    """Those for which more people were called, the oldest first."""
    called = Question.objects.open().exclude(escalated_at=None)
    return called.select_related("asker").order_by("asked_at")


def draft_of(question: Question) -> str:
    """The words that were asked about; nothing once they are sealed."""
    post = question.post
    if post.version == question.version:
        return post.text
    old = post.versions.filter(number=question.version, redacted=False).first()
    return old.text if old else ""


def usual_wait(*, at: datetime) -> timedelta | None:
    """How long an answer usually takes: the median of the last thirty, within thirty days."""
    lately = Question.objects.answered().filter(answered_at__gte=at - timedelta(days=30))
    times = lately.order_by("-answered_at").values_list("asked_at", "answered_at")[:30]
    waits = [(end - start).total_seconds() for start, end in times if end is not None]
    return timedelta(seconds=median(waits)) if waits else None


def progress(officer: Officer) -> tuple[int, int]:
    """How many of how many practice cases they have passed."""
    return len(passed_by(officer)), len(CASES)


def passed_by(officer: Officer) -> set[str]:
    """Once passed stays passed, whatever is tried afterwards."""
    passed = Answer.objects.filter(officer=officer, passed=True, case__in=CASES)
    return set(passed.values_list("case", flat=True))


def answers_of(officer: Officer) -> dict[str, list[Answer]]:
    """Every try, by case, the oldest first."""
    found: dict[str, list[Answer]] = {slug: [] for slug in CASES}
    for answer in Answer.objects.filter(officer=officer, case__in=CASES):
        found[answer.case].append(answer)
    return found


def mentoring_of(officer: Officer) -> Mentoring | None:
    return Mentoring.objects.going_on().filter(officer=officer).first()


def watched_by(mentor: Officer) -> MentoringQuerySet:
    return Mentoring.objects.going_on().filter(mentor=mentor).order_by("officer__name")


def practising() -> OfficerQuerySet:
    everybody = Officer.objects.serving().filter(practice=True)
    return everybody.select_related("unit", "team").order_by("name")


def possible_mentors(officer: Officer) -> list[Officer]:
    """Whoever posts in public, the officer's own unit first."""
    found = Officer.objects.serving().filter(practice=False).exclude(roles__contains=["guest"])
    posting = [one for one in found.exclude(pk=officer.pk) if one.may(Permission.WRITE_POSTS)]
    return sorted(posting, key=lambda one: (one.unit_id != officer.unit_id, one.name))


def practice_posts(officer: Officer) -> PostQuerySet:
    return (
        Post.objects.filter(author=officer, practice=True).exclude(state="dropped").newest_first()
    )
