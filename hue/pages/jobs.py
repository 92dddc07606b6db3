from hue.jobs.queue import URGENT, every, job
from hue.lib import clock
from hue.pages import asked, index, ledger
from hue.pages.build import write_stale


@job("pages.write", priority=URGENT)
def write() -> None:
    write_stale(at=clock.now())


@every("* * * * * */5", "pages.write_rest")
def write_rest() -> None:
    """What a dead worker or a full disk left behind is written here."""
    write_stale(at=clock.now(), failed_too=True)


@every("0 * * * *", "pages.sign_index")
def sign_index() -> None:
    """Every hour, so that a record that was cut at its end no longer fits."""
    index.rewrite(at=clock.now())


@every("* * * * *", "pages.sign_changes")
def sign_changes() -> None:
    """What was written since is in the signed list within a minute."""
    if ledger.has_news():
        index.rewrite(at=clock.now())


@every("* * * * *", "pages.count_views")
def count_views() -> None:
    asked.count()
