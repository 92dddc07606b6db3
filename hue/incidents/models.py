"""Our public account of what happened, its proceedings, who is concerned, what came of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import ClassVar

from django.db import models

from hue.incidents.kinds import (
    ACCUSED,
    CONSULTED,
    KINDS,
    NAMING_PURPOSES,
    OFFENCES,
    OPERATIONS,
    ORDERS,
    OUTCOMES,
    ROLES,
)
from hue.incidents.states import IMPORT, INCIDENT, PROCEEDINGS
from hue.lib import clock, sealing
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

    def telling_outcome(self) -> IncidentQuerySet:
        """Over, and the public may hear how: no victim hears it from us in public first, and no
        court postpones every report."""
        postponed = CourtOrder.objects.filter(kind="postpone", lifted_at=None)
        over = self.filter(state="over").exclude(has_victim=True, victim_informed_at=None)
        return over.exclude(pk__in=postponed.values("incident"))

    def in_live_operation(self) -> IncidentQuerySet:
        return self.filter(operation="live").order_by("-operation_at")

    def locked(self, incident: Incident) -> Incident:
        """The row as it is now; until the transaction ends nobody changes its case.

        Always before a post that tells of it. Rows that point to it are added all the while.
        """
        return self.select_for_update(no_key=True).get(pk=incident.pk)

    def case_changed(self) -> IncidentQuerySet:
        """Those whose posts may say today what they must not say tomorrow."""
        return self.filter(case_changed=True).order_by("pk")


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
    offence = models.CharField(
        max_length=20, blank=True, choices=[(key, says) for key, says in OFFENCES.items() if key]
    )
    has_victim = models.BooleanField(default=False)
    small_place = models.BooleanField(default=False)  # few live there: age and work name somebody
    victim_informed_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)  # who was missing or wanted
    operation = models.CharField(max_length=12, choices=list(OPERATIONS.items()), default="none")
    operation_note = models.CharField(max_length=300, blank=True)  # what the flag is about
    operation_at = models.DateTimeField(null=True, blank=True)
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
    # The same for what may be said: they look at every post about it, and clear it.
    case_changed = models.BooleanField(default=False)
    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(news=True), name="incidents_with_news"),
            models.Index(
                fields=["id"],
                condition=models.Q(case_changed=True),
                name="incidents_case_changed",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(operation="live"),
                name="incidents_in_live_operation",
            ),
            models.Index(fields=["log_reference", "happened_at"], name="incidents_by_log"),
        ]

    def __str__(self) -> str:
        return f"{KINDS[self.kind]}, {self.place}"

    @property
    def place(self) -> str:
        """Ward level: what may be said in public by itself."""
        return self.neighbourhood.name if self.neighbourhood else self.ward

    def concerns_somebody(self) -> bool:
        """Whether somebody is sought, found, suspected, named, protected by a court, or at risk
        in an operation."""
        if self.found_at is not None or self.operation != "none":
            return True
        return any(row.exists() for row in (self.proceedings, self.concerned, self.orders))

    @property
    def tells_outcome(self) -> bool:
        return Incident.objects.telling_outcome().filter(pk=self.pk).exists()

    def tell_news(self) -> None:
        Incident.objects.filter(pk=self.pk).update(news=True)

    def tell_case_changed(self) -> None:
        Incident.objects.filter(pk=self.pk).update(case_changed=True)


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


@dataclass(frozen=True)
class Identity:
    """What names or identifies somebody, and words that may do so by the way."""

    name: str = ""
    also: tuple[str, ...] = ()  # other names, nicknames, handles
    details: tuple[str, ...] = ()  # street, employer, school, family tie
    agreed_to: str = ""
    naming_reason: str = ""
    ethnicity_purpose: str = ""  # why ethnicity or nationality may be told


class Concerned(models.Model):
    """A person concerned with an incident. Who they are is sealed: the tables tell nobody."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="concerned")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=list(ROLES.items()))
    suspect = models.PositiveSmallIntegerField(null=True, blank=True)  # in the proceedings
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    sealed = models.TextField()
    consent_at = models.DateTimeField(null=True, blank=True)  # agreed to be named
    waiver_at = models.DateTimeField(null=True, blank=True)  # gave up anonymity, in writing
    naming_purpose = models.CharField(
        max_length=20, blank=True, choices=list(NAMING_PURPOSES.items())
    )
    naming_consulted = models.CharField(max_length=20, blank=True, choices=list(CONSULTED.items()))
    naming_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    naming_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "concerned"
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="concerned_number"),
            models.UniqueConstraint(fields=["incident", "suspect"], name="concerned_suspect"),
        ]

    def __str__(self) -> str:
        """For those who may not know the name: "suspect 1, 34"."""
        return self.label if self.age is None else f"{self.label}, {self.age}"

    @property
    def label(self) -> str:
        """For the record, which keeps it after they are forgotten."""
        role = ROLES[self.role].lower()
        # The others are counted together: the second who is noted may be the first of their role.
        return f"{role} {self.suspect}" if self.suspect else f"{role} (person {self.number})"

    @property
    def identity(self) -> Identity:
        told = json.loads(sealing.open_text(self.sealed))
        return Identity(**{**told, "also": tuple(told["also"]), "details": tuple(told["details"])})

    @identity.setter
    def identity(self, identity: Identity) -> None:
        self.sealed = sealing.seal_text(json.dumps(asdict(identity)))

    @property
    def is_accused(self) -> bool:
        return self.role in ACCUSED


class CourtOrder(models.Model):
    """What a court has forbidden; without a person it is about everybody in the case."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="orders")
    kind = models.CharField(max_length=20, choices=list(ORDERS.items()))
    person = models.ForeignKey(
        Concerned, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    sealed = models.TextField()  # the words that may not be said
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(json.loads(sealing.open_text(self.sealed)))

    @words.setter
    def words(self, words: tuple[str, ...]) -> None:
        self.sealed = sealing.seal_text(json.dumps(words))


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
