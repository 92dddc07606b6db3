"""Growth as a row of little bars, and the same in words."""

from typing import Any

WIDE, HIGH, GAP = 120, 24, 2


def spark(counts: list[int], step: str) -> dict[str, Any] | None:
    """Nothing where nothing was counted: an empty picture says less than no picture."""
    most = max(counts, default=0)
    if not most:
        return None
    width = WIDE / len(counts)
    heights = [max(2, round(HIGH * count / most)) if count else 0 for count in counts]
    bars = [
        {"x": round(n * width, 1), "y": HIGH - high, "high": high}
        for n, high in enumerate(heights)
        if high
    ]
    said = ", ".join(map(str, counts))
    words = f"In each {step}, the oldest first: {said}"
    return {"bars": bars, "wide": round(width - GAP, 1), "most": most, "words": words}
