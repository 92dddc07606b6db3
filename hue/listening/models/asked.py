"""What the public sends in: claims that they ask about, and answers that they doubt.

Nobody is asked who they are. `source` is a keyed hash of the address for a day, so that one sender
cannot flood the desk; it is emptied after that.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hue.listening.models.rumours import Rumour, Verdict
from hue.listening.states import ASKED, CHALLENGE
from hue.people.models import Neighbourhood, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class Asked(Moving, models.Model):
    """A claim that somebody has seen and asks about."""

    GRAPH: ClassVar[Graph] = ASKED
    words = models.TextField()
    place = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, choices=ASKED.choices(), default=ASKED.start)
    source = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField(db_index=True)
    rumour = models.ForeignKey(
        Rumour, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = "asked"

    def __str__(self) -> str:
        return self.words[:80]


class Challenge(Moving, models.Model):
    """Somebody doubts an answer; decided by another person than whoever gave it."""

    GRAPH: ClassVar[Graph] = CHALLENGE
    rumour = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="challenges")
    verdict = models.ForeignKey(
        Verdict, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField()
    state = models.CharField(max_length=12, choices=CHALLENGE.choices(), default=CHALLENGE.start)
    source = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField(db_index=True)
    decided_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True)  # public: what came of it

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.rumour_id}: {self.words[:60]}"
