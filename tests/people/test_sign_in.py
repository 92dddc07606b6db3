"""The way in: what gets through it, and what does not."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from hue.people import actions, queries
from hue.people.access import Refused
from hue.people.models import Force, Officer
from tests.cast import NOON, SECRET, Cast

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


def test_the_sign_in_says_what_to_type(cast: Cast, client: Client) -> None:
    page = client.get("/sign-in/login/").content.decode()
    assert "Sign-in name" in page
    assert "like pc-jane-smith" in page
    assert "Username" not in page


def code() -> str:
    """What the authenticator app shows now."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time() // 30))))


def _first_step(client: Client, **more: str) -> Any:
    return client.post("/sign-in/login/", {"login": "priya", "password": PASSWORD, **more})


def test_a_password_and_then_a_code(cast: Cast, client: Client) -> None:
    assert _first_step(client)["Location"] == "/sign-in/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    answer = client.post("/sign-in/2fa/authenticate/", {"code": code()})
    assert answer["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(cast.sergeant.pk)


def test_a_wrong_code_does_not_open_the_desk(cast: Cast, client: Client) -> None:
    _first_step(client)
    client.post("/sign-in/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session


def test_the_session_before_the_sign_in_is_worth_nothing_after(cast: Cast, client: Client) -> None:
    """Fixation: whoever planted the key that somebody then signed in with."""
    client.get("/sign-in/login/?next=/desk/me/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["hue_session"] = str(session.session_key)
    planted = session.session_key
    _first_step(client)
    client.post("/sign-in/2fa/authenticate/", {"code": code()})
    assert client.session["_auth_user_id"] == str(cast.sergeant.pk)
    assert client.session.session_key != planted
    other = Client()
    other.cookies["hue_session"] = str(planted)
    assert other.get("/desk/me/").status_code == 302


@pytest.mark.parametrize(
    "where",
    ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:alert(1)"],
)
def test_after_the_sign_in_nobody_is_sent_elsewhere(cast: Cast, client: Client, where: str) -> None:
    _first_step(client, next=where)
    answer = client.post("/sign-in/2fa/authenticate/", {"code": code()})
    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize("address", ["/sign-in/login/", "/desk/", "/api/posts", "/desk/me/"])
def test_another_host_name_is_not_answered(cast: Cast, client: Client, address: str) -> None:
    client.raise_request_exception = False
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400


def test_a_form_without_its_token_signs_nobody_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert _first_step(client).status_code == 403


def test_guessing_is_stopped_with_a_sentence(cast: Cast, client: Client) -> None:
    for _ in range(9):
        answer = client.post("/sign-in/login/", {"login": "priya", "password": "wrong"})
    assert b"Try again in a quarter of an hour" in answer.content
    assert _first_step(client).status_code == 429


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "socialaccount_connections"],
)
def test_nobody_signs_up_or_resets_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_secret_of_the_app_is_sealed(cast: Cast) -> None:
    kept = Authenticator.objects.get(user=cast.sergeant).data
    assert SECRET not in str(kept)


# ---- the second factor ----


def test_who_can_publish_sets_up_a_second_factor_before_the_desk_opens(
    cast: Cast, client: Client
) -> None:
    Authenticator.objects.all().delete()
    client.force_login(cast.sergeant)
    assert client.get("/desk/people/")["Location"] == "/desk/me/second-factor/"
    assert b"One more step" in client.get("/desk/me/second-factor/").content
    assert client.get("/sign-in/2fa/").status_code == 200
    TOTP.activate(cast.sergeant, SECRET)
    assert client.get("/desk/people/").status_code == 200


def test_who_publishes_nothing_needs_none(cast: Cast, client: Client) -> None:
    Authenticator.objects.all().delete()
    client.force_login(cast.guest)
    assert client.get("/desk/permissions/").status_code == 200


def test_a_demonstration_asks_for_none(cast: Cast, client: Client, settings: LazySettings) -> None:
    Authenticator.objects.all().delete()
    settings.HUE_DEMONSTRATION = True
    client.force_login(cast.sergeant)
    assert client.get("/desk/people/").status_code == 200


def test_a_lost_second_factor_is_taken_away_by_an_administrator(cast: Cast, client: Client) -> None:
    admin = _administrator()
    actions.forget_second_factor(by=admin, at=NOON, officer=cast.sergeant)
    client.force_login(Officer.objects.get(pk=cast.sergeant.pk))
    assert client.get("/desk/people/")["Location"] == "/desk/me/second-factor/"


# ---- the link that works once ----


def test_a_new_colleague_gets_in_with_a_link_that_works_once(cast: Cast, client: Client) -> None:
    admin = _administrator()
    client.force_login(admin)
    TOTP.activate(admin, SECRET)
    added = client.post(
        "/desk/people/add/",
        {"name": "Noor", "username": "noor", "roles": ["guest"], "practice": "on"},
    )
    assert added.status_code == 302
    noor = Officer.objects.get(username="noor")
    shown = client.post(f"/desk/people/{noor.pk}/invite/").content.decode()
    link = shown.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    theirs = Client()
    assert theirs.get(link).status_code == 200
    assert theirs.post(link, {"password": "short"}).status_code == 422
    assert theirs.post(link, {"password": "four calm blue kettles"}).status_code == 302
    assert theirs.get(link).status_code == 410
    assert theirs.post(link, {"password": "somebody elses idea"}).status_code == 410
    theirs.post("/sign-in/login/", {"login": "noor", "password": "four calm blue kettles"})
    assert theirs.session["_auth_user_id"] == str(noor.pk)


def test_an_old_link_and_the_link_of_somebody_suspended_open_nothing(
    cast: Cast, client: Client
) -> None:
    from hue.people.access import require_invitation

    token = actions.invite(by=_administrator(), at=NOON, officer=cast.officer)
    assert require_invitation(token, at=NOON).officer == cast.officer
    with pytest.raises(Refused, match="too old"):
        require_invitation(token, at=NOON + timedelta(days=4))
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason="Lost phone.")
    with pytest.raises(Refused):
        require_invitation(token, at=NOON)


