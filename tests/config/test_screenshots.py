"""The pictures of the documentation are those that `make screenshots` writes."""

import re
from collections.abc import Iterator
from pathlib import Path

import screenshots

PICTURE = re.compile(r"""!\[[^\]]*\]\(([^)\s]+)|<img[^>]*\bsrc=["']([^"']+)""")


def shown() -> Iterator[Path]:
    """Every picture that a page shows, where the page says that it lies."""
    pages = [*screenshots.ROOT.glob("*.md"), *screenshots.ROOT.glob("docs/**/*.md")]
    for page in pages:
        for markdown, html in PICTURE.findall(page.read_text()):
            yield (page.parent / (markdown or html)).resolve()


def test_the_pages_show_exactly_the_pictures_that_the_script_writes() -> None:
    written = {screenshots.IMAGES / name for name in screenshots.PICTURES}
    assert set(shown()) == written == set(screenshots.IMAGES.iterdir())
    for file in written:
        assert file.read_bytes().startswith(b"\x89PNG")
        assert file.stat().st_size <= screenshots.MOST
