"""What the desk asks about the public files."""

from datetime import datetime

from django.db.models import Sum

from hue.pages.models import Alarm, Build, Stale, Views


def alarms() -> list[Alarm]:
    """What is wrong at the moment, the newest first."""
    return list(Alarm.objects.filter(over_at=None).order_by("-since"))


def last_build() -> Build | None:
    """When the index was last signed."""
    return Build.objects.order_by("-at").first()


def waiting() -> tuple[int, datetime | None]:
    """How many pages wait to be written, and since when the oldest does."""
    oldest = Stale.objects.order_by("since").values_list("since", flat=True).first()
    return Stale.objects.count(), oldest


def views_of(path: str) -> int:
    """How often a public page was asked for."""
    return Views.objects.filter(path=path).aggregate(all=Sum("count"))["all"] or 0
