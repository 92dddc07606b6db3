"""Files on their way in: kept under HUE_DATA, never public, gone once their import has ended."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from hue.incidents.streetfile.encoding import MAX_BYTES
from hue.incidents.streetfile.rows import FileRefused


def keep(chunks: Iterable[bytes]) -> Path:
    """Write what arrives to a file of our own; too much of it is refused on the way."""
    path = _folder() / f"{secrets.token_hex(8)}.part"
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MAX_BYTES:
                path.unlink()
                raise FileRefused("The file is larger than 200 MB. Split it by month.")
            file.write(chunk)
    return path


def path_of(batch: int) -> Path:
    return _folder() / f"{batch}.csv"


def settle(path: Path, batch: int) -> None:
    path.replace(path_of(batch))


def remove(batch: int) -> None:
    path_of(batch).unlink(missing_ok=True)
    _progress(batch).unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_progress(batch: int, rows: int) -> None:
    """A file, not a row: a row of a transaction is seen by nobody until all of it is done."""
    path = _progress(batch)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(rows))
    fresh.replace(path)


def progress_of(batch: int) -> int:
    try:
        return int(json.loads(_progress(batch).read_text()))
    except FileNotFoundError:
        return 0


def _progress(batch: int) -> Path:
    return _folder() / f"{batch}.progress"


def _folder() -> Path:
    folder: Path = settings.HUE_DATA / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
