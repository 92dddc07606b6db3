"""One measured number, beside its peer and its target."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`target` is ">= 60", "<= 300", or nothing; `ratio` is value to peer where there is one."""

    name: str
    value: float | None  # None: could not be measured here, `peer` says why
    unit: str
    peer: str = ""
    ratio: float | None = None
    target: str = ""


def told(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]


def missed(results: list[dict[str, Any]]) -> list[str]:
    return [result["name"] for result in results if not _met(result)]


def table(results: list[dict[str, Any]]) -> str:
    lines = []
    for r in results:
        value = "not measured" if r["value"] is None else f"{r['value']:,.2f} {r['unit']}"
        mark = "" if _met(r) else "  MISSED"
        lines.append(f"{r['name']:<30} {value:>22}  {r['target']:<9} {r['peer']}{mark}")
    return "\n".join(lines)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def typical(values: list[float]) -> float:
    assert len(values) >= 5, "a median of fewer than five says little"
    return median(values)


def _met(result: dict[str, Any]) -> bool:
    if result["value"] is None or not result["target"]:
        return True
    sign, limit = result["target"].split()
    value = result["value"]
    return bool(value >= float(limit) if sign == ">=" else value <= float(limit))
