"""The files of our pictures: named by what is in them, written before any row knows them."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ORPHAN_AFTER = 24 * 3600  # seconds; longer than any upload needs to get its row


def keep(content: bytes, suffix: str) -> str:
    """On the disk for good when this returns; the name."""
    name = hashlib.sha256(content).hexdigest() + suffix
    target = where(name)
    _closed(target.parent)
    temporary = target.with_name(f".{name}.{os.getpid()}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)  # for the web server, once it is linked among the public
        os.fsync(file.fileno())
    temporary.replace(target)
    return name


def _closed(folder: Path) -> None:
    """Ours alone: what the public may see is linked into the public folder."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def where(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def public(name: str) -> Path:
    return Path(settings.PUBLIC_ROOT) / "media" / name


def old() -> Iterator[Path]:
    """Files that have been here for a day, by the disk's own clock, half-written ones too."""
    for file in Path(settings.MEDIA_ROOT).glob("*"):
        if file.is_file() and file.stat().st_mtime < time.time() - ORPHAN_AFTER:
            yield file
