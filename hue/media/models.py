"""Our own pictures: re-encoded, without metadata, in several sizes."""

from __future__ import annotations

from django.db import models

from hue.lib.ids import new_id
from hue.people.models import Officer


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

    def __str__(self) -> str:
        return self.alt

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
