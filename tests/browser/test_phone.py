"""The officer's phone: written without a signal, sent once when it is back."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hue.governance import policy
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing.models import Post
from tests.browser.conftest import Signal
from tests.browser.phone import Phone, a_photo, open_phone, wait_until
from tests.cast import Cast

pytestmark = pytest.mark.slow


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
    # The list is empty for a moment after the reload too: what counts is what arrived.
    assert wait_until(lambda: Post.objects.filter(state="published").exists(), page)
    expect(page.locator("#waiting li")).to_have_count(0)
    expect(page.locator("#offline")).to_be_hidden()
    post = Post.objects.get()
    assert post.state == "published"
    assert post.pictures.get().alt == "A small brown puppy"
    assert post.written_at < post.received_at


def test_a_second_press_sends_nothing_twice(cast: Cast, phone: Phone, signal: Signal) -> None:
    page = open_phone(phone(cast.officer))
    page.get_by_label("What happened?").fill("Puppy found.")
    page.get_by_role("button", name="Publish").evaluate(
        "(button) => [1, 2, 3].forEach(() => button.form.requestSubmit(button))"
    )
    expect(page.locator("#said")).to_contain_text("Published.")
    expect(page.locator("#waiting li")).to_have_count(0)
    assert Post.objects.get().text == "Puppy found."
    page.get_by_label("What happened?").fill("Back home.")
    page.get_by_role("button", name="Publish").click()
    assert wait_until(lambda: Post.objects.count() == 2, page)


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


def with_secret_words_waiting(context: BrowserContext, signal: Signal) -> Page:
    page = open_phone(context)
    signal.lose()
    page.get_by_label("What happened?").fill("Secret words.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    return page


def test_a_suspended_officers_phone_is_empty_after_its_next_contact(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = with_secret_words_waiting(phone(cast.officer), signal)
    Officer.objects.filter(pk=cast.officer.pk).update(suspended_at=clock.now())
    # Said before there is a way: the page may leave as soon as there is one.
    page.evaluate("setTimeout(() => window.dispatchEvent(new Event('online')), 500)")
    signal.find()
    page.wait_for_url("**/sign-in/**")
    kept = page.evaluate(
        "indexedDB.databases().then((all) => all.filter((d) => d.name === 'hue-queue').length)"
    )
    assert kept == 0
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert Post.objects.count() == 0


def test_whatever_a_suspended_officers_phone_asks_for_it_forgets_and_leaves_the_page(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = with_secret_words_waiting(phone(cast.officer), signal)
    page.get_by_label("What happened?").fill("More secret words.")
    Officer.objects.filter(pk=cast.officer.pk).update(suspended_at=clock.now())
    page.evaluate("setTimeout(() => fetch('/desk/manifest.webmanifest'), 500)")
    signal.find()
    page.wait_for_url("**/sign-in/**")
    assert Post.objects.count() == 0


def test_the_preview_is_what_the_public_then_sees_and_needs_no_signal(
    cast: Cast, phone: Phone, signal: Signal, tmp_path: Path
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    signal.lose()
    page.reload()
    page.get_by_label("What happened?").fill("Found & safe:\nhttps://test.invalid/x. #day24 #x")
    page.locator("#id_pictures").set_input_files(a_photo(tmp_path))
    page.get_by_label("What does it show?").fill("A small brown puppy")
    page.get_by_text("Preview", exact=True).click()
    line = page.locator("#preview .line")
    expect(line.get_by_role("img", name="A small brown puppy")).to_be_visible()
    seen = [line.locator(part).inner_html() for part in (".line-place", ".line-by")]
    words = line.locator(".line-text").inner_text()
    linked = line.locator(".line-text a").all_inner_texts()
    signal.find()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_contain_text("Published.")
    page.set_content(Post.objects.get().html)
    assert seen == [page.locator(part).inner_html() for part in (".line-place", ".line-by")]
    assert words == page.locator(".line-text").inner_text()
    assert (
        linked
        == page.locator(".line-text a").all_inner_texts()
        == ["https://test.invalid/x", "#day24"]
    )


def test_the_preview_of_what_follows_stands_under_what_it_follows(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    from hue.publishing import actions
    from hue.publishing.actions.compose import Draft

    first = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Puppy found."))
    page = phone(cast.officer).new_page()
    page.goto(f"/desk/posts/new/?parent={first.pk}&kind=outcome")
    page.get_by_text("Preview", exact=True).click()
    page.get_by_label("What came of it?").fill("Back home.")
    expect(page.locator("#preview .line > .line-text")).to_have_text("Puppy found.")
    expect(page.locator("#preview .thread .line-text")).to_have_text("Back home.")


def test_the_preview_of_a_notice_says_when_it_is_as_the_public_then_sees_it(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    page.get_by_label("What happened?").fill("The High Street closes.")
    page.get_by_text("Preview", exact=True).click()
    expect(page.locator("#preview .line-when")).to_have_count(0)
    page.get_by_text("It announces something").click()
    page.get_by_label("From").fill("2031-07-09T13:00")
    page.get_by_label("Until").fill("2031-07-10T15:30")
    when = page.locator("#preview .line-when")
    expect(when).to_have_text("When: Wednesday 9 July, 13:00 to Thursday 10 July, 15:30")
    page.get_by_label("Until").fill("2031-07-09T15:30")
    expect(when).to_have_text("When: Wednesday 9 July, 13:00 to 15:30")
    seen = when.inner_text()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_contain_text("Published.")
    page.set_content(Post.objects.get().html)
    assert page.locator(".line-when").inner_text() == seen


def test_what_reaches_us_late_waits_for_a_second_person_and_the_phone_says_so(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    expect(page.get_by_text("It goes out at once.")).to_be_visible()
    signal.lose()
    page.get_by_label("What happened?").fill("Road closed at the station.")
    page.get_by_role("button", name="Publish").click()
    # Once the first attempt has failed: it would put back what is changed here meanwhile.
    expect(page.locator("#offline")).to_have_text("offline: 1 waiting")
    late = policy.in_force(at=clock.now()).late_after_minutes + 1
    page.evaluate(
        """async (minutes) => {
          const [entry] = await hueQueue.mine();
          const written_at = new Date(Date.now() - minutes * 60000).toISOString();
          await hueQueue.put({ ...entry, written_at });
        }""",
        late,
    )
    signal.find()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#said")).to_have_text("A second person is looking.")
    expect(page.locator("#waiting li")).to_have_count(0)
    assert Post.objects.get().state == "in_review"
    page.get_by_role("link", name="My posts").click()
    expect(page.locator("main")).to_contain_text("only reached us now: is it still right?")


def test_from_the_icon_on_the_phone_to_a_published_post_in_three_taps(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    context = phone(cast.officer)
    open_phone(context).close()
    context.add_init_script(
        """addEventListener("pointerdown", (e) => {
          if (e.isTrusted) localStorage.taps = 1 + Number(localStorage.taps || 0);
        }, true);"""
    )
    page = context.new_page()
    start = page.request.get("/desk/manifest.webmanifest").json()["start_url"]
    page.goto(start)  # the first tap, on the icon
    page.get_by_label("What happened?").click()
    page.keyboard.type("Puppy found on the High Street.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_contain_text("Published.")
    assert Post.objects.get().state == "published"
    assert 1 + int(page.evaluate("localStorage.taps")) <= 3


def test_what_waited_too_long_is_wiped_and_the_officer_is_told(
    cast: Cast, phone: Phone, signal: Signal, tmp_path: Path
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    signal.lose()
    page.get_by_label("What happened?").fill("Road closed until noon.")
    page.locator("#id_pictures").set_input_files(a_photo(tmp_path))
    page.get_by_label("What does it show?").fill("A barrier")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    hours = int(page.locator("body").get_attribute("data-expire-hours") or 0)
    page.goto("about:blank")  # or the open page would say it, a moment before it is left
    page.clock.set_fixed_time(clock.real_now() + timedelta(hours=hours, minutes=1))
    page.goto("/desk/phone/")
    expect(page.locator("#said")).to_contain_text("not sent in time")
    expect(page.locator("#waiting li")).to_have_count(0)
    assert kept_by(page) == []
    signal.find()
    page.reload()
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("#said")).to_be_empty()
    assert Post.objects.count() == 0


def test_what_is_taken_back_while_it_is_being_sent_does_not_return(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    page.route("**/api/posts", lambda route: (page.wait_for_timeout(600), route.abort()))
    page.get_by_label("What happened?").fill("Road closed until noon.")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Take back").click()
    page.wait_for_timeout(900)
    expect(page.locator("#waiting li")).to_have_count(0)
    assert Post.objects.count() == 0


def test_what_expired_while_no_page_was_open_is_told_at_the_next(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    signal.lose()
    page.get_by_label("What happened?").fill("Road closed until noon.")
    page.get_by_role("button", name="Publish").click()
    # Once the first attempt has failed: it would put back what is changed here meanwhile.
    expect(page.locator("#offline")).to_have_text("offline: 1 waiting")
    page.evaluate(
        """async () => {
          const [entry] = await hueQueue.mine();
          await hueQueue.put({ ...entry, expires_at: new Date(Date.now() - 1000).toISOString() });
        }"""
    )
    page.close()
    context.service_workers[0].evaluate("hueQueue.flush(true)")
    page = context.new_page()
    page.goto("/desk/phone/")
    expect(page.locator("#said")).to_contain_text("not sent in time")


def test_the_browser_sends_in_the_background_when_no_page_is_open(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    signal.lose()
    page.get_by_label("What happened?").fill("Puppy found.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    tags = "navigator.serviceWorker.ready.then((worker) => worker.sync.getTags())"
    assert page.evaluate(tags) == ["hue-queue"]
    page.goto("about:blank")
    signal.find()
    the_browser_says_that_there_is_a_signal(context, signal)
    assert wait_until(lambda: Post.objects.filter(state="published").exists())
    page.goto("/desk/phone/")
    expect(page.locator("#waiting li")).to_have_count(0)
    assert Post.objects.count() == 1


def test_a_browser_without_background_sync_sends_by_itself(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    context = phone(cast.officer)
    context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    page = open_phone(context)
    assert page.evaluate("'sync' in ServiceWorkerRegistration.prototype") is False
    signal.lose()
    page.get_by_label("What happened?").fill("Puppy found.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    signal.find()
    expect(page.locator("#waiting li")).to_have_count(0)
    assert Post.objects.count() == 1


def kept_by(page: Page) -> list[object]:
    """Whatever the phone's own storage holds of posts, words and pictures."""
    entries: list[object] = page.evaluate("hueQueue.mine()")
    return entries


def the_browser_says_that_there_is_a_signal(context: BrowserContext, signal: Signal) -> None:
    """The event that Chromium sends to the worker; from outside, as nothing of ours is open."""
    tool = context.new_cdp_session(context.pages[0])
    found: list[str] = []
    tool.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    tool.send("ServiceWorker.enable")
    assert wait_until(lambda: bool(found), context.pages[0])
    told = {"origin": signal.url, "registrationId": found[0], "tag": "hue-queue"}
    tool.send("ServiceWorker.dispatchSyncEvent", {**told, "lastChance": False})
