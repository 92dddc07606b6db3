"""What is owed to the public files: pages that changed, alarms, the last good build."""

from django.db import models


class Stale(models.Model):
    """A page whose rows have changed since it was written."""

    source = models.CharField(max_length=40)  # "publishing.post"
    key = models.CharField(max_length=120)
    since = models.DateTimeField()
    rank = models.PositiveSmallIntegerField(default=5)
    tries = models.PositiveSmallIntegerField(default=0)  # failures since it was marked

    class Meta:
        verbose_name_plural = "stale"
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_stale_row_a_page")
        ]
        indexes = [models.Index(fields=["tries", "rank", "id"], name="stale_in_order")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Alarm(models.Model):
    """Something about the public files that a person must know, until it is over."""

    slug = models.CharField(max_length=160, unique=True)  # "render publishing.post:0h3…"
    says = models.TextField()
    since = models.DateTimeField()
    over_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.says


class Build(models.Model):
    """The last time the signed index was written."""

    at = models.DateTimeField()
    pages = models.PositiveIntegerField()
    record_number = models.BigIntegerField()
    record_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Views(models.Model):
    """How often a page was asked for on a day; counted from the server's log, without addresses."""

    path = models.CharField(max_length=200)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "views"
        constraints = [
            models.UniqueConstraint(fields=["path", "day"], name="one_count_a_page_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.day}: {self.count}"
