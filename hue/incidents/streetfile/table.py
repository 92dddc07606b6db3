"""The file as lines of cells: encoding, separator and headings."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from hue.incidents.streetfile.encoding import encoding_of, opened
from hue.incidents.streetfile.layouts import Layout, recognise
from hue.incidents.streetfile.rows import BadRow, FileRefused


class _Reader(Protocol):
    """What csv.reader returns; its own type has no public name."""

    @property
    def line_num(self) -> int: ...
    def __next__(self) -> list[str]: ...


DELIMITERS = (",", ";", "\t")
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Table:
    path: Path
    encoding: str
    delimiter: str
    headings: tuple[str, ...]

    @property
    def layout(self) -> Layout | None:
        return recognise(self.headings)

    def rows(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        """Each row with the line it starts on, blank lines left out; ends at a broken quotation."""
        with opened(self.path) as stream:
            # GzipFile reads like a file; TextIOWrapper's type asks for more than it uses.
            lines = io.TextIOWrapper(
                cast("io.BufferedReader", stream), encoding=self.encoding, newline=""
            )
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            next(reader)
            yield from _numbered(reader)


def open_table(path: Path) -> Table:
    """Raises FileRefused where the file is no table of text with headings."""
    encoding = encoding_of(path)
    first = _first_line(path, encoding)
    candidates = [(delimiter, _cells(first, delimiter)) for delimiter in DELIMITERS]
    delimiter, headings = max(candidates, key=lambda each: _likelihood(each[1]))
    _check_headings(headings)
    return Table(path, encoding, delimiter, headings)


def _first_line(path: Path, encoding: str) -> str:
    with opened(path) as stream:
        line = stream.readline()
    return line.decode(encoding).rstrip("\r\n")


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in cells)


def _likelihood(headings: Sequence[str]) -> tuple[bool, int]:
    return recognise(headings) is not None, len(headings)


def _check_headings(headings: Sequence[str]) -> None:
    if len(headings) < 2:
        raise FileRefused(
            "The first line must hold the column headings, separated by commas, semicolons or tabs."
        )
    if len(headings) > MAX_COLUMNS:
        raise FileRefused(f"The file has {len(headings)} columns; {MAX_COLUMNS} are allowed.")


def _numbered(reader: "_Reader") -> Iterator[tuple[int, list[str]] | BadRow]:
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            yield BadRow(line, "", _quotation(str(broken)))
            return
        if any(row):
            yield line, row


def _quotation(why: str) -> str:
    if "field larger" in why or "unexpected end" in why:
        return "A quotation mark opens here and is never closed. The lines after it were not read."
    return (
        "The quotation marks in this row do not pair up; inside a quoted cell write them twice. "
        "The lines after it were not read."
    )
