"""Our own pictures: re-encoded, without metadata, in several sizes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import models
from django.db.models import Case, F, When

from hue.lib.ids import new_id
from hue.people.models import Officer

SHOWS: dict[str, str] = {
    "": "Nobody who can be recognised",
    "suspect": "A suspect",
    "wanted": "Somebody wanted",
    "missing": "Somebody missing",
    "victim": "A victim",
    "defendant": "A defendant",
    "officer": "One of us",
    "other": "Somebody else",
}
SOURCES: dict[str, str] = {
    "own": "Taken by us",
    "family": "Given by the family",
    "custody": "Taken in custody",
    "cctv": "A camera that watches a place",
    "public": "Given by the public",
    "body_worn": "A camera worn by an officer",
}
# What somebody who looked at it says of it, in words.
FACTS = {
    "shows": "who is in it",
    "person": "which person of the case",
    "age": "their age",
    "source": "where it comes from",
    "purpose": "its purpose",
    "others_visible": "whether others can be seen",
    "others_obscured": "whether others are obscured",
    "review_at": "when it is looked at again",
    "prior_enquiries": "what was tried before",
    "last_resort": "whether it is the last resort",
}


class PictureQuerySet(models.QuerySet["Picture"]):
    def review_due(self, *, at: datetime) -> PictureQuerySet:
        """Of people, and nobody has looked since whether it should still be shown."""
        people = self.exclude(shows__in=["", "officer"])
        return people.filter(review_at__lte=at).order_by("review_at")

    def to_look_at_again(self, *, at: datetime) -> PictureQuerySet:
        """Something else was said of it, or its day of review has come: what shows it is asked."""
        return self.filter(look_again_at__lte=at).order_by("look_again_at")

    def looked_at_again(self, *, at: datetime) -> int:
        """Asked until its day of review comes; 0: somebody else was faster."""
        next_look = Case(When(review_at__gt=at, then=F("review_at")))
        return self.to_look_at_again(at=at).update(look_again_at=next_look)


class Picture(models.Model):
    """`sizes` maps a width in pixels to a file below HUE_DATA/media, named by its content."""

    id = models.CharField(max_length=12, primary_key=True, default=new_id)
    alt = models.CharField(max_length=1000)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sizes = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, db_index=True)  # of the largest size
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # What somebody who looked at it says of it: nothing here is found by the software.
    shows = models.CharField(
        max_length=20, blank=True, choices=[(key, says) for key, says in SHOWS.items() if key]
    )
    person = models.CharField(max_length=20, blank=True)  # key of who is concerned in the case
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=20, default="own", choices=list(SOURCES.items()))
    purpose = models.TextField(blank=True)
    approved_by = models.CharField(max_length=60, blank=True)  # in which role
    others_visible = models.BooleanField(default=False)
    others_obscured = models.BooleanField(default=False)
    review_at = models.DateTimeField(null=True, blank=True)
    prior_enquiries = models.TextField(blank=True)  # how else it was tried to find out who it is
    last_resort = models.BooleanField(default=False)
    described_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When the posts that show it are asked about next; the room of posts picks it up.
    look_again_at = models.DateTimeField(null=True, blank=True)
    objects = PictureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["review_at"],
                condition=models.Q(review_at__isnull=False),
                name="pictures_to_review",
            ),
            models.Index(
                fields=["look_again_at"],
                condition=models.Q(look_again_at__isnull=False),
                name="pictures_to_look_at_again",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def facts_digest(self) -> str:
        """Of all that whoever approves it has before them."""
        told = [self.digest, self.alt, *(str(getattr(self, name)) for name in FACTS)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def name_of(self, width: int) -> str:
        """The file of that width, or of the next larger one."""
        widths = sorted(int(known) for known in self.sizes)
        return str(self.sizes[str(next((w for w in widths if w >= width), widths[-1]))])


class PortraitQuerySet(models.QuerySet["Portrait"]):
    def public(self) -> PortraitQuerySet:
        """Beside a name that is public itself. A suspended officer's stays: nobody can infer it."""
        return self.filter(officer__public=True, officer__left_at=None)


class Portrait(models.Model):
    """The row is the officer's own consent to be seen: it goes when they take that back."""

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="+")
    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    objects = PortraitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"portrait of {self.officer}"
