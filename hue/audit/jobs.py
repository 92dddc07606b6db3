from hue.audit.seal import seal_committed
from hue.jobs.queue import URGENT, every, job
from hue.lib import clock


@job("audit.seal", priority=URGENT)
def seal() -> None:
    seal_committed(at=clock.now())


@every("* * * * * */10", "audit.seal_rest")
def seal_rest() -> None:
    """An entry committed while the sealer was reading is found here."""
    seal_committed(at=clock.now())
