from hue.jobs.queue import every
from hue.media import files
from hue.media.models import Picture


@every("17 4 * * * 0", "media.prune")
def prune() -> None:
    """Files whose upload ended before its row was made."""
    known = {name for sizes in Picture.objects.values_list("sizes", flat=True).iterator()
             for name in sizes.values()}  # fmt: skip
    for file in files.old():
        if file.name not in known:
            file.unlink(missing_ok=True)
