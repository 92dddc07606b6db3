"""Signing in through the force's own directory, all the way there and back."""

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from hue.audit.models import Entry
from hue.people import actions, queries
from hue.people.models import Officer
from tests.cast import NOON, SECRET, Cast
from tests.people.directory import Directory, Visitor, collect_assets, desk, directory
from tests.people.test_sign_in import code

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKS_TWICE = {"HUE_OIDC_SECOND_FACTOR": "yes"}


@pytest.fixture(scope="module")
def here(django_db_setup: None) -> Iterator[Directory]:
    collect_assets()
    with directory() as found:
        yield found


def test_an_officer_signs_in_and_stays_the_same_under_another_name(
    cast: Cast, here: Directory
) -> None:
    here.knows("s-1", preferred_username="Priya")
    with desk(here, **ASKS_TWICE) as site:
        answer = Visitor(site).signs_in("s-1")
        assert (answer.status_code, answer.url.path[:6]) == (200, "/desk/")
        assert SocialAccount.objects.get(uid="s-1").user == cast.sergeant
        here.knows("s-1", preferred_username="priya.married")
        again = Visitor(site)
        again.signs_in("s-1")
        assert "Sergeant Priya" in again.browser.get(f"{site}/desk/me/").text


def test_a_second_identity_of_the_same_name_is_not_let_in(cast: Cast, here: Directory) -> None:
    here.knows("s-6", preferred_username="priya")
    here.knows("s-7", preferred_username="PRIYA", email="priya@test.police.example")
    with desk(here, **ASKS_TWICE) as site:
        assert Visitor(site).signs_in("s-6").status_code == 200
        linked = Entry.objects.get(kind="person.directory_linked")
        assert (linked.by_name, linked.subject) == (
            "Sergeant Priya",
            f"officer:{cast.sergeant.pk}",
        )
        other = Visitor(site)
        refused = other.signs_in("s-7")
        assert refused.status_code == 403
        assert "Somebody else at the directory signs in as “priya” already" in refused.text
        assert not other.is_inside
        assert list(SocialAccount.objects.values_list("uid", flat=True)) == ["s-6"]


def test_an_administrator_lets_the_old_identity_go_and_the_new_one_gets_in(
    cast: Cast, here: Directory, client: Client
) -> None:
    here.knows("s-8", preferred_username="priya")
    here.knows("s-9", preferred_username="priya")
    admin = actions.add_person(
        by=queries.system(), at=NOON, username="ada", name="Ada", roles=["administrator"]
    )
    TOTP.activate(admin, SECRET)
    client.force_login(admin)
    page = f"/desk/people/{cast.sergeant.pk}/"
    with desk(here, **ASKS_TWICE) as site:
        assert "let the old one go" not in client.get(page).content.decode()
        old = Visitor(site)
        old.signs_in("s-8")
        assert "let the old one go" in client.get(page).content.decode()
        client.post(f"{page}directory/")
        assert not old.is_inside
        assert Entry.objects.filter(kind="person.directory_unlinked", by_name="Ada").exists()
        assert Visitor(site).signs_in("s-9").status_code == 200
        assert Visitor(site).signs_in("s-8").status_code == 403


def test_whom_the_desk_does_not_know_gets_a_sentence_and_no_account(
    cast: Cast, here: Directory
) -> None:
    queries.system()
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason="Lost phone.")
    before = set(Officer.objects.values_list("username", flat=True))
    with desk(here) as site:
        for name in ("stranger", "", "system", cast.officer.username):
            here.knows("s-2", preferred_username=name, email="priya@test.police.example")
            visitor = Visitor(site)
            answer = visitor.signs_in("s-2")
            assert answer.status_code == 403
            assert "The desk does not know you yet" in answer.text
            assert not visitor.is_inside
    assert set(Officer.objects.values_list("username", flat=True)) == before
    assert not SocialAccount.objects.exists()


def test_the_desk_asks_for_a_code_where_the_directory_does_not(cast: Cast, here: Directory) -> None:
    here.knows("s-3", preferred_username="priya")
    with desk(here) as site:
        visitor = Visitor(site)
        asked = visitor.signs_in("s-3")
        assert asked.url.path == "/sign-in/2fa/authenticate/"
        assert not visitor.is_inside
        visitor.sends(asked, asked.url.path, code=code())
        assert visitor.is_inside


def test_who_is_suspended_later_stays_outside(cast: Cast, here: Directory) -> None:
    here.knows("s-4", preferred_username="priya")
    with desk(here, **ASKS_TWICE) as site:
        Visitor(site).signs_in("s-4")
        actions.suspend(by=cast.colleague, at=NOON, officer=cast.sergeant, reason="Lost phone.")
        visitor = Visitor(site)
        assert visitor.signs_in("s-4").url.path == "/sign-in/inactive/"
        assert not visitor.is_inside


def test_who_stops_half_way_and_a_wrong_secret_are_told_apart(cast: Cast, here: Directory) -> None:
    here.knows("s-5", preferred_username="priya")
    with desk(here) as site:
        visitor = Visitor(site)
        asked = visitor.presses_the_button()
        answer = visitor.comes_back(asked, error="access_denied")
        assert "You stopped half-way" in answer.text
    with desk(here, HUE_OIDC_SECRET="not the one that was given") as site:
        visitor = Visitor(site)
        assert "The directory did not let you in" in visitor.signs_in("s-5").text
        assert not visitor.is_inside


def test_a_directory_that_is_away_is_a_sentence(cast: Cast) -> None:
    with directory() as gone, desk(gone) as site:
        visitor, late = Visitor(site), Visitor(site)
        asked = late.presses_the_button()
        gone.stop()
        for answer in (visitor.presses_the_button(), late.comes_back(asked, code="none")):
            assert answer.status_code == 502
            assert "The directory did not let you in" in answer.text


def test_the_page_may_send_its_form_to_the_directory(cast: Cast, here: Directory) -> None:
    with desk(here) as site:
        page = Visitor(site).browser.get(f"{site}/sign-in/login/")
        assert (
            f"form-action 'self' {here.address};" in page.headers["content-security-policy"] + ";"
        )
        assert "Sign in through Test Police" in page.text
