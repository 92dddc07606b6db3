"""Asking the desk from the phone, with a signal and without; answering by the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from hue.lib import clock
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.training import actions
from hue.training.models import Question
from tests.browser.conftest import Signal, session_of
from tests.browser.phone import Phone, a_photo, open_phone, wait_until
from tests.cast import Cast

pytestmark = pytest.mark.slow


def test_a_question_without_a_signal_is_sent_once_with_its_draft(
    cast: Cast, phone: Phone, signal: Signal, tmp_path: object
) -> None:
    page = open_phone(phone(cast.officer))
    signal.lose()
    page.get_by_label("What happened?").fill("Call her on 07700 900123.")
    page.locator("#id_pictures").set_input_files(a_photo(tmp_path))  # type: ignore[arg-type]
    page.get_by_label("What does it show?").fill("A small brown puppy")
    page.get_by_text("Ask the desk", exact=True).click()
    page.get_by_role("button", name="Keep the draft and ask").click()
    expect(page.locator("#said")).to_have_text("Say what you want to know.")
    page.get_by_label("Your question about this draft").fill("Is the number all right?")
    page.get_by_label("My team may read the draft too").check()
    page.get_by_role("button", name="Keep the draft and ask").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    expect(page.get_by_label("What happened?")).to_have_value("")

    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_label("Your question about this draft")).to_have_value(
        "Is the number all right?"
    )
    page.get_by_role("button", name="Keep the draft and ask").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    signal.find()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert wait_until(Question.objects.exists, page)
    expect(page.locator("#said")).to_contain_text("The desk has your question")
    question = Question.objects.get()
    assert (question.words, question.share_draft) == ("Is the number all right?", True)
    assert Post.objects.get().state == "draft"
    assert Post.objects.get().pictures.get().alt == "A small brown puppy"


def test_the_desk_answers_by_the_keyboard_and_the_asker_finds_it(
    page: Page, live_server: object, cast: Cast
) -> None:
    at = clock.now()
    draft = Draft("Puppy found.")
    post = publishing.compose(by=cast.officer, at=at, draft=draft, send="draft")
    actions.ask(by=cast.officer, at=at, post=post, words="Say whose it is?")
    page.context.add_cookies([session_of(cast.comms, str(live_server))])  # type: ignore[list-item]
    page.goto(f"{live_server}/desk/queues/asked/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#item-head")).to_be_focused()
    page.get_by_label("Your answer.").fill("Not before the owner knows.")
    page.get_by_role("button", name="Answer PCSO Amina").click()
    expect(page.locator(".toast")).to_contain_text("PCSO Amina has your answer.")
    expect(page.locator("#item .state")).to_contain_text("Answered after")

    page.context.clear_cookies()
    page.context.add_cookies([session_of(cast.officer, str(live_server))])  # type: ignore[list-item]
    page.goto(f"{live_server}/desk/phone/")
    expect(page.locator("#banners")).to_contain_text("Not before the owner knows.")
    page.get_by_role("link", name="Your draft").click()
    expect(page.locator(".asked")).to_contain_text("Not before the owner knows.")
