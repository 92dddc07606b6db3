"""Writing public files: to a temporary name, then renamed; the compressed twin beside it.

Plain `os` calls on plain strings: a rebuild writes hundreds of thousands of files, and path
objects took longer than the disk.
"""

import contextlib
import os
from pathlib import Path

from django.conf import settings
from isal import isal_zlib

from hue.pages import ledger

WORTH_COMPRESSING = 1400  # what is smaller fits one packet as it is
COMPRESSED = (".html", ".rss", ".atom", ".json", ".xml", ".txt", ".css", ".js", ".svg")
LEVEL = 2


def write(path: str, content: bytes) -> None:
    """Replace the public file `path`; nobody ever reads half of it."""
    target = _target(path)
    if len(content) >= WORTH_COMPRESSING and target.endswith(COMPRESSED):
        _replace(f"{target}.gz", zipped(content))
    else:
        _unlink(f"{target}.gz")
    _replace(target, content)
    ledger.note(path, content)


def zipped(content: bytes) -> bytes:
    """As gzip, always the same bytes for the same content."""
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


def remove(path: str) -> None:
    target = _target(path)
    if _unlink(target):
        ledger.note(path, None)
    _unlink(f"{target}.gz")


def within_root(path: str) -> Path:
    return Path(_target(path))


def _target(path: str) -> str:
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"{path} leads out of the public files.")
    return f"{settings.PUBLIC_ROOT}/{path}"


def _replace(target: str, content: bytes) -> None:
    folder, _, name = target.rpartition("/")
    temporary = f"{folder}/.{name}.{os.getpid()}.new"
    try:
        handle = _open(temporary, folder)
        try:
            _write_all(handle, content)
        finally:
            os.close(handle)
        os.rename(temporary, target)
    except OSError:
        _unlink(temporary)
        raise


def _write_all(handle: int, content: bytes) -> None:
    done = os.write(handle, content)
    while done < len(content):  # a disk that fills takes a part first
        done += os.write(handle, content[done:])


def _unlink(target: str) -> bool:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)
        return True
    return False


def _open(temporary: str, folder: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        return os.open(temporary, flags, 0o644)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        return os.open(temporary, flags, 0o644)
