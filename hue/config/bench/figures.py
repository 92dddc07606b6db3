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
    """Targets that were not met, or could not be measured: neither is a promise kept."""
    return [result["name"] for result in results if not _met(result)]


def not_measured(results: list[dict[str, Any]]) -> list[str]:
    """Those of the missed of which nothing is known."""
    return [r["name"] for r in results if r["target"] and r["value"] is None]


def summary(results: list[dict[str, Any]]) -> tuple[str, int]:
    """What is said at the end, and the exit code: 1 for a miss, 2 if only figures are wanting."""
    unknown = not_measured(results)
    late = [name for name in missed(results) if name not in unknown]
    lines = [f"Missed: {', '.join(late)}."] if late else []
    lines += [f"Not measured: {', '.join(unknown)}."] if unknown else []
    return "\n".join(lines), 1 if late else 2 if unknown else 0


def table(results: list[dict[str, Any]]) -> str:
    lines = []
    for r in results:
        value = "-" if r["value"] is None else f"{r['value']:,.2f} {r['unit']}"
        lines.append(f"{r['name']:<30} {value:>22}  {r['target']:<9} {r['peer']}{_mark(r)}")
    return "\n".join(lines)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def typical(values: list[float]) -> float:
    assert len(values) >= 5, "a median of fewer than five says little"
    return median(values)


def _mark(result: dict[str, Any]) -> str:
    if result["value"] is None:
        return "  NOT MEASURED"
    return "" if _met(result) else "  MISSED"


def _met(result: dict[str, Any]) -> bool:
    if not result["target"]:
        return True
    if result["value"] is None:
        return False
    sign, limit = result["target"].split()
    value = result["value"]
    return bool(value >= float(limit) if sign == ">=" else value <= float(limit))
