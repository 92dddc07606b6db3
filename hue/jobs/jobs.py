"""The queue's own housekeeping: jobs of a worker that died run again."""

from procrastinate import App, JobContext
from procrastinate.contrib.django import app as _app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

SILENT_FOR = 5  # seconds without a heartbeat, then the worker counts as dead


@_app.periodic(cron="* * * * * */2")
@_app.task(name="jobs.rescue", queueing_lock="jobs.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    app: App = context.app
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        assert stalled.id is not None
        try:
            await app.job_manager.retry_job(stalled)
        except UniqueViolation:
            # One that waits under the same name does the work; this one must let its lock go.
            await app.job_manager.finish_job_by_id_async(stalled.id, Status.FAILED, True)


@_app.periodic(cron="17 3 * * *")
@_app.task(name="jobs.forget", queueing_lock="jobs.forget", pass_context=True)
async def forget(context: JobContext, timestamp: int) -> None:
    """Finished jobs are no record; failed ones stay for `hue doctor`."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24)
