"""Alarms about the public files: raised by whoever finds the fault, shown on the desk."""

from datetime import datetime

from hue.pages.models import Alarm


def raise_alarm(slug: str, says: str, *, at: datetime) -> None:
    """Once more under the same slug: the newer words count, the alarm keeps its beginning."""
    open_one = Alarm.objects.filter(slug=slug[:160], over_at=None)
    if not open_one.update(says=says):
        Alarm.objects.update_or_create(
            slug=slug[:160], defaults={"says": says, "since": at, "over_at": None}
        )


def end_alarm(slug: str, *, at: datetime) -> None:
    Alarm.objects.filter(slug=slug[:160], over_at=None).update(over_at=at)
