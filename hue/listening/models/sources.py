"""Where remarks come from. Each is off until somebody has read its terms of use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from hue.listening.states import SOURCE
from hue.people.models import Officer
from hue.states.graph import Graph
from hue.states.moving import Moving

KINDS = {
    "file": "a file that somebody hands in",
    "replies": "public replies to our own posts",
    "feed": "an RSS or Atom feed",
    "mastodon": "a hashtag on a Mastodon server",
    "bluesky": "Bluesky, by Jetstream",
    "x": "recent search on X",
    "mail": "letters (.eml) that somebody hands in",
}
PUSHED = frozenset({"file", "mail"})  # nothing is asked for: it is brought to us


class SourceQuerySet(models.QuerySet["Source"]):
    def on(self) -> SourceQuerySet:
        return self.filter(state="on")

    def to_poll(self, *, at: datetime) -> SourceQuerySet:
        """Only where a watch is running that reads it."""
        asked = self.on().exclude(kind__in=PUSHED).filter(next_at__lte=at)
        heard = {"watches__starts_at__lte": at, "watches__expires_at__gt": at}
        return asked.filter(watches__state="approved", **heard).distinct().order_by("next_at")


class Source(Moving, models.Model):
    GRAPH: ClassVar[Graph] = SOURCE
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    address = models.CharField(max_length=500, blank=True)  # of the feed, the server, the stream
    query = models.CharField(max_length=200, blank=True)  # a hashtag, or words
    state = models.CharField(max_length=20, choices=SOURCE.choices(), default=SOURCE.start)
    secrets = models.TextField(blank=True)  # sealed
    terms = models.CharField(max_length=500, blank=True)  # where its terms of use stand
    terms_say = models.TextField(blank=True)  # that they allow this, in the reader's words
    basis = models.TextField(blank=True)
    terms_read_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    terms_read_at = models.DateTimeField(null=True, blank=True)
    cap = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)  # US$ a month
    spent = models.DecimalField(max_digits=11, decimal_places=4, default=0)
    spent_month = models.CharField(max_length=7, blank=True)  # "2026-07"
    every = models.PositiveIntegerField(default=60)  # seconds between two looks
    next_at = models.DateTimeField(null=True, blank=True)
    cursor = models.JSONField(default=dict)  # how far it was read
    last_at = models.DateTimeField(null=True, blank=True)  # something came
    # How it behaves: seen, kept, repeated, back_in_time, too_long, mended, left_out, other
    counts = models.JSONField(default=dict)
    minute = models.JSONField(default=list)  # [its time, how many came in it]
    trouble = models.CharField(max_length=300, blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def pause(self) -> timedelta:
        return timedelta(seconds=self.every)
