"""Which pictures the public can fetch: their files stand among the public ones, or do not."""

import os
from datetime import datetime

from hue.jobs import queue
from hue.media import files
from hue.media.models import Picture, Portrait
from hue.pages import stale
from hue.people.queries import pages_about


def show(picture: Picture) -> None:
    """Link every size into the public folder; twice does no harm."""
    for name in picture.sizes.values():
        target = files.public(name)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{name}.{os.getpid()}.new")
        temporary.unlink(missing_ok=True)
        try:
            os.link(files.where(name), temporary)
        except OSError:  # another disk, or one that knows no links
            temporary.write_bytes(files.where(name).read_bytes())
        temporary.replace(target)


def hide(picture: Picture, *, but: frozenset[str] = frozenset()) -> None:
    """Take the sizes back; `but` are names that another public picture has as well."""
    for name in set(picture.sizes.values()) - but:
        files.public(name).unlink(missing_ok=True)


def mark(portrait: Portrait, *, at: datetime) -> None:
    """Wherever it stands: its files, the officer's page, the team's, the place's."""
    officer = portrait.officer
    pages = pages_about(officer, officer.team)
    stale.mark(("publishing.picture", portrait.picture.pk), *pages, at=at)
    queue.defer("fediverse.profiles", once="fediverse.profiles")
