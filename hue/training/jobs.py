from datetime import timedelta

from hue.governance import policy
from hue.jobs.queue import every
from hue.lib import clock
from hue.people import queries as people
from hue.training import actions
from hue.training.models import Question

AT_ONCE = 100  # rows a run; the next run takes the rest


@every("* * * * * */10", "training.escalate")
def escalate() -> None:
    """A question that nobody answers is called out, after the time that the policy sets."""
    at, system = clock.now(), people.system()
    after = timedelta(minutes=policy.in_force(at=at).escalate_after_minutes)
    waiting = Question.objects.to_escalate(at=at, after=after).select_related("asker", "post")
    for question in waiting[:AT_ONCE]:
        actions.escalate(by=system, at=at, question=question)
