"""The officer's phone: written without a signal, sent once when it is back."""

from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from playwright.sync_api import BrowserContext, Page, expect

from hue.lib import clock
from hue.people.models import Officer
from hue.publishing.models import Post
from tests.browser.conftest import Signal
from tests.cast import Cast

pytestmark = pytest.mark.slow
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


def test_what_was_written_offline_is_sent_once_after_a_restart(
    cast: Cast, phone: Phone, signal: Signal, tmp_path: Path
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    signal.lose()
    context.set_offline(True)
    page.reload()
    page.get_by_label("What happened?").fill("Puppy found on the High Street.")
    page.locator("#id_pictures").set_input_files(a_photo(tmp_path))
    page.get_by_label("What does it show?").fill("A small brown puppy")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#offline")).to_have_text("offline: 1 waiting")
    expect(page.locator("#said")).to_contain_text("sent when the signal is back")

    context = phone(None)
    page = context.new_page()
    page.goto("/desk/phone/")
    expect(page.locator("#waiting")).to_contain_text("Puppy found on the High Street.")
    assert Post.objects.count() == 0

    signal.find()
    second = context.new_page()
    second.goto("/desk/phone/")
    page.bring_to_front()
    page.reload()
    expect(page.locator("#waiting li")).to_have_count(0)
    expect(page.locator("#offline")).to_be_hidden()
    post = Post.objects.get()
    assert post.state == "published"
    assert post.pictures.get().alt == "A small brown puppy"
    assert post.written_at < post.received_at


def test_a_refused_post_says_why_and_keeps_the_words(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    signal.lose()
    page.get_by_label("What happened?").fill("Everything is calm.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    from hue.governance import actions as governance

    governance.stop_all(by=cast.sergeant, at=clock.now(), reason="A false report.")
    signal.find()
    page.reload()
    expect(page.locator(".is-refused")).to_contain_text("A false report.")
    page.get_by_role("button", name="Mend it").click()
    expect(page.get_by_label("What happened?")).to_have_value("Everything is calm.")


def test_a_suspended_officers_phone_is_empty_after_its_next_contact(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    signal.lose()
    page.get_by_label("What happened?").fill("Secret words.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    Officer.objects.filter(pk=cast.officer.pk).update(suspended_at=clock.now())
    signal.find()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_url("**/sign-in/**")
    kept = page.evaluate(
        "indexedDB.databases().then((all) => all.filter((d) => d.name === 'hue-queue').length)"
    )
    assert kept == 0
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert Post.objects.count() == 0
