from hue.drill.models import Drill
from hue.drill.play import play_due
from hue.drill.scoring import keep
from hue.jobs.queue import every
from hue.lib import clock


@every("* * * * * *", "drill.play")
def play() -> None:
    """In an installation that plays none, there is nothing to do."""
    if Drill.objects.filter(state="running").exists():
        play_due(at=clock.now())


@every("* * * * * */30", "drill.score")
def write_score() -> None:
    """Whoever closes the window before the end still has what was reached."""
    drill = Drill.objects.filter(state="running").first()
    if drill is not None:
        keep(drill, at=clock.now())
