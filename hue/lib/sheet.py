"""Lines of a file that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable


def line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_no_formula(str(cell)) for cell in cells])
    return out.getvalue()


def _no_formula(cell: str) -> str:
    """A spreadsheet would run a cell that begins so."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
