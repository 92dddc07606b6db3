"""How far the engine has read for a role, what staff taught it, and who looked at what."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from hue.listening.models.remarks import Remark
from hue.listening.states import DANGER, LESSON
from hue.people.models import Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class Reader(models.Model):
    """One engine for each role. What it knew at `kept_turn` is kept; later turns are taken anew
    after a crash, in the same order, with the same result."""

    role = models.CharField(max_length=40, unique=True)
    turn = models.PositiveBigIntegerField(default=0)
    kept = models.BinaryField(default=b"")  # sealed
    kept_turn = models.PositiveBigIntegerField(default=0)
    kept_at = models.DateTimeField(null=True, blank=True)
    ranked = models.JSONField(default=list)  # what to look at first: {claim, story, score, reasons}
    ranked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"reader of {self.role}"


class Lesson(Moving, models.Model):
    """Staff say what a remark really is; the engine learns it with its next turn."""

    GRAPH: ClassVar[Graph] = LESSON
    role = models.CharField(max_length=40)
    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=LESSON.choices(), default=LESSON.start)
    turn = models.PositiveBigIntegerField(null=True, blank=True)  # after which it was learnt
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.urgency}".strip()


class DangerQuerySet(models.QuerySet["Danger"]):
    def open(self) -> DangerQuerySet:
        return self.filter(state="open").order_by("since", "pk")


class Danger(Moving, models.Model):
    """Somebody's life may be at risk. Nobody closes it without the reference of a hand-off."""

    GRAPH: ClassVar[Graph] = DANGER
    role = models.CharField(max_length=40)
    remark = models.OneToOneField(
        Remark, null=True, blank=True, on_delete=models.SET_NULL, related_name="danger"
    )
    risks = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=DANGER.choices(), default=DANGER.start)
    since = models.DateTimeField()
    reference = models.CharField(max_length=80, blank=True)  # of the control room's log
    handed_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_at = models.DateTimeField(null=True, blank=True)
    objects = DangerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["role", "state", "since"])]

    def __str__(self) -> str:
        return f"danger {self.pk}"


class LookQuerySet(models.QuerySet["Look"]):
    def before(self, at: datetime) -> LookQuerySet:
        return self.filter(at__lt=at)


class Look(models.Model):
    """The consultation log: who looked at what, and for which purpose; once an hour."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)  # "desk", "claim:…", "watch:3"
    why = models.CharField(max_length=400)
    at = models.DateTimeField()  # the hour
    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "subject", "at"], name="one_look_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.subject}"
