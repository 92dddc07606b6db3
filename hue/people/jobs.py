from hue.jobs.queue import BULK, job
from hue.lib import clock
from hue.pages import rebuild, shell


@job("people.look", priority=BULK)
def draw_everything_anew() -> None:
    """After the name, a colour or the crest changed: each page carries them in its frame."""
    shell.forget()
    rebuild.rebuild(at=clock.now())
