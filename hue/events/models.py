"""Live events with their charter, and the guests who may post in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from hue.events.states import LIVE_EVENT
from hue.people.models import LocalPolicingUnit, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class LiveEventQuerySet(models.QuerySet["LiveEvent"]):
    def due_to_start(self, *, at: datetime) -> LiveEventQuerySet:
        return self.filter(state="planned", starts_at__lte=at)

    def due_to_close(self, *, at: datetime) -> LiveEventQuerySet:
        return self.filter(state="live", ends_at__lte=at)

    def due_to_end(self, *, at: datetime, after: timedelta) -> LiveEventQuerySet:
        """Closing for so long that no more outcomes are waited for."""
        return self.filter(state="closing", ends_at__lte=at - after)

    def open(self) -> LiveEventQuerySet:
        """Those that posts can be part of."""
        return self.filter(state__in=["planned", "live", "closing"])


class LiveEvent(Moving, models.Model):
    """The 24-hour log. Its charter says beforehand why, who, how long, and what happens after."""

    GRAPH: ClassVar[Graph] = LIVE_EVENT
    hashtag = models.SlugField(unique=True)  # without the sign: "bsp24"
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(LocalPolicingUnit, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    introduction = models.TextField(blank=True)
    afterwards = models.TextField()
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=LIVE_EVENT.choices(), default=LIVE_EVENT.start)
    objects = LiveEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.hashtag}"


class GuestPassQuerySet(models.QuerySet["GuestPass"]):
    def valid(self, *, at: datetime) -> GuestPassQuerySet:
        return self.filter(starts_at__lte=at, ends_at__gt=at, revoked_at=None)


class GuestPass(models.Model):
    """A guest may post in one event, for stated hours, and each post is approved."""

    event = models.ForeignKey(LiveEvent, on_delete=models.CASCADE, related_name="guests")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    objects = GuestPassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "guest passes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="pass_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} in {self.event}"
