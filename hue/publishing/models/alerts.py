"""Alerts made of posts, for other systems to take up."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from hue.people.models import Officer
from hue.publishing.cap import CATEGORIES, CERTAINTIES, SEVERITIES, URGENCIES
from hue.publishing.models.posts import Post
from hue.publishing.states import ALERT
from hue.states.graph import Graph
from hue.states.moving import Moving


class AlertQuerySet(models.QuerySet["Alert"]):
    def in_force(self) -> AlertQuerySet:
        return self.filter(state="in_force")

    def over(self, *, at: datetime) -> AlertQuerySet:
        return self.in_force().filter(expires_at__lte=at)


class Alert(Moving, models.Model):
    """What CAP asks of a post besides its words."""

    GRAPH: ClassVar[Graph] = ALERT
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="alert")
    event = models.CharField(max_length=35)
    category = models.CharField(max_length=10, choices=CATEGORIES.items())
    urgency = models.CharField(max_length=10, choices=URGENCIES.items())
    severity = models.CharField(max_length=10, choices=SEVERITIES.items())
    certainty = models.CharField(max_length=10, choices=CERTAINTIES.items())
    instruction = models.TextField(blank=True)  # what people should do
    exercise = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ALERT.choices(), default=ALERT.start)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=models.Q(state="in_force"),
                name="alerts_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.event


class AlertMessage(models.Model):
    """What was told of it, and when: the words are those of the post as it is now."""

    KINDS: ClassVar = [("Alert", "alert"), ("Update", "update"), ("Cancel", "cancel")]
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    version = models.PositiveIntegerField()  # of the post
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "number"], name="one_message_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.alert_id}"
