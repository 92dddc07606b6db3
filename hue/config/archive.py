"""One compressed file that is whole or is not there, written and read without holding it."""

import fcntl
import gzip
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import IO

Say = Callable[[str], object]
SUMS = "SHA256SUMS"  # the last member: `sha256sum -c` reads it too
PIECE = 2**20


class Trouble(Exception):
    """It cannot be done here; the message says why and what to do."""


class Writer:
    """`work` is a folder for what must be a file before its size is known."""

    def __init__(self, tar: tarfile.TarFile, work: Path) -> None:
        self._tar, self.work = tar, work
        self._sums = (work / SUMS).open("w", encoding="utf-8")

    def text(self, name: str, text: str) -> None:
        self.raw(name, text.encode())

    def raw(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def file(self, name: str, source: Path) -> int:
        """How many bytes it had."""
        with source.open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            self._add(name, content, size)
        return size

    def lines(self, name: str, lines: Iterable[str]) -> int:
        """One line each; how many there were."""
        whole, count = self.work / "lines", 0
        with whole.open("w", encoding="utf-8", newline="\n") as file:
            for count, line in enumerate(lines, 1):  # noqa: B007
                file.write(line + "\n")
        self.file(name, whole)
        whole.unlink()
        return count

    def end(self) -> None:
        self._sums.close()
        with (self.work / SUMS).open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            self._tar.addfile(_member(SUMS, size), content)

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        hashing = _Hashing(content)
        self._tar.addfile(_member(name, size), hashing)
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember every member
        self._sums.write(f"{hashing.digest.hexdigest()}  {name}\n")


@contextmanager
def written(file: Path) -> Iterator[Writer]:
    """`file` appears under its name when all of it is on the disk."""
    if file.exists():
        raise Trouble(f"{file} exists: name a file that does not.")
    with _workplace(file.with_name(f".{file.name}.unfinished")) as work:
        with open(work / "archive", "xb", opener=for_us_alone) as raw:
            with (
                gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1) as packed,
                tarfile.TarFile(fileobj=packed, mode="w") as tar,
            ):
                writer = Writer(tar, work)
                yield writer
                writer.end()
            raw.flush()
            os.fsync(raw.fileno())
        (work / "archive").replace(file)


def unpack(file: Path, folder: Path, *, only: tuple[str, ...] = ("",)) -> Iterator[int]:
    """Puts the members whose names begin with one of `only` into `folder`, yielding how much of
    `file` each took; then checks all of them."""
    found, before = folder / ".found", 0
    try:
        with (
            file.open("rb") as raw,
            tarfile.open(fileobj=raw, mode="r|gz") as tar,
            found.open("w", encoding="utf-8") as sums,
        ):
            while member := tar.next():
                tar.members.clear()  # type: ignore[attr-defined]
                kept = member.name.startswith((*only, SUMS))
                content = tar.extractfile(member)
                digest = put(folder, member, content) if kept else _digest(content)
                if member.name != SUMS:
                    sums.write(f"{digest}  {member.name}\n")
                yield raw.tell() - before
                before = raw.tell()
    except (tarfile.ReadError, EOFError, zlib.error) as error:
        raise Trouble(f"{file} is cut off or damaged ({error}): take another one.") from error
    _compare(file, found, folder / SUMS)


def _compare(file: Path, found: Path, sums: Path) -> None:
    if not sums.exists():
        raise Trouble(f"{SUMS} is missing in {file}: this is no whole archive of ours.")
    with found.open(encoding="utf-8") as these, sums.open(encoding="utf-8") as those:
        for is_, should in zip_longest(these, those, fillvalue=""):
            if is_ != should:
                name = (should or is_).rstrip("\n").partition("  ")[2]
                raise Trouble(f"{name} in {file} is damaged: take another one.")


def _digest(content: IO[bytes] | None) -> str:
    hashing = hashlib.sha256()
    while content is not None and (piece := content.read(PIECE)):
        hashing.update(piece)
    return hashing.hexdigest()


def put(folder: Path, member: tarfile.TarInfo, content: IO[bytes] | None) -> str:
    """Its digest. Not `extract`: older Pythons let it lead out of the folder."""
    path = Path(member.name)
    if content is None or path.is_absolute() or ".." in path.parts:
        raise Trouble(f"{member.name} leads out of its folder: this is no archive of ours.")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashing = _Hashing(content)
    with open(target, "xb", opener=for_us_alone) as file:
        shutil.copyfileobj(hashing, file, PIECE)
    return hashing.digest.hexdigest()


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder for as long as this runs; what a killed run left there is cleared away."""
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.iterdir():
            left.unlink()
        yield folder
        shutil.rmtree(folder)
    except BlockingIOError:
        raise Trouble(f"Another one is being written, in {folder}: wait for it.") from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(lock)


class _Hashing:
    """Reads on, and remembers the digest of what was read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def files(folder: Path) -> Iterator[Path]:
    """One after the other, whatever their number."""
    if folder.exists():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from files(Path(entry.path))
                elif not entry.name.startswith("."):  # half written
                    yield Path(entry.path)


def for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


class Progress:
    """Says how far it has come, each time another tenth is done."""

    def __init__(self, what: str, whole: int, say: Say) -> None:
        self._what, self._whole, self._say = what, whole, say
        self._done = self._tenths = 0
        say(f"{what}: {in_words(whole)} ...")

    def add(self, size: int) -> None:
        self._done += size
        tenths = 10 * self._done // max(self._whole, 1)
        if tenths > self._tenths:
            self._tenths = tenths
            self._say(f"{self._what}: {10 * tenths} %")


def in_words(size: int) -> str:
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{size / 2**20:.1f} MB"
