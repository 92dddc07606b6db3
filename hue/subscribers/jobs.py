from hue.jobs.queue import every
from hue.lib import clock
from hue.people.queries import system
from hue.subscribers import actions


@every("50 23 * * *", "subscribers.count")
def count() -> None:
    actions.count_day(by=system(), at=clock.now())


@every("40 * * * *", "subscribers.forget")
def forget() -> None:
    actions.forget(by=system(), at=clock.now())


@every("10 6 * * *", "subscribers.silence")
def watch_silence() -> None:
    actions.watch_silence(by=system(), at=clock.now())