# ---- the demonstration ----


def _demonstration(settings: LazySettings) -> None:
    settings.HUE_DEMONSTRATION = True
    Force.objects.update(demonstration=True)


def test_in_a_demonstration_one_click_signs_in(
    cast: Cast, client: Client, settings: LazySettings
) -> None:
    _demonstration(settings)
    assert b"Sergeant Priya" in client.get("/sign-in/demonstration/", headers=LOCAL).content
    said = {"officer": cast.sergeant.pk, "next": "//evil.example/"}
    answer = client.post("/sign-in/demonstration/", said, headers=LOCAL)
    assert answer["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(cast.sergeant.pk)


LOCAL = {"host": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (LOCAL, "203.0.113.7"),
        ({**LOCAL, "x-forwarded-for": "203.0.113.7"}, "127.0.0.1"),
        ({"host": "desk.example"}, "127.0.0.1"),
    ],
)
def test_the_click_works_on_this_machine_only(
    cast: Cast, settings: LazySettings, headers: dict[str, str], address: str
) -> None:
    _demonstration(settings)
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(REMOTE_ADDR=address)
    assert client.get("/sign-in/demonstration/", headers=headers).status_code == 404
    said = {"officer": cast.sergeant.pk}
    assert client.post("/sign-in/demonstration/", said, headers=headers).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("switch", "force"), [(False, True), (True, False)])
def test_a_real_force_has_no_such_page(
    cast: Cast, client: Client, settings: LazySettings, switch: bool, force: bool
) -> None:
    settings.HUE_DEMONSTRATION = switch
    Force.objects.update(demonstration=force)
    assert client.get("/sign-in/demonstration/", headers=LOCAL).status_code == 404


def _administrator() -> Officer:
    return actions.add_person(
        by=queries.system(), at=NOON, username="ada", name="Ada", roles=["administrator"]
    )


def test_behind_our_web_server_guesses_are_counted_by_who_guesses(
    cast: Cast, client: Client, settings: LazySettings
) -> None:
    """To us all requests come from nginx: one stranger would shut everybody out."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def sign_in(address: str, password: str) -> int:
        given = {"login": "amina", "password": password}
        headers = {"x-forwarded-for": address}
        return client.post("/sign-in/login/", given, headers=headers).status_code

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        guessed = sign_in("192.0.2.66", "a guess")
    assert guessed in {403, 429}
    assert sign_in("192.0.2.1", "correct horse battery") == 302
