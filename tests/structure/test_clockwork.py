"""What runs by the clock can run at all: one bad line stops the whole worker."""

from croniter import croniter
from procrastinate.contrib.django import app


def test_every_periodic_job_has_a_time_that_exists_and_is_no_mistake() -> None:
    periodic = app.periodic_registry.periodic_tasks.values()
    assert len(periodic) > 5
    for job in periodic:
        first = croniter(job.cron, 0)
        times = [first.get_next(float) for _ in range(3)]
        seconds = job.cron.split()[5:] or ["0"]
        # Every second within one minute of the hour is a swapped field.
        assert seconds != ["*"] or job.cron == "* * * * * *", f"{job.task.name}: {job.cron}"
        assert times == sorted(times)
