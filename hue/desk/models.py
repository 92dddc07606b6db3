"""Who has which item open: dots on the desk, nothing that is kept."""

from __future__ import annotations

from django.db import models

from hue.people.models import Officer


class Presence(models.Model):
    """By the machine's time, not the demonstration's: a dot fades after two real minutes."""

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=80, db_index=True)  # "post:0h3…"
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "presence"

    def __str__(self) -> str:
        return f"{self.officer} on {self.subject}"
