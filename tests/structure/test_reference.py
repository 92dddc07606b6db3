"""What the documentation says of the code is what the code says."""

import re
import tomllib
from pathlib import Path

import pytest

from hue.config import reference
from tests.place import HERE

PAGES = reference.pages()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_reference_page_says_what_the_code_says(file: Path) -> None:
    assert file.read_text() == PAGES[file], "run `hue manage write_reference`"


def test_the_house_on_paper_has_the_rooms_of_the_contract() -> None:
    contract = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]["importlinter"]
    floors = [re.split(r"[ |]+", floor) for floor in contract["contracts"][0]["layers"]]
    page = (HERE / "docs" / "explanation" / "house.md").read_text()
    table = page.split("## ")[1]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    assert [re.findall(r"`(\w+)`", cell) for cell in cells] == floors


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text()):
            made = target.startswith("docs/images/")  # by the script that takes the screenshots
            found = made or (page.parent / target).exists()
            assert found, f"{page.relative_to(HERE)} links to {target}"
