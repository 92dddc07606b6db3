"""Every staff address, every role: allowed or refused as the permissions page says."""

import itertools
import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from hue.people.gate import PUBLIC, SIGNED_IN
from hue.people.models import Officer
from hue.people.roles import ROLES
from tests.cast import SECRET, Cast
from tests.structure.test_routes import routes

ROLE_SLUGS = [slug for slug in ROLES if slug != "system"]
# An address with a gap: what fits, so that the view is reached. Nothing need exist there.
FILLED = {"int": "1", "slug": "none", "str": "none", "path": "none", "verb": "approve"}
STAFF = [
    (address, view)
    for address, view in routes()
    if address.startswith("desk/") and getattr(view, "who", None) not in {None, PUBLIC}
]
METHODS = ("get", "post")


def filled(address: str) -> str:
    """ "desk/people/<int:pk>/" → "/desk/people/1/" """

    def fill(gap: re.Match[str]) -> str:
        kind = gap.group(1) or "str"
        return FILLED.get(kind, "none")

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", fill, address)


@pytest.fixture
def people(cast: Cast) -> dict[str, Officer]:
    """One person for each role, and one without any."""
    return {slug: _person(slug, [slug]) for slug in ROLE_SLUGS} | {"nothing": _person("nobody", [])}


def _person(name: str, roles: list[str]) -> Officer:
    officer = Officer(username=f"only-{name}", name=name, roles=roles)
    officer.set_unusable_password()
    officer.save()
    TOTP.activate(officer, SECRET)
    return officer


@pytest.mark.parametrize("role", [*ROLE_SLUGS, "nothing"])
def test_every_staff_url_answers_a_role_as_the_permissions_page_says(
    people: dict[str, Officer], role: str
) -> None:
    officer, client = people[role], Client()
    client.force_login(officer)
    wrong = []
    for (address, view), method in itertools.product(STAFF, METHODS):
        answer = _ask(client, method, filled(address))
        if answer.status_code == 405:
            continue  # no such method: nobody may
        allowed = view.who == SIGNED_IN or any(officer.may(one) for one in view.who)
        if allowed == getattr(answer, "refused_by_gate", False) or answer.status_code >= 500:
            wrong.append(f"{method} {address}: {answer.status_code}, allowed: {allowed}")
        if not allowed and (answer.status_code != 403 or b"role" not in answer.content):
            wrong.append(f"{method} {address}: refused without the reason in words")
    assert not wrong, "\n".join(wrong)


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in(cast: Cast, client: Client) -> None:
    for (address, _), method in itertools.product(STAFF, METHODS):
        answer = getattr(client, method)(filled(address))
        if answer.status_code == 405:
            continue
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in/login/?next=/desk/"), address


def test_no_staff_form_is_taken_without_its_token(people: dict[str, Officer]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["supervisor"])
    for address, _ in STAFF:
        answer = client.post(filled(address), headers={"origin": "https://evil.example"})
        assert answer.status_code == 403, address
        assert b"CSRF" in answer.content or b"form" in answer.content, address


def _ask(client: Client, method: str, address: str) -> HttpResponse:
    """What it changes is taken back: one request must not decide about the next."""
    with transaction.atomic():
        client.raise_request_exception = False
        answer: Any = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]
