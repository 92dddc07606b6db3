"""What the force has laid down, who accepted it, what is stopped, what was removed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from hue.governance.states import PACK
from hue.lib import signing
from hue.people.models import Officer
from hue.states.graph import Graph
from hue.states.moving import Moving


class KnownKey(models.Model):
    """Another force's key, whose fingerprint somebody has compared with what that force says."""

    fingerprint = models.CharField(max_length=32, unique=True)
    whose = models.CharField(max_length=200)
    how = models.TextField()  # it was compared
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.whose


class Pack(Moving, models.Model):
    """A whole policy in one signed file, proposed by one person; a second one agrees to it."""

    GRAPH: ClassVar[Graph] = PACK
    state = models.CharField(max_length=20, choices=PACK.choices(), default=PACK.start)
    title = models.CharField(max_length=200)
    made_by = models.CharField(max_length=200)
    edition = models.CharField(max_length=60)
    jurisdiction = models.CharField(max_length=200)
    sources = models.TextField(blank=True)
    text = models.TextField()
    values = models.JSONField(default=dict)
    guard = models.JSONField(default=dict)  # what of the guard's policy differs from the shipped
    file = models.TextField()  # as it came, its signature in it
    fingerprint = models.CharField(max_length=32)
    in_force_at = models.DateTimeField(null=True, blank=True)  # as proposed; None: at once
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # What it would have done with the posts of the last months, as publishing.preview tells it.
    preview = models.JSONField(default=dict)
    looked_at = models.PositiveIntegerField(default=0)  # posts so far

    def __str__(self) -> str:
        return f"{self.title}, edition {self.edition}"

    @property
    def is_ours(self) -> bool:
        return self.fingerprint == signing.fingerprint(signing.public_pem())

    @property
    def signer(self) -> str:
        """Whose key signed it; empty: a key that nobody here has made sure of."""
        known = KnownKey.objects.filter(fingerprint=self.fingerprint).first()
        return "us" if self.is_ours else known.whose if known else ""


class PolicyVersion(models.Model):
    """A policy text with its numbers. The newest whose time has come is in force."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    values = models.JSONField(default=dict)  # overrides of the defaults in governance.policy
    guard = models.JSONField(default=dict)  # the same of the guard's
    in_force_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pack = models.OneToOneField(
        Pack, null=True, blank=True, on_delete=models.PROTECT, related_name="version"
    )
    # The earlier version that was rolled back to: whoever accepted that has accepted this.
    back_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="again"
    )

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

    def runs(self, *, at: datetime) -> bool:
        return self.ended_at is None and self.starts_at <= at < self.ends_at


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
