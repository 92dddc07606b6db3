"""What the force has laid down, who accepted it, what is stopped, what was removed."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from hue.people.models import Officer


class PolicyVersion(models.Model):
    """A policy text with its numbers. The newest whose time has come is in force."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    values = models.JSONField(default=dict)  # overrides of governance.policy.DEFAULTS
    in_force_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"version {self.number}"


class Acceptance(models.Model):
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "version"], name="one_acceptance_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.officer} accepted {self.version}"


class ElectionQuerySet(models.QuerySet["Election"]):
    def running(self, *, at: datetime) -> ElectionQuerySet:
        return self.filter(starts_at__lte=at, ends_at__gt=at, ended_at=None)

    def ahead(self, *, at: datetime) -> ElectionQuerySet:
        """Running or still to come, the next first."""
        return self.filter(ends_at__gt=at, ended_at=None).order_by("starts_at")


class Election(models.Model):
    """The time before an election, in which the force helps and harms nobody who stands."""

    name = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    candidates = models.JSONField(default=list)  # names of people and parties
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # called off, or noted by mistake
    objects = ElectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="election_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HaltQuerySet(models.QuerySet["Halt"]):
    def in_force(self) -> HaltQuerySet:
        return self.filter(lifted_at=None)


class Halt(models.Model):
    """Stop all: while one is in force nothing goes out."""

    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    objects = HaltQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lifted_at"],
                nulls_distinct=False,
                name="one_halt_in_force",
                condition=models.Q(lifted_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.reason


class RemovalQuerySet(models.QuerySet["Removal"]):
    def public(self, *, at: datetime) -> RemovalQuerySet:
        return self.filter(public_at__lte=at).order_by("-at", "-id")

    def due_to_list(self, *, at: datetime) -> RemovalQuerySet:
        """Those whose delay has ended since the public page was written."""
        return self.filter(public_at__lte=at, listed=False)


class Removal(models.Model):
    """One line of the public register: what was removed or corrected, by which role, and why."""

    WHAT = [
        ("withdrawn", "withdrawn"),
        ("corrected", "corrected"),
        ("redacted", "redacted"),
        ("hidden", "not shown for now"),
        ("restored", "shown again"),
        ("overridden", "published although a rule stops it"),
    ]
    what = models.CharField(max_length=20, choices=WHAT)
    subject = models.CharField(max_length=80)  # "post:0h3…": never its words
    address = models.CharField(max_length=200)  # "/posts/0h3…/"
    reason = models.TextField()
    rule = models.CharField(max_length=20, blank=True)  # "PUB-19"
    role = models.CharField(max_length=60)
    at = models.DateTimeField()
    public_at = models.DateTimeField(db_index=True)
    listed = models.BooleanField(default=False)  # its page was marked when its time had come
    objects = RemovalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
