"""Figures are kept before the words go, and a person writes what they mean."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.models import Summary, Watch
from hue.listening.queries import summaries
from hue.people.access import Refused
from hue.people.models import Officer

MADE = Kind("summary.made", "{by} kept the figures of “{summary}”.")
WRITTEN = Kind("summary.written", "{by} wrote what “{summary}” means.")


@transaction.atomic
def summarise_week(*, by: Officer, at: datetime, role: str) -> Summary | None:
    """The last whole week, once; nothing where there is one already."""
    access.require_the_software(by)
    starts, ends = summaries.week_before(at)
    summary, new = Summary.objects.get_or_create(
        role=role, starts_at=starts, watch=None, defaults={"ends_at": ends, "made_at": at}
    )
    return _figured(by, at, summary) if new else None


@transaction.atomic
def report(*, by: Officer, at: datetime, watch: Watch) -> Summary:
    """After a watch, and before its words go. Made again, its figures are those of now."""
    if by.record_role != "system":
        access.may_listen(by, watch.role)
    starts, ends = watch.starts_at, min(watch.expires_at, at)
    if ends <= starts:
        raise Refused("This watch has not begun.")
    told = {"role": watch.role, "starts_at": starts, "ends_at": ends, "made_at": at}
    summary, _ = Summary.objects.update_or_create(watch=watch, defaults=told)
    return _figured(by, at, summary)


@transaction.atomic
def write_summary(
    *,
    by: Officer,
    at: datetime,
    summary: Summary,
    experienced: str,
    evidenced: str,
    potential: str,
    missed: str = "",
) -> None:
    """LIS-6: in three parts; `missed`: what was seen too late, and why."""
    access.may_listen(by, summary.role)
    told = {
        "experienced": plain(experienced),
        "evidenced": plain(evidenced),
        "potential": plain(potential),
        "missed": plain(missed),
    }
    if not any(told.values()):
        raise Refused("Write at least one of the parts.")
    Summary.objects.filter(pk=summary.pk).update(**told, written_by=by, written_at=at)
    record(WRITTEN, by=by, at=at, subject=summary, data={"summary": summary.title})


def _figured(by: Officer, at: datetime, summary: Summary) -> Summary:
    summary.figures = summaries.figures(
        summary.role, summary.starts_at, summary.ends_at, watch=summary.watch
    )
    summary.save(update_fields=["figures"])
    record(MADE, by=by, at=at, subject=summary, data={"summary": summary.title})
    return summary
