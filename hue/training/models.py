"""How officers learn: practice cases answered, mentors, and what they ask the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hue.people.models import Officer
from hue.publishing.models import Post
from hue.states.graph import Graph
from hue.states.moving import Moving
from hue.training.states import MENTORING, QUESTION


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> QuestionQuerySet:
        return self.filter(state="asked")

    def answered(self) -> QuestionQuerySet:
        return self.filter(state="answered")

    def to_escalate(self, *, at: datetime, after: timedelta) -> QuestionQuerySet:
        """Nobody has answered for that long, and nobody else was called yet."""
        return self.open().filter(escalated_at=None, asked_at__lte=at - after)

    def to_read(self) -> QuestionQuerySet:
        return self.select_related(
            "asker__team__neighbourhood", "answered_by", "post__author", "post__neighbourhood"
        )


class Question(Moving, models.Model):
    """What an officer asked the desk about a draft. The draft's words stay in the post alone."""

    GRAPH: ClassVar[Graph] = QUESTION
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of the words that were asked about
    asker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    share_draft = models.BooleanField(default=False)  # the asker's team may read the draft too
    state = models.CharField(max_length=20, choices=QUESTION.choices(), default=QUESTION.start)
    asked_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)  # nobody answered for too long
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    for_all = models.BooleanField("worth knowing for everybody", default=False)
    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="asked"), name="one_open_question_a_post"
            )
        ]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"question about {self.post_id}"


class Answer(models.Model):
    """One try at a practice case, as the guard marked it then. Nothing said is an answer too."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    case = models.CharField(max_length=40)  # of cases.toml
    words = models.TextField(blank=True)
    silent = models.BooleanField("decided that nothing is said", default=False)
    rules = models.JSONField(default=list)  # of the guard, that found something
    lacks = models.JSONField(default=list)  # what a good answer has and this one has not
    passed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["officer", "case"])]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.case}"


class MentoringQuerySet(models.QuerySet["Mentoring"]):
    def going_on(self) -> MentoringQuerySet:
        return self.exclude(state="over").select_related("officer", "mentor", "named_by")


class Mentoring(Moving, models.Model):
    """Who watches over somebody who practises, and what they say of them."""

    GRAPH: ClassVar[Graph] = MENTORING
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=MENTORING.choices(), default=MENTORING.start)
    because = models.TextField(blank=True)  # why not yet
    said_at = models.DateTimeField(null=True, blank=True)
    objects = MentoringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=~Q(state="over"), name="one_mentor_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} watches over {self.officer_id}"
