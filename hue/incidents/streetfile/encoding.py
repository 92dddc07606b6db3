"""Which encoding a file is in: decided once for the whole file, before a row is read."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from hue.incidents.streetfile.rows import FileRefused

MAX_BYTES = 200_000_000
MAX_LINE_BYTES = 1_000_000

UTF8_BOM = b"\xef\xbb\xbf"
WINDOWS_1252 = "cp1252"

# What people send by mistake, by its first bytes.
NOT_CSV = {
    b"PK\x03\x04": "This is an Excel workbook or a zip file. "
    "Open it and save it as “CSV UTF-8 (comma delimited)”.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook. "
    "Open it and save it as “CSV UTF-8 (comma delimited)”.",
    b"\xff\xfe": "This file is in UTF-16. Save it again as “CSV UTF-8”.",
    b"\xfe\xff": "This file is in UTF-16. Save it again as “CSV UTF-8”.",
    b"%PDF": "This is a PDF. A CSV file is needed.",
}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of the file, unpacked where it is a .gz."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield cast("IO[bytes]", unpacked)


def encoding_of(path: Path) -> str:
    """`utf-8-sig`, `utf-8` or `cp1252`.

    A file is UTF-8 or it is not: where some lines are UTF-8 beyond ASCII and others are broken,
    guessing would spoil words in silence, so the first broken line is named instead.
    """
    try:
        with opened(path) as stream:
            return _decide(stream)
    except (gzip.BadGzipFile, zlib.error, EOFError) as broken:
        raise FileRefused("The .gz file is broken or cut short. Fetch it again.") from broken


def _decide(stream: IO[bytes]) -> str:
    encoding, first_broken, has_utf8 = "utf-8", 0, False
    for number, line in _lines(stream):
        if number == 1:
            _refuse_what_is_not_csv(line)
            encoding = "utf-8-sig" if line.startswith(UTF8_BOM) else "utf-8"
        if b"\x00" in line:
            raise FileRefused(
                f"Line {number} holds a zero byte, so this is not a text file. Save it as CSV."
            )
        if line.isascii():
            continue
        if _is_utf8(line):
            has_utf8 = True
        else:
            first_broken = first_broken or number
            _refuse_undefined_byte(number, line)
    if not first_broken:
        return encoding
    if has_utf8 or encoding == "utf-8-sig":
        raise _mixed(first_broken)
    return WINDOWS_1252


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    total, number = 0, 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        total += len(line)
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise FileRefused(
                f"Line {number} is over a million bytes long: this is not a CSV file."
            )
        if total > MAX_BYTES:
            raise FileRefused("The file is larger than 200 MB. Split it by month.")
        yield number, line
    if not total:
        raise FileRefused("The file is empty.")


def _refuse_what_is_not_csv(line: bytes) -> None:
    for start, reason in NOT_CSV.items():
        if line.startswith(start):
            raise FileRefused(reason)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_undefined_byte(number: int, line: bytes) -> None:
    try:
        line.decode(WINDOWS_1252)
    except UnicodeDecodeError as broken:
        raise FileRefused(
            f"Line {number} holds the byte 0x{line[broken.start]:02X}, which is a character "
            "neither in UTF-8 nor in Windows-1252. Save the file again as “CSV UTF-8”."
        ) from broken


def _mixed(number: int) -> FileRefused:
    return FileRefused(
        f"Line {number} is not UTF-8 although the rest of the file is. "
        "Mend that line, or save the file again as “CSV UTF-8”."
    )
