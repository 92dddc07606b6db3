"""What open screens were told lately: kept so that a reader who was away catches up."""

from django.db import models


def _number(call: str) -> models.Func:
    """A transaction's number, as PostgreSQL counts them."""
    return models.Func(template=f"{call}::text::bigint", output_field=models.BigIntegerField())


class Told(models.Model):
    """One message on a topic; `id` is the reader's Last-Event-ID."""

    topic = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)  # added, changed, withdrawn, banner, close …
    data = models.JSONField()
    at = models.DateTimeField()
    # The transaction that told it, and the oldest one that was not over then: commits come in
    # another order than ids, and who comes back must not miss the late ones.
    transaction = models.BigIntegerField(db_default=_number("pg_current_xact_id()"))
    horizon = models.BigIntegerField(db_default=_number("pg_snapshot_xmin(pg_current_snapshot())"))

    class Meta:
        verbose_name_plural = "told"
        indexes = [models.Index(fields=["topic", "id"])]

    def __str__(self) -> str:
        return f"{self.topic} {self.kind} {self.id}"
