"""`make screenshots`: the pictures of the documentation, from the running demonstration."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pyvips
from playwright.sync_api import Browser

from tests.box import NEARLY_STILL, running
from tests.browser import chromium

IMAGES = ROOT / "docs" / "images"
# Each picture of the documentation, and the page that it shows on a phone and on a desk.
PICTURES = {"live-event.png": "/events/bsp24/"}
HEIGHT, GAP, PAPER = 1320, 40, (233, 237, 242)
WIDTHS = (390, 1180)
MOST = 300_000


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.launched() as browser,
        running(Path(folder), at="16:20", speed=NEARLY_STILL) as box,
    ):
        for name, address in PICTURES.items():
            phone, desktop = (shot(browser, box.site + address, width) for width in WIDTHS)
            side_by_side(phone, desktop, IMAGES / name)


def shot(browser: Browser, address: str, width: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    page.goto(address)
    page.wait_for_timeout(500)
    return page.screenshot()


def side_by_side(phone: bytes, desktop: bytes, file: Path) -> None:
    parts = [pyvips.Image.new_from_buffer(part, "")[:3] for part in (phone, desktop)]
    framed = [
        part.embed(GAP, GAP, part.width + GAP, part.height + 2 * GAP, background=PAPER, extend=5)
        for part in parts
    ]
    joined = framed[0].join(framed[1], "horizontal")
    whole = joined.embed(0, 0, joined.width + GAP, joined.height, background=PAPER, extend=5)
    whole.pngsave(str(file), palette=True, dither=0.0, compression=9, keep=0)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {whole.width} x {whole.height}, {size // 1000} kB")
    if size > MOST:
        raise SystemExit(f"{file} is larger than {MOST // 1000} kB.")


if __name__ == "__main__":
    main()
