from hue.jobs.queue import every
from hue.lib import clock
from hue.listening.actions import rumours as actions
from hue.listening.models import Rebuttal, Rumour
from hue.pages.alarms import end_alarm
from hue.pages.models import Alarm
from hue.people import queries as people

AT_ONCE = 100  # rows a run; the next run takes the rest
ALARM = "rumour."


@every("* * * * * */20", "listening.rumours_late")
def late() -> None:
    """What nobody looked at in time is called out; what somebody has looked at is no alarm."""
    at, system = clock.now(), people.system()
    for rumour in Rumour.objects.to_call_out(at=at)[:AT_ONCE]:
        actions.call_out(by=system, at=at, rumour=rumour)
    ringing = Alarm.objects.filter(over_at=None, slug__startswith=ALARM).values_list("slug")
    open_ones = {slug.removeprefix(ALARM) for (slug,) in ringing}
    overdue = Rumour.objects.overdue(at=at).filter(pk__in=open_ones).values_list("pk", flat=True)
    for key in open_ones - set(overdue):
        end_alarm(ALARM + key, at=at)


@every("* * * * * */5", "listening.rebuttals")
def rebuttals() -> None:
    """Posts that answer a rumour and came out, or went away."""
    at, system = clock.now(), people.system()
    for rebuttal in Rebuttal.objects.moved().select_related("rumour")[:AT_ONCE]:
        actions.follow(by=system, at=at, rebuttal=rebuttal)


@every("17 * * * *", "listening.forget_sources")
def forget() -> None:
    actions.forget_sources(by=people.system(), at=clock.now())
