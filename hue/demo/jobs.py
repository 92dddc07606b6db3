from hue.demo.models import CueRow, Progress
from hue.demo.play import play_due
from hue.jobs.queue import every
from hue.lib import clock


@every("* * * * * *", "demo.play")
def play() -> None:
    """The day goes on, and remembers how late it is."""
    progress = Progress.objects.first()
    if progress is None:
        return
    at = clock.now()
    play_due(at=at)
    progress.shown_at = at
    progress.save(update_fields=["shown_at"])
    if progress.rate != 1 and not CueRow.objects.filter(played_at=None).exists():
        # Nothing is left to hurry for.
        Progress.objects.update(rate=1)
        clock.run_at(1, shown=at)
