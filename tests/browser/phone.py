"""An officer's phone in hand: the page on it, a photo, and patience."""

import time
from collections.abc import Callable
from pathlib import Path

import pyvips
from playwright.sync_api import BrowserContext, Page

from hue.people.models import Officer

Phone = Callable[[Officer | None], BrowserContext]


def open_phone(context: BrowserContext) -> Page:
    """The phone page, kept by its service worker."""
    page = context.new_page()
    page.goto("/desk/phone/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def a_photo(folder: Path) -> Path:
    image = pyvips.Image.black(640, 480).bandjoin([120, 90])
    file = folder / "puppy.jpg"
    image.write_to_file(str(file))
    return file


def wait_until(met: Callable[[], bool], page: Page | None = None) -> bool:
    for _ in range(100):
        if met():
            return True
        if page:
            page.wait_for_timeout(100)
        else:
            time.sleep(0.1)
    return False
