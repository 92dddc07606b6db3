from datetime import timedelta

from hue.jobs.queue import every
from hue.lib import clock
from hue.streams.models import Told

KEPT_FOR = timedelta(hours=1)
KEPT = 20_000


@every("* * * * * 30", "streams.forget")
def forget() -> None:
    """Who was away for longer reads the page anew. Never more than `KEPT`, on the worst night."""
    Told.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    newest = Told.objects.order_by("-id").values_list("id", flat=True)
    if oldest := newest[KEPT : KEPT + 1].first():
        Told.objects.filter(id__lte=oldest).delete()
