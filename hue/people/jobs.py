from hue.jobs.queue import BULK, every, job
from hue.lib import clock
from hue.pages import rebuild, shell
from hue.people import actions, queries
from hue.people.models import Priority

AT_ONCE = 100  # rows a run; the next run takes the rest


@job("people.look", priority=BULK)
def draw_everything_anew() -> None:
    """After the name, a colour or the crest changed: each page carries them in its frame."""
    shell.forget()
    rebuild.rebuild(at=clock.now())


@every("*/5 * * * *", "people.reviews")
def remind_of_reviews() -> None:
    """Priorities are reviewed every three months: whoever forgot is told, and so is the public."""
    at, system = clock.now(), queries.system()
    due = Priority.objects.to_remind(at=at).select_related("neighbourhood").order_by("reviewed_at")
    for priority in due[:AT_ONCE]:
        actions.remind_review(by=system, at=at, priority=priority)
