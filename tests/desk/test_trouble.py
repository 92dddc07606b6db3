"""When something breaks behind a page, whoever asked is told in their own terms."""

import json

from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from hue.desk.trouble import trouble
from hue.pages import files
from tests.cast import Cast


def asked(path: str, fault: Exception) -> HttpResponse:
    try:
        raise fault
    except type(fault):
        return trouble(RequestFactory().get(path))


def test_the_public_gets_the_public_page_with_the_numbers_to_call(cast: Cast) -> None:
    files.write("trouble.html", b"We are having trouble. 999 101")
    answer = asked("/report/", OperationalError())
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer.content == b"We are having trouble. 999 101"
    assert asked("/report/", ValueError()).status_code == 500


def test_before_any_page_was_written_there_is_still_one(cast: Cast) -> None:
    assert b"999" in asked("/report/", ValueError()).content


def test_staff_are_told_what_became_of_their_work(cast: Cast) -> None:
    files.write("trouble.html", b"public")
    for path in ("/desk/posts/new/", "/sign-in/login/"):
        assert b"The database does not answer" in asked(path, OperationalError()).content


def test_a_phone_gets_a_reason_that_it_can_show() -> None:
    answer = asked("/api/posts", OperationalError())
    assert (answer.status_code, "try again" in json.loads(answer.content)["reason"]) == (503, True)
