"""The force and its people: units, neighbourhoods, teams, officers, their phones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac

from hue.people.roles import ROLES, Permission

REVIEWED_EVERY = timedelta(days=91)  # three months, as the public page promises


class Force(models.Model):
    """One installation serves one force."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    # ink, lamp, amber, green: "#0b1f3a"; anything missing keeps the house's own
    colours = models.JSONField(default=dict, blank=True)
    crest = models.TextField(blank=True)  # a cleaned SVG or a picture's address
    contact_email = models.EmailField(blank=True)  # whoever mends what a page says wrongly
    demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class LocalPolicingUnit(models.Model):
    force = models.ForeignKey(Force, on_delete=models.CASCADE, related_name="units")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    unit = models.ForeignKey(
        LocalPolicingUnit, on_delete=models.CASCADE, related_name="neighbourhoods"
    )
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    how_to_ask = models.TextField(blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON geometry, WGS84

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A ward, or another area of a published map. What happened is placed by it in public."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    borough = models.CharField(max_length=100, blank=True)
    geometry = models.JSONField()  # GeoJSON geometry, WGS84, as exact as the file
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, blank=True, on_delete=models.SET_NULL, related_name="areas"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PriorityQuerySet(models.QuerySet["Priority"]):
    def open(self) -> PriorityQuerySet:
        return self.filter(ended_at=None)

    def due(self, *, at: datetime) -> PriorityQuerySet:
        """Three months have passed since somebody looked."""
        return self.open().filter(reviewed_at__lte=at - REVIEWED_EVERY)

    def to_remind(self, *, at: datetime) -> PriorityQuerySet:
        return self.due(at=at).filter(reminded_at=None)


class Priority(models.Model):
    """What residents told the team, and what it does about it: reviewed every three months."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.CASCADE, related_name="priorities"
    )
    you_said = models.TextField()
    we_did = models.TextField()
    reviewed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)  # of the review that is due
    ended_at = models.DateTimeField(null=True, blank=True)
    objects = PriorityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.you_said[:60]

    @property
    def next_review(self) -> datetime:
        return self.reviewed_at + REVIEWED_EVERY


class Team(models.Model):
    """A neighbourhood policing team. `presence` is coarse on purpose: never a shift pattern."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="teams")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    presence = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name


class OfficerQuerySet(models.QuerySet["Officer"]):
    def serving(self) -> OfficerQuerySet:
        return self.filter(suspended_at=None, left_at=None).exclude(roles__contains=["system"])

    def named_in_public(self) -> OfficerQuerySet:
        """Those who chose to be. A suspended officer stays: the public cannot infer it."""
        return self.filter(public=True, left_at=None)


class OfficerManager(BaseUserManager["Officer"]):
    def get_queryset(self) -> OfficerQuerySet:
        return OfficerQuerySet(self.model, using=self._db)

    def serving(self) -> OfficerQuerySet:
        return self.get_queryset().serving()

    def named_in_public(self) -> OfficerQuerySet:
        return self.get_queryset().named_in_public()


class Officer(AbstractBaseUser):
    """Anybody who signs in: officer, staff, guest, and the software itself."""

    username = models.CharField("sign-in name", max_length=60, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120)
    rank = models.CharField(max_length=60, blank=True)
    collar_number = models.CharField(max_length=20, blank=True)
    roles = ArrayField(models.CharField(max_length=40), default=list)
    unit = models.ForeignKey(
        LocalPolicingUnit, null=True, blank=True, on_delete=models.SET_NULL, related_name="officers"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="officers"
    )
    public = models.BooleanField("named in public, by their own choice", default=False)
    public_line = models.CharField(max_length=200, blank=True)
    practice = models.BooleanField("posts only where the team can see them", default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # Part of every session's hash: to raise it ends all sessions at once.
    epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = OfficerManager()

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.suspended_at is None and self.left_at is None

    def may(self, permission: Permission) -> bool:
        return self.is_active and any(permission in ROLES[role].may for role in self.roles)

    @property
    def neighbourhood(self) -> Neighbourhood | None:
        return self.team.neighbourhood if self.team else None

    @property
    def publicly(self) -> str:
        """How a public line is signed: by name only where the officer chose it."""
        if "guest" in self.roles:
            of = f" of the {self.team.name}" if self.team else ""
            return f"{self.rank} {self.name}, guest{of}".strip() if self.public else f"Guest{of}"
        where = f", {self.team.name}" if self.team else ""
        return (f"{self.rank} {self.name}" if self.public else self.rank or "Police staff") + where

    @property
    def record_id(self) -> str:
        return str(self.pk)

    @property
    def record_name(self) -> str:
        return str(self)

    @property
    def record_role(self) -> str:
        return ", ".join(self.roles)

    def get_session_auth_hash(self) -> str:
        return salted_hmac("hue.people.Officer", f"{self.password}{self.epoch}").hexdigest()

    def _legacy_get_session_auth_hash(self) -> str:
        return self.get_session_auth_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        return iter(())


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> InvitationQuerySet:
        return self.filter(used_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link that works once: whoever holds it sets the password of that account."""

    digest = models.CharField(max_length=64, unique=True)  # the token itself is kept nowhere
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.officer}"


class Phone(models.Model):
    """A device that queues posts offline; known so that a suspended officer's can be wiped."""

    id = models.CharField(max_length=40, primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="phones")
    seen_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"phone of {self.officer}"
