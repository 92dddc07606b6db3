"""Our public account of what happened, the steps of its proceedings, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from hue.incidents.kinds import KINDS, OUTCOMES
from hue.incidents.states import IMPORT, INCIDENT, PROCEEDINGS
from hue.lib import clock
from hue.people.models import Neighbourhood, Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> IncidentQuerySet:
        return self.filter(state="open")

    def of_day(self, day: date) -> IncidentQuerySet:
        return self.filter(happened_at__range=clock.day_of(day))

    def news(self) -> IncidentQuerySet:
        """Those of which something new is known that has not been told on."""
        return self.filter(news=True).order_by("pk")


class Incident(Moving, models.Model):
    GRAPH: ClassVar[Graph] = INCIDENT
    kind = models.CharField(max_length=40, choices=list(KINDS.items()), db_index=True)
    # The control room's, by day; of an imported crime, its reference.
    log_reference = models.CharField(max_length=80, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ward = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=160, blank=True)  # a street or a park, never a number
    happened_at = models.DateTimeField(db_index=True)
    happened_month_only = models.BooleanField(default=False)
    happened_day_only = models.BooleanField(default=False)
    reported = models.TextField(blank=True)
    did = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=INCIDENT.choices(), default=INCIDENT.start)
    outcome_code = models.CharField(max_length=4, blank=True, choices=list(OUTCOMES.items()))
    outcome_words = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    victim_informed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        "ImportBatch", null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )
    # Of its file's row: which incident it is, and what the row said about it.
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    said = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)  # raised with each change of the account
    # Left for the rooms above: they look at it, tell the public what is new, and clear it.
    news = models.BooleanField(default=False)
    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(news=True), name="incidents_with_news"),
            models.Index(fields=["log_reference", "happened_at"], name="incidents_by_log"),
        ]

    def __str__(self) -> str:
        return f"{KINDS[self.kind]}, {self.place}"

    @property
    def place(self) -> str:
        """Ward level: what may be said in public by itself."""
        return self.neighbourhood.name if self.neighbourhood else self.ward


class Proceeding(models.Model):
    """One dated step against one suspect, who has a number here and no name."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="proceedings")
    suspect = models.PositiveSmallIntegerField(default=1)
    step = models.CharField(max_length=20, choices=PROCEEDINGS.choices())
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d}"


class ImportBatch(Moving, models.Model):
    """One file of incidents; its columns are remembered for the next with the same headings."""

    GRAPH: ClassVar[Graph] = IMPORT
    state = models.CharField(max_length=20, choices=IMPORT.choices(), default=IMPORT.start)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)  # what looking through it found, as Examination has it
    why = models.TextField(blank=True)  # in words, where the file as a whole was refused
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return self.name
