"""Every rule is a file in a family's folder, with its examples; a file that is there is asked."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from hue.guard.rule import FAMILIES, Rule


def _found() -> Iterator[Rule]:
    for family in FAMILIES:
        for file in sorted((Path(__file__).parent / family).glob("*.py")):
            if file.stem != "__init__":
                yield import_module(f"{__name__}.{family}.{file.stem}").RULE


RULES: tuple[Rule, ...] = tuple(_found())
