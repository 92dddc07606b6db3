"""The archive: which post stands on which shelf."""

from __future__ import annotations

from django.db import models

from hue.publishing.models.posts import Post


class Shelf(models.Model):
    """One row of the archive: a month, a place or a kind; `count` threads stand on it."""

    ROWS = [("month", "By month"), ("place", "By place"), ("kind", "By kind")]
    row = models.CharField(max_length=10, choices=ROWS)
    slug = models.CharField(max_length=60)  # "2026-11", "kings-heath", "vehicle-crime"
    label = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "shelves"
        constraints = [models.UniqueConstraint(fields=["row", "slug"], name="one_shelf_a_slug")]

    def __str__(self) -> str:
        return self.label


class Shelved(models.Model):
    """A thread's place on a shelf, counted from the oldest: it never changes."""

    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="shelved")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="shelved")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "shelved"
        constraints = [
            models.UniqueConstraint(fields=["shelf", "number"], name="one_thread_a_number"),
            models.UniqueConstraint(fields=["post", "shelf"], name="once_on_a_shelf"),
        ]

    def __str__(self) -> str:
        return f"{self.shelf_id} {self.number}"
