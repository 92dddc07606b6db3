"""Which item somebody has open. No change of state and not in the record: it fades."""

from datetime import datetime

from hue.desk.models import Presence
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.streams.tell import tell


def look_at(*, by: Officer, at: datetime, subject: str) -> None:
    """`at` is the machine's time, whatever the demonstration's clock shows."""
    require(by, Permission.SEE_DESK)
    before = Presence.objects.filter(officer=by).values_list("subject", flat=True).first()
    Presence.objects.update_or_create(officer=by, defaults={"subject": subject, "seen_at": at})
    if before != subject:
        tell("desk", "presence", {"subject": subject, "by": str(by)}, at=at)
