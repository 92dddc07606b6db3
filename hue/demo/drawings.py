"""Pictures for the demonstration: plain drawings that pretend to be nothing else."""

from functools import lru_cache
from pathlib import Path

DRAWN = Path(__file__).with_name("pictures")


@lru_cache
def draw(name: str) -> bytes:
    """The drawing of that name as a PNG, 1600 by 1000 pixels."""
    import vl_convert  # here: large, and most processes never draw

    drawing: bytes = vl_convert.svg_to_png((DRAWN / f"{name}.svg").read_text(), scale=1)
    return drawing
