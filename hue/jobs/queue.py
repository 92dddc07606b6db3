"""One queue, in PostgreSQL: a job deferred in a transaction exists exactly when its rows do."""

from collections.abc import Callable
from functools import cache
from typing import Any

from croniter import croniter
from django.db import connection, transaction
from procrastinate import tasks
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager

Work = Callable[..., Any]
URGENT, NORMAL, BULK = 10, 0, -10
_WAITING = "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'"


def job(name: str, *, priority: int = NORMAL, retry: int = 5) -> Callable[[Work], Work]:
    """Register a function as the job `name`. It must be able to run twice without harm."""
    return app.task(name=name, priority=priority, retry=retry, queue="default")


def every(cron: str, name: str) -> Callable[[Work], Work]:
    """Register a function that runs by the wall clock; six fields, the last are seconds."""
    if not croniter.is_valid(cron):
        # Found only when the worker starts, it would end the worker, again and again.
        raise ValueError(f"{cron!r} is no time: minute, hour, day, month, weekday, second.")

    def register(work: Work) -> Work:
        def run(timestamp: int) -> None:
            work()

        run.__name__, run.__module__ = work.__name__, work.__module__
        task = app.task(name=name, queueing_lock=name, lock=name, priority=URGENT, queue="default")
        app.periodic(cron=cron)(task(run))
        return work

    return register


def defer(name: str, *, once: str | None = None, priority: int | None = None, **args: Any) -> None:
    """Leave a job for the worker. With `once`, one that still waits under that name serves both.

    Unknown names are an error here: the queue itself would take them in silence.
    """
    task = app.tasks[name]
    if once and _waits(once):
        return
    deferrer = tasks.configure_task(
        name=name,
        job_manager=_within_the_transaction(),
        queueing_lock=once,
        queue=task.queue,
        priority=task.priority if priority is None else priority,
    )
    try:
        # AlreadyEnqueued aborts its transaction: only this inner one.
        with transaction.atomic():
            deferrer.defer(**args)
    except AlreadyEnqueued:
        return


def _waits(once: str) -> bool:
    """Asked first: the refusal of a second one is an error in PostgreSQL's log, each time."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [once])
        return cursor.fetchone() is not None


@cache
def _within_the_transaction() -> JobManager:
    # Inside a worker the app's own connector is another connection, outside Django's transaction.
    return JobManager(DjangoConnector())
