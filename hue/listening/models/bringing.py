"""A file that somebody handed in: taken in at once, or replayed as if it was said now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from hue.listening.models.sources import Source
from hue.listening.states import BRINGING
from hue.people.models import Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class BringingQuerySet(models.QuerySet["Bringing"]):
    def going(self) -> BringingQuerySet:
        return self.filter(state="going").order_by("pk")


class Bringing(Moving, models.Model):
    """`line` is how far it was taken in: whoever goes on after a crash begins there."""

    GRAPH: ClassVar[Graph] = BRINGING
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=BRINGING.choices(), default=BRINGING.start)
    speed = models.PositiveSmallIntegerField(default=0)  # 0: at once, with its own times
    first_at = models.DateTimeField(null=True, blank=True)  # the time of its first line
    line = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    objects = BringingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def due_at(self, said_at: datetime) -> datetime:
        """When a line of that time is replayed."""
        if not self.speed:
            return self.at
        assert self.first_at is not None
        return self.at + max(timedelta(0), said_at - self.first_at) / self.speed
