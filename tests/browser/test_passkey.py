"""A passkey is added, and signs its owner in, in a browser with an authenticator made of software."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hue.demo.signins import PASSWORD
from tests.box import Box

pytestmark = pytest.mark.slow
DESK = re.compile(r"^[^?]*/desk/")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_added_and_signs_in_again(open_window: Callable[..., Page], box: Box) -> None:
    # A passkey belongs to a name: an address of numbers has none.
    page = open_window(base_url=f"http://localhost:{box.port}")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/sign-in/login/")
    page.locator("[name=login]").fill("sgt-gurpreet-bhogal")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(DESK)

    page.goto("/sign-in/2fa/keys/add/")
    if page.locator("[name=password]").count():  # asked again before the keys may change
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
    page.locator("[name=name]").fill("work phone")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("/2fa/(?!keys/add)"))
    assert devtools.send("WebAuthn.getCredentials", device)["credentials"]

    page.context.clear_cookies()
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/sign-in/login/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(DESK)
    page.goto("/desk/me/")
    expect(page.locator("main")).to_contain_text("Gurpreet Bhogal")
