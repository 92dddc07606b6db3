"""What the guard said of a post, and what people said of that."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from hue.people.models import LocalPolicingUnit, Officer
from hue.publishing.models.posts import Post


class Look(models.Model):
    """What the guard said of one version of the words: the proof of a check, without the words."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="looks")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    edition = models.CharField(max_length=12)  # of the rules and lists that were asked
    policy = models.PositiveIntegerField()  # the version in force
    findings = models.JSONField(default=list)  # rule, family, severity, field, start, end

    class Meta:
        indexes = [models.Index(fields=["at"], name="looks_by_time")]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"


class Override(models.Model):
    """A stop that somebody whose role the rule names let pass, for one version of the words."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="overrides")
    version = models.PositiveIntegerField()
    rule = models.CharField(max_length=60)
    places = models.JSONField(default=list)  # field, start, end of each: elsewhere it stops again
    family = models.CharField(max_length=20)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)
    rationale = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post_id} {self.rule}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        return self.filter(settled_at=None)

    def settle(self, post: Post, *, by: Officer, at: datetime) -> int:
        return self.open().filter(post=post).update(settled_at=at, settled_by=by)


class Review(models.Model):
    """A post whose case has changed: somebody looks whether it may stand."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reviews")
    why = models.TextField()  # what the guard finds now; empty: nothing, the case alone changed
    hidden = models.BooleanField(default=False)  # by the machine, at once
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(settled_at=None), name="one_open_review_a_post"
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.post_id}"


class SampleQuerySet(models.QuerySet["Sample"]):
    def open(self) -> SampleQuerySet:
        return self.filter(answered_at=None)

    def for_judge(self, officer: Officer, week: date) -> SampleQuerySet:
        """What this officer may judge: of their own unit, never their own post."""
        return self.filter(unit=officer.unit_id, week=week).exclude(post__author=officer)


class Sample(models.Model):
    """A post of a week by which a supervisor judges the guard: was it right about it?"""

    PILES = [
        ("stopped", "it stopped the words, or somebody let them pass"),
        ("spoke", "it said something"),
        ("silent", "it said nothing"),
    ]
    ANSWERS = [("right", "right"), ("missed", "missed something"), ("nothing", "spoke for nothing")]
    week = models.DateField()  # the Monday of the week in which it was published or stopped
    unit = models.ForeignKey(LocalPolicingUnit, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="samples")
    pile = models.CharField(max_length=10, choices=PILES)
    spoke = models.JSONField(default=list)  # the rules that said something, when it was drawn
    answer = models.CharField(max_length=10, blank=True, choices=ANSWERS)
    rules = models.JSONField(default=list)  # those that missed it, or spoke for nothing
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = SampleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["week", "unit"], name="samples_by_week")]
        constraints = [models.UniqueConstraint(fields=["post", "week"], name="drawn_once_a_week")]

    def __str__(self) -> str:
        return f"sample {self.post_id}"
