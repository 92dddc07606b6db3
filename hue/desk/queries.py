"""What waits for somebody: the queues of the desk, their counts and their oldest wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from hue.channels import queries as channels
from hue.channels.models import Delivery
from hue.channels.queries import name_of
from hue.desk.models import Presence
from hue.governance.models import Halt, Pack
from hue.lib import clock
from hue.listening import reminders as listening
from hue.listening.models import Asked, Challenge, Rumour
from hue.listening.queries import rumours
from hue.pages.models import Alarm
from hue.people import queries as people
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import queries as publishing
from hue.publishing import sampling
from hue.publishing.models import OutcomeOwed, Post, Review, Sample
from hue.training import reminders as training
from hue.training.models import Question

SHOWN = 200
FRIDAY = 4
FADES = timedelta(minutes=2)


@dataclass(frozen=True)
class Queue:
    """One queue: its rows, since when each waits, and after how long that is late."""

    slug: str
    label: str
    empty_words: str
    rows: Callable[[datetime], QuerySet[Any]]
    since: str  # the field that says since when, or until when
    late_after: timedelta
    needs: Permission = Permission.SEE_INCIDENTS  # others are not shown it
    together: bool = False  # several may be decided at once


QUEUES: dict[str, Queue] = {
    queue.slug: queue
    for queue in (
        Queue(
            "approve",
            "Approve",
            "Nothing waits for approval. Posts that need a second person appear here.",
            lambda at: Post.objects.filter(state="in_review").to_read(),
            "since",
            timedelta(minutes=10),
            together=True,
        ),
        Queue(
            "held",
            "Held",
            "Nothing is held. After a stop, every post that was stopped waits here for a person.",
            lambda at: Post.objects.filter(state="held").to_read(),
            "since",
            timedelta(minutes=30),
        ),
        Queue(
            "asked",
            "Asked",
            "Nobody waits for an answer. What officers ask about their drafts appears here.",
            lambda at: Question.objects.open().to_read(),
            "asked_at",
            timedelta(minutes=10),
            Permission.ANSWER_QUESTIONS,
        ),
        Queue(
            "rumours",
            "Rumours",
            "No rumour waits. What people say and nobody has answered appears here, and every "
            "answer that somebody promised to look at again.",
            lambda at: rumours.waiting(at=at),
            "next_check_at",
            timedelta(0),
        ),
        Queue(
            "claims",
            "Asked by the public",
            "Nobody has asked. What people paste into “Have you seen something?” appears here.",
            lambda at: Asked.objects.filter(state="waiting").select_related("place"),
            "at",
            timedelta(hours=1),
            Permission.KEEP_RUMOURS,
        ),
        Queue(
            "doubts",
            "Answers doubted",
            "Nobody doubts an answer. What people say against one is decided here, by somebody "
            "who did not give it.",
            lambda at: Challenge.objects.filter(state="open").select_related("rumour"),
            "at",
            timedelta(hours=4),
            Permission.DECIDE_RUMOURS,
        ),
        Queue(
            "cases",
            "Case changed",
            "No case has changed. After an arrest, a charge, an order or a verdict every earlier "
            "post about it is listed here.",
            lambda at: Review.objects.open().select_related("post__author", "post__neighbourhood"),
            "at",
            timedelta(minutes=30),
            together=True,
        ),
        Queue(
            "owed",
            "Outcomes owed",
            "No outcome is due. Each post about an incident owes the public what came of it.",
            lambda at: (
                OutcomeOwed.objects.due(at=at)
                .filter(post__state="published")
                .select_related("officer", "post__neighbourhood")
            ),
            "due_at",
            timedelta(days=2),
        ),
        Queue(
            "scheduled",
            "Scheduled",
            "Nothing is planned. Posts with a time of their own wait here for it.",
            lambda at: Post.objects.filter(state="approved").to_read(),
            "publish_at",
            timedelta(minutes=5),
        ),
        Queue(
            "deliveries",
            "Deliveries",
            "Nothing is stuck. A post that did not reach an account elsewhere, or may have, waits "
            "here for a person.",
            lambda at: Delivery.objects.to_decide(),
            "since",
            timedelta(minutes=30),
        ),
        Queue(
            "alarms",
            "Alarms",
            "All is well. Pages that cannot be written and feeds that are stale appear here.",
            lambda at: Alarm.objects.filter(over_at=None),
            "since",
            timedelta(minutes=5),
        ),
    )
}


def counts(*, at: datetime, current: str = "") -> list[dict[str, Any]]:
    """Every queue with its count and oldest wait."""
    return [_count(queue, at, current) for queue in QUEUES.values()]


def _count(queue: Queue, at: datetime, current: str) -> dict[str, Any]:
    told = queue.rows(at).order_by().aggregate(count=Count("pk"), oldest=Min(queue.since))
    oldest = told["oldest"]
    return {
        "slug": queue.slug,
        "url": reverse("desk:queue", args=[queue.slug]),
        "label": queue.label,
        "count": told["count"],
        "oldest_words": _wait(oldest, at) if oldest else "",
        "late": bool(oldest) and at - oldest > queue.late_after,
        "current": queue.slug == current,
    }


def rows(queue: Queue, *, by: Officer, at: datetime, current: str = "") -> list[dict[str, Any]]:
    """The lines of a queue, the longest wait first. None for a guest: not one is theirs."""
    if not by.may(queue.needs):
        return []
    others = _present()
    found = queue.rows(at).order_by(queue.since, "pk")[:SHOWN]
    return [_row(row, queue, at, others, current) for row in found]


def _row(
    row: Any, queue: Queue, at: datetime, others: dict[str, list[str]], current: str
) -> dict[str, Any]:
    since = getattr(row, queue.since)
    told = {
        "clock_words": _wait(since, at) if since else "",
        "late": bool(since) and at - since > queue.late_after,
    }
    if isinstance(row, Alarm):
        url = reverse("desk:alarm", args=[row.pk])
        return {**told, "who": "the system", "place": row.slug, "text": row.says, "url": url}
    if isinstance(row, Question):
        return told | _question(row, queue, others, current)
    if isinstance(row, Rumour):
        return told | _rumour(row, queue, others, current)
    if isinstance(row, Asked | Challenge):
        return told | _sent_in(row, queue, others, current)
    if isinstance(row, Delivery):
        return told | _delivery(row, queue, others, current)
    post = row if isinstance(row, Post) else row.post
    by = row.officer if isinstance(row, OutcomeOwed) else post.author
    url = reverse("publishing:item", args=[post.pk])
    return {
        **told,
        "who": str(by),
        "place": post.place,
        "text": post.text or post.note,
        "url": f"{url}?queue={queue.slug}",
        "others": others.get(f"post:{post.pk}", []),
        "current": post.pk == current,
    }


def _question(
    row: Question, queue: Queue, others: dict[str, list[str]], current: str
) -> dict[str, Any]:
    return {
        "who": str(row.asker),
        "place": row.post.place,
        "text": row.words,
        "url": f"{reverse('training:question', args=[row.pk])}?queue={queue.slug}",
        "others": others.get(f"question:{row.pk}", []),
        "current": str(row.pk) == current,
    }


def _rumour(
    row: Rumour, queue: Queue, others: dict[str, list[str]], current: str
) -> dict[str, Any]:
    return {
        "who": str(row.owner),
        "place": row.place,
        "text": row.question,
        "url": f"{reverse('rumours:rumour', args=[row.pk])}?queue={queue.slug}",
        "others": others.get(f"rumour:{row.pk}", []),
        "current": row.pk == current,
    }


def _sent_in(
    row: Asked | Challenge, queue: Queue, others: dict[str, list[str]], current: str
) -> dict[str, Any]:
    name = "asked" if isinstance(row, Asked) else "challenge"
    about = row.place if isinstance(row, Asked) else row.rumour
    return {
        "who": "the public",
        "place": str(about or "no place said"),
        "text": row.words,
        "url": f"{reverse(f'rumours:{name}', args=[row.pk])}?queue={queue.slug}",
        "others": others.get(f"{name}:{row.pk}", []),
        "current": str(row.pk) == current,
    }


def _delivery(
    row: Delivery, queue: Queue, others: dict[str, list[str]], current: str
) -> dict[str, Any]:
    return {
        "who": name_of(row.account),
        "place": row.state,
        "text": row.says,
        "url": f"{reverse('channels:delivery', args=[row.pk])}?queue={queue.slug}",
        "others": others.get(f"delivery:{row.pk}", []),
        "current": str(row.pk) == current,
    }


def banners(*, at: datetime) -> list[dict[str, str]]:
    """Only these: a stop in force, pages not being written."""
    told = []
    halt = Halt.objects.in_force().select_related("by").first()
    if halt is not None:
        held = Post.objects.filter(state="held").count()
        text = (
            f"Everything is stopped by {halt.by} since {clock.hour_and_minute(halt.at)}: "
            f"{halt.reason} {held} post{' is' if held == 1 else 's are'} held."
        )
        told.append(_banner("stop", text, reverse("desk:queue", args=["held"]), "Look at them"))
    alarm = Alarm.objects.filter(over_at=None).order_by("since").first()
    if alarm is not None:
        alarms = reverse("desk:queue", args=["alarms"])
        told.append(_banner("pages", alarm.says, alarms, "What is wrong"))
    return told


def reminders(officer: Officer, *, at: datetime) -> list[dict[str, str]]:
    """What colleagues or the public wait for, and this officer has not done yet."""
    return [
        *_unanswered(officer, at),
        *(_banner(*told) for told in training.of(officer, at=at)),
        *(_banner(*told) for told in listening.of(officer, at=at)),
        *_outcomes(officer),
        *_reviews(officer, at),
        *_sample(officer, at),
        *_silent(officer, at),
        *_policies(officer),
    ]


def _unanswered(officer: Officer, at: datetime) -> list[dict[str, str]]:
    """To everybody who may approve, once a post has waited too long."""
    if not officer.may(Permission.APPROVE_POSTS):
        return []
    posts = Post.objects.filter(state="in_review", escalated_at__gte=F("since"))
    oldest = posts.exclude(author=officer).order_by("since").select_related("author").first()
    if oldest is None:
        return []
    wait = clock.in_words(at - oldest.since)
    says = f"A post of {oldest.author} waits {wait} for a second person, and nobody answers."
    url = f"{reverse('publishing:item', args=[oldest.pk])}?queue=approve"
    return [_banner("amber", says, url, "Decide it")]


def _outcomes(officer: Officer) -> list[dict[str, str]]:
    """To whoever owes the public an outcome, from the day it was due."""
    waiting = publishing.owed_by(officer).exclude(officer_reminded_at=None).count()
    if not waiting:
        return []
    posts = "a post of yours" if waiting == 1 else f"{waiting} posts of yours"
    says = f"The public waits to hear what came of {posts}."
    return [_banner("reminder", says, reverse("publishing:mine"), "Tell it")]


def _silent(officer: Officer, at: datetime) -> list[dict[str, str]]:
    """To whoever answers for an account elsewhere."""
    return [
        _banner(
            "reminder",
            f"{name_of(account)} has said nothing since {timezone.localtime(since):%-d %B}.",
            reverse("channels:account", args=[account.pk]),
            "Say something there, or close it",
        )
        for account, since in channels.silent_of(officer, at=at)
    ]


def _policies(officer: Officer) -> list[dict[str, str]]:
    """To whoever may agree to what somebody else proposed."""
    if not officer.may(Permission.AGREE_POLICY):
        return []
    pack = Pack.objects.filter(state="waiting").exclude(by=officer).select_related("by").first()
    if pack is None:
        return []
    url = reverse("governance:pack", args=[pack.pk])
    return [_banner("reminder", f"{pack.by} proposes a policy: {pack}.", url, "Look at it")]


def _reviews(officer: Officer, at: datetime) -> list[dict[str, str]]:
    due = people.reviews_due(officer, at=at)
    places = sorted({priority.neighbourhood for priority in due}, key=str)
    if not places:
        return []
    url = reverse("people:priorities")
    where = f"{len(places)} neighbourhoods"
    if len(places) == 1:
        url = reverse("people:neighbourhood", args=[places[0].slug])
        where = str(places[0])
    says = f"Residents of {where} were promised a review of their priorities by now."
    return [_banner("reminder", says, url, "Review them")]


def _sample(officer: Officer, at: datetime) -> list[dict[str, str]]:
    """From Friday on: last week's sample is judged until Sunday."""
    if not officer.may(Permission.REVIEW_SAMPLE) or timezone.localtime(at).weekday() < FRIDAY:
        return []
    mine = Sample.objects.for_judge(officer, sampling.week_to_judge(at))
    waiting = mine.open().count()
    if not waiting:
        return []
    says = f"{waiting} of {mine.count()} posts of last week's sample wait for your judgement "
    url = reverse("publishing:sample")
    return [_banner("reminder", says + "of the guard, until Sunday.", url, "Judge them")]


def _banner(kind: str, text: str, url: str, label: str) -> dict[str, str]:
    return {"kind": kind, "text": text, "action_url": url, "action_label": label}


def _present() -> dict[str, list[str]]:
    fresh = Presence.objects.filter(seen_at__gte=clock.real_now() - FADES)
    told: dict[str, list[str]] = {}
    for dot in fresh.select_related("officer"):
        told.setdefault(dot.subject, []).append(str(dot.officer))
    return told


def _wait(since: datetime, at: datetime) -> str:
    if since > at:
        return f"in {clock.in_words(since - at)}"
    return clock.in_words(at - since)
