"""How far the demonstration has come: so that stopping and starting loses and doubles nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class CueRowQuerySet(models.QuerySet["CueRow"]):
    def due(self, *, at: datetime) -> CueRowQuerySet:
        return self.filter(played_at=None, due_at__lte=at).order_by("due_at", "key")


class CueRow(models.Model):
    """A cue of the script with its time; `post` is what came of it."""

    key = models.CharField(max_length=60, unique=True)
    what = models.CharField(max_length=20)
    facts = models.JSONField()
    due_at = models.DateTimeField(db_index=True)
    played_at = models.DateTimeField(null=True)
    post = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)  # why it was not played: a stop, a refusal
    objects = CueRowQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class Progress(models.Model):
    """The time that the demonstration showed last: it goes on from here."""

    shown_at = models.DateTimeField()
    rate = models.FloatField()

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.shown_at:%H:%M} at {self.rate:g} times"
