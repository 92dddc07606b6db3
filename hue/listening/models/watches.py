"""What is watched: topics and places, why, by whom, on which basis and until when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hue.listening.states import WATCH
from hue.people.models import Neighbourhood, Officer
from hue.people.roles import ROLES
from hue.states.graph import Graph
from hue.states.moving import Moving


class WatchQuerySet(models.QuerySet["Watch"]):
    def waiting(self) -> WatchQuerySet:
        return self.filter(state="written")

    def running(self, *, at: datetime) -> WatchQuerySet:
        return self.filter(state="approved", starts_at__lte=at, expires_at__gt=at)

    def expired(self, *, at: datetime) -> WatchQuerySet:
        return self.filter(state="approved", expires_at__lte=at)

    def to_read(self) -> WatchQuerySet:
        return self.select_related("owner", "written_by", "decided_by").prefetch_related(
            "places", "sources"
        )


class Watch(Moving, models.Model):
    """A watch belongs to one role: whoever has another sees nothing of what it hears."""

    GRAPH: ClassVar[Graph] = WATCH
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    purpose = models.TextField()
    basis = models.TextField()  # in law, and why it is overt
    necessity = models.TextField(blank=True)  # why a belief, a party, a union or a protest
    topics = ArrayField(models.CharField(max_length=60))
    places = models.ManyToManyField(Neighbourhood, blank=True, related_name="+")
    sources = models.ManyToManyField("listening.Source", related_name="watches")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=WATCH.choices(), default=WATCH.start)
    starts_at = models.DateTimeField()
    review_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    written_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why_refused = models.TextField(blank=True)
    # A declared incident keeps words for thirty days instead of seven.
    incident = models.CharField(max_length=200, blank=True)
    heard = models.PositiveIntegerField(default=0)  # remarks taken in so far, also erased ones
    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("starts_at")), name="watch_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name
