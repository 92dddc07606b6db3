"""A drill that is played, and its cues. Both live in an installation of their own."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hue.drill.states import DRILL
from hue.states.graph import Graph
from hue.states.moving import Moving


class Drill(Moving, models.Model):
    GRAPH: ClassVar[Graph] = DRILL
    event = models.CharField(max_length=40)  # of events/*.toml
    speed = models.FloatField()
    state = models.CharField(max_length=12, choices=DRILL.choices(), default=DRILL.start)
    began_at = models.DateTimeField()  # by the clock of the drill
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="one_drill_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.event


class DrillCueQuerySet(models.QuerySet["DrillCue"]):
    def due(self, *, at: datetime) -> DrillCueQuerySet:
        running = self.filter(drill__state="running", played_at=None, due_at__lte=at)
        return running.order_by("due_at", "key")


class DrillCue(models.Model):
    """One thing that happens. `asked` is the question of the public that came of it."""

    WHAT: ClassVar = [("asked", "somebody asks"), ("seen", "seen again"), ("inject", "inject")]
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="cues")
    key = models.CharField(max_length=60)
    claim = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=8, choices=WHAT)
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)
    played_at = models.DateTimeField(null=True, blank=True)
    asked = models.BigIntegerField(null=True, blank=True)
    objects = DrillCueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drill", "key"], name="one_cue_a_key_in_a_drill")
        ]

    def __str__(self) -> str:
        return self.key
