"""What was said in public, for days: the words; who said it is sealed and then erased."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hue.listening.models.sources import Source
from hue.listening.states import REMARK
from hue.states.graph import Graph
from hue.states.moving import Moving


class Key(models.Model):
    """Seals who said something, and makes the hashes that count distinct sources. There is a new
    one every week; with the last remark under it the key goes, too."""

    starts_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"from {self.starts_at:%Y-%m-%d}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def waiting(self) -> RemarkQuerySet:
        return self.filter(state="waiting").order_by("pk")

    def read(self) -> RemarkQuerySet:
        return self.filter(state="read")

    def over(self, *, at: datetime) -> RemarkQuerySet:
        return self.filter(expires_at__lte=at)


class Remark(Moving, models.Model):
    """There is no account here, and no way from one remark to another by the same person in
    another claim: `author` is gone half a minute after it was read."""

    GRAPH: ClassVar[Graph] = REMARK
    role = models.CharField(max_length=40)  # whose watches asked for it
    watches = ArrayField(models.BigIntegerField())
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    outside = models.CharField(max_length=32)  # keyed hash of its id there: repeats, deletions
    state = models.CharField(max_length=20, choices=REMARK.choices(), default=REMARK.start)
    text = models.TextField()  # without handles, addresses and mentions
    said_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    author = models.CharField(max_length=32, blank=True)
    sealed = models.TextField(blank=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    reshare_of = models.CharField(max_length=32, blank=True)
    quotes = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=12, blank=True)
    # What the engine made of it.
    voice = models.CharField(max_length=32, blank=True)  # counts sources within this one claim
    turn = models.PositiveBigIntegerField(null=True, blank=True)  # as the engine took it
    copy = models.BooleanField(default=False)  # of an earlier one
    claim = models.CharField(max_length=40, blank=True)
    story = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    kind_sure = models.FloatField(default=0)
    urgency = models.CharField(max_length=20, blank=True)
    risks = ArrayField(models.CharField(max_length=120), default=list)
    places = ArrayField(models.CharField(max_length=120), default=list)
    eyewitness = models.BooleanField(default=False)
    questions = models.JSONField(default=list)
    matches = models.JSONField(default=list)  # answered claims: [id, score, why]
    reasons = models.JSONField(default=list)  # why all this, in words
    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "outside"], name="taken_in_once_a_role")
        ]
        indexes = [
            models.Index(
                fields=["role", "id"], condition=models.Q(state="waiting"), name="remarks_waiting"
            ),
            models.Index(fields=["role", "claim", "said_at"]),
            models.Index(fields=["role", "said_at"]),
            models.Index(fields=["role", "turn"]),
            GinIndex(fields=["watches"], name="remarks_by_watch"),
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"
