from django.db.models import QuerySet

from hue.jobs.queue import URGENT, every, job
from hue.lib import clock
from hue.media import actions, files, public
from hue.media.models import Picture, Portrait
from hue.pages import stale
from hue.people import queries as people


@every("17 4 * * * 0", "media.prune")
def prune() -> None:
    """Files whose upload ended before its row was made."""
    known = {name for sizes in Picture.objects.values_list("sizes", flat=True).iterator()
             for name in sizes.values()}  # fmt: skip
    for file in files.old():
        if file.name not in known:
            file.unlink(missing_ok=True)


@job("media.portrait", priority=URGENT)
def settle_portrait(officer: int) -> None:
    """An officer's name, place or standing has changed: so has where their picture stands."""
    shown = Portrait.objects.select_related("officer__team", "picture").filter(officer=officer)
    for portrait in shown:
        if not portrait.officer.public or portrait.officer.left_at:
            system = people.system()
            actions.take_back_portrait(by=system, at=clock.now(), officer=portrait.officer)
        else:
            public.mark(portrait, at=clock.now())


@job("media.erase", priority=URGENT)
def erase(names: list[str]) -> None:
    """Files of a picture that is no more, ours and the public's, unless another has the same."""
    for name in names:
        twins = [("publishing.picture", twin.pk) for twin in _having(name)]
        if twins:  # whether the file stays public is decided by what shows them
            stale.mark(*twins, at=clock.now())
        else:
            files.public(name).unlink(missing_ok=True)
            files.where(name).unlink(missing_ok=True)


def _having(name: str) -> QuerySet[Picture]:
    return Picture.objects.filter(sizes__icontains=name)
