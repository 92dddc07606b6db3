"""Who asked for watch messages, what they chose, and what is counted of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hue.lib import sealing
from hue.lib.ids import new_id
from hue.people.models import Neighbourhood, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving
from hue.subscribers.choices import BUDGETS, LEVELS, PACES, TOPICS, VIAS, at_least
from hue.subscribers.states import SUBSCRIBER

CONFIRMED_WITHIN = timedelta(days=3)
FORGOTTEN_AFTER = timedelta(days=30)  # whoever left; until then they may say why
_HOURS = models.PositiveSmallIntegerField


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def reading(self) -> SubscriberQuerySet:
        return self.filter(state="reading")

    def to_greet(self, *, at: datetime) -> SubscriberQuerySet:
        """They asked, and were not asked back yet."""
        return self.filter(greet_at__lte=at).order_by("greet_at")

    def never_confirmed(self, *, at: datetime) -> SubscriberQuerySet:
        return self.filter(state="asked", asked_at__lte=at - CONFIRMED_WITHIN)

    def long_gone(self, *, at: datetime) -> SubscriberQuerySet:
        return self.filter(state="left", left_at__lte=at - FORGOTTEN_AFTER)

    def for_whom(self, place: Neighbourhood | None, topic: str, level: str) -> SubscriberQuerySet:
        """Danger reaches everybody who reads about the place, whatever else they chose."""
        here = Q(neighbourhoods=place) if place else Q(whole=True)
        if level == "danger":
            found = self.reading() if place is None else self.reading().filter(here)
        else:
            chosen = Q(level__in=at_least(level), topics__contains=[topic])
            found = self.reading().filter(here, chosen)
        return found


class Subscriber(Moving, models.Model):
    """One address: of a household, as far as we know. What it reads is theirs to say."""

    GRAPH: ClassVar[Graph] = SUBSCRIBER
    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    via = models.CharField(max_length=10, choices=VIAS.items())
    sealed = models.TextField(blank=True)  # the address; gone once they left
    known = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  NULLs differ
    state = models.CharField(max_length=20, choices=SUBSCRIBER.choices(), default=SUBSCRIBER.start)
    asked_at = models.DateTimeField()
    greet_at = models.DateTimeField(null=True, blank=True, db_index=True)
    greeted = models.PositiveSmallIntegerField(default=0)  # times, since `greeted_since`
    greeted_since = models.DateTimeField(null=True, blank=True)
    pending = models.JSONField(default=dict, blank=True)  # chosen, and not confirmed yet
    code = models.CharField(max_length=64, blank=True)  # keyed hash of what an SMS tells them
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consent = models.CharField(max_length=200, blank=True)  # the words that they said then
    # Taken over from another installation, where they asked; they are told so once.
    moved_from = models.CharField(max_length=200, blank=True)  # its force's name
    moved_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)  # they left
    epoch = models.PositiveSmallIntegerField(default=0)  # of the links in their messages
    neighbourhoods = models.ManyToManyField(Neighbourhood, through="Reads", related_name="+")
    whole = models.BooleanField(default=False)  # also what is said to all of the force's area
    topics = ArrayField(models.CharField(max_length=20), default=list)
    level = models.CharField(max_length=10, choices=LEVELS.items(), default="news")
    pace = models.CharField(max_length=10, choices=PACES.items(), default="once")
    hour = _HOURS(default=18)  # of what comes together
    quiet_from = _HOURS(null=True, blank=True)
    quiet_until = _HOURS(null=True, blank=True)
    act_a_week = _HOURS(default=BUDGETS["act"])
    news_a_week = _HOURS(default=BUDGETS["news"])
    safe = models.BooleanField(default=False)  # somebody else may read what comes there
    forwards = models.BooleanField(default=False)  # a volunteer, marked so by staff
    objects = SubscriberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "via"], name="subscribers_by_way")]

    def __str__(self) -> str:
        return self.pk

    def address(self) -> str:
        return sealing.open_text(self.sealed)


class Reads(models.Model):
    """A neighbourhood that somebody reads about."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="reads")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "reads"
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "neighbourhood"], name="read_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.neighbourhood_id}"


class Takeover(models.Model):
    """Whose readers were taken over: once, so that nobody who left here meanwhile comes back."""

    force = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()
    readers = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.force


class Way(models.Model):
    """In which messages can go out at the moment: said by the room that sends."""

    via = models.CharField(max_length=10, choices=VIAS.items(), primary_key=True)

    def __str__(self) -> str:
        return self.via


class Source(models.Model):
    """That somebody asked from somewhere; the hash says nothing a day later."""

    hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Leaving(models.Model):
    """How many left on a day, and why; who they were is not known any more."""

    day = models.DateField()
    via = models.CharField(max_length=10, choices=VIAS.items())
    why = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "via", "why"], name="one_count_a_reason_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.why}: {self.count}"


class Count(models.Model):
    """Readers on a day, from the first day on."""

    day = models.DateField()
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")
    via = models.CharField(max_length=10, choices=VIAS.items())
    level = models.CharField(max_length=10, choices=LEVELS.items())
    readers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "neighbourhood", "via", "level"], name="one_count_of_readers_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.neighbourhood_id} {self.via}: {self.readers}"


class WatchListQuerySet(models.QuerySet["WatchList"]):
    def silent(self, *, at: datetime) -> WatchListQuerySet:
        """Nothing was said for longer than its charter promises."""
        promised = models.ExpressionWrapper(
            models.F("heard_at") + models.F("silent_days") * timedelta(days=1),
            output_field=models.DateTimeField(),
        )
        return self.annotate(promised=promised).filter(promised__lte=at)


class WatchList(models.Model):
    """A neighbourhood and a topic that somebody reads, with its charter."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=TOPICS.items())
    owner = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    silent_days = models.PositiveSmallIntegerField(default=30)
    heard_at = models.DateTimeField()  # the last message, or when the list began
    spoken = models.BooleanField(default=False)  # there was one
    objects = WatchListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["neighbourhood", "topic"], name="one_list_a_topic")
        ]

    def __str__(self) -> str:
        return f"{self.neighbourhood}, {self.get_topic_display()}"
