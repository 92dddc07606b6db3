"""What stays when the words are gone: figures of a week, or of a watch that is over."""

from __future__ import annotations

from django.db import models

from hue.listening.models.watches import Watch
from hue.people.models import Officer
from hue.people.roles import ROLES


class Summary(models.Model):
    """LIS-6: experienced, evidenced, potential. The figures name nobody and quote nobody; what
    they mean is written by a person."""

    role = models.CharField(max_length=40)
    # Of a watch: the report after it. Without: the community tension summary of a week.
    watch = models.OneToOneField(
        Watch, null=True, blank=True, on_delete=models.CASCADE, related_name="summary"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    experienced = models.TextField(blank=True)
    evidenced = models.TextField(blank=True)
    potential = models.TextField(blank=True)
    missed = models.TextField(blank=True)
    made_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "summaries"
        ordering = ["-ends_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "starts_at"],
                condition=models.Q(watch=None),
                name="one_summary_a_week_and_role",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        if self.watch is not None:
            return f"After “{self.watch}”"
        return f"Community tension, week from {self.starts_at:%-d %B %Y}"

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name
