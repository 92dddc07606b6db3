"""Somebody signs in at a network: our software gets a key of its own, and keeps it alive."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.channels import actions, jobs
from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.lib import clock
from hue.pages.models import Alarm
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.channels.issuer import APP
from tests.channels.kinds import KINDS, Kind
from tests.channels.opened import NIGHT, say, work
from tests.channels.stub import serving
from tests.desk.test_desk import signed_in
from tests.media.test_pictures import photo, take

WITH_ENTRANCE = [kind for kind in KINDS if NETWORKS[kind.slug].entrance is not None]
CHARTER = {
    "purpose": "News of South.",
    "staffed": "8 to 20",
    "out_of_hours": NIGHT,
    "silent_after": "14",
}


class There:
    def __init__(self, kind: Kind, stub: Any, cast: Cast) -> None:
        self.kind, self.stub, self.cast = kind, stub, cast
        self.desk = signed_in(cast.comms)

    def set_out(self) -> str:
        """The address of the link that leads there."""
        typed = {"owner": str(self.cast.comms.pk), "address": self.stub.url, **CHARTER, **APP}
        typed |= {"page": "77"} if self.kind.slug == "facebook" else {}
        answer = self.desk.post(f"/desk/channels/connect/{self.kind.slug}/sign-in/", typed)
        page = answer.content.decode()
        found = re.search(r'<a class="button" href="([^"]+)"', page)
        assert found, page
        return html.unescape(found[1])

    def come_back(self, told: dict[str, str], desk: Client | None = None) -> str:
        answer = (desk or self.desk).get("/desk/channels/back/", told, follow=True)
        return answer.content.decode()

    def connected(self) -> Account:
        page = self.come_back(self.stub.issuer.say_yes(self.set_out()))
        assert "Connected. A second person opens it." in page
        return Account.objects.get()


@pytest.fixture(params=WITH_ENTRANCE, ids=lambda kind: kind.slug)
def there(request: pytest.FixtureRequest, cast: Cast, owner: Officer) -> Iterator[There]:
    kind: Kind = request.param
    with serving(kind.stub()) as stub:
        yield There(kind, stub, cast)


@pytest.fixture
def on_x(cast: Cast, owner: Officer) -> Iterator[There]:
    kind = next(one for one in KINDS if one.slug == "x")
    with serving(kind.stub()) as stub:
        yield There(kind, stub, cast)


def test_who_says_yes_there_has_an_account_that_speaks(there: There, owner: Officer) -> None:
    account = there.connected()
    assert (account.handle, account.state) == ("@testpolice", "planned")
    actions.move(by=owner, at=NOON, account=account, state="open")
    needs = NETWORKS[there.kind.slug].can.needs_picture
    say(there.cast, "All calm.", pictures=[take(there.cast, photo())] if needs else [])
    work()
    assert len(there.stub.posts) == 1


def test_no_key_is_in_an_address_a_page_the_session_or_the_record(there: There) -> None:
    address = there.set_out()
    secrets = [APP["client_secret"]]
    assert APP["client_secret"] not in address
    assert urlsplit(address).fragment == ""
    kept = str(dict(there.desk.session))
    page = there.come_back(there.stub.issuer.say_yes(address))
    account = Account.objects.get()
    told = there.desk.get(f"/desk/channels/{account.pk}/").content.decode()
    shown = [kept, page, told, str(vars(account)), str(dict(there.desk.session))]
    shown += [str(entry.data) for entry in Entry.objects.all()]
    for secret in [*secrets, *there.stub.issuer.keys]:
        assert not [one for one in shown if secret in one]


def test_a_state_of_another_browser_or_another_time_connects_nothing(
    there: There, owner: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = there.stub.issuer.say_yes(there.set_out())
    assert "begun in another browser" in there.come_back(told, signed_in(owner))
    assert "begun in another browser" in there.come_back({**told, "state": "another"})
    assert "begun in another browser" in there.come_back(told)  # it was for one use
    told = there.stub.issuer.say_yes(there.set_out())
    late = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert "That took too long" in there.come_back(told)
    assert not Account.objects.exists()
    assert not there.stub.issuer.keys


def test_who_says_no_there_is_told_so(there: There) -> None:
    told = there.stub.issuer.say_yes(there.set_out())
    page = there.come_back({"state": told["state"], "error": "access_denied"})
    assert "The network was not told yes: nothing is connected." in page


def test_a_stolen_code_without_our_proof_is_worth_nothing(there: There) -> None:
    told = there.stub.issuer.say_yes(there.set_out())
    there.stub.issuer.asked = {**there.stub.issuer.asked, "code_challenge": "of somebody else"}
    assert "invalid_grant" in there.come_back(told)
    assert not Account.objects.exists()


def test_a_key_is_renewed_before_it_ends(there: There) -> None:
    account = there.connected()
    if account.expires_at is None:
        assert account.renew_at is None
        return
    first, at = account.opened()["token"], account.renew_at
    assert at is not None
    assert at < account.expires_at
    jobs.renew_keys(at=at - timedelta(minutes=1))
    account.refresh_from_db()
    assert account.opened()["token"] == first
    jobs.renew_keys(at=at)
    jobs.renew_keys(at=at)
    ends = account.expires_at
    account.refresh_from_db()
    assert account.opened()["token"] == there.stub.issuer.keys[-1] != first
    assert account.expires_at is not None
    assert account.expires_at > ends
    jobs.watch_keys(at=at)
    assert not Alarm.objects.exists()


def test_a_key_that_cannot_be_renewed_is_an_alarm_before_it_ends(there: There) -> None:
    account = there.connected()
    if account.expires_at is None or account.renew_at is None:
        return
    there.stub.issuer.dead = True
    jobs.renew_keys(at=account.renew_at)
    alarm = Alarm.objects.get(over_at=None)
    assert "could not be renewed, and ends" in alarm.says
    assert "Sam reconnects it before that." in alarm.says
    ends, at = account.expires_at, account.renew_at
    account.refresh_from_db()
    assert account.renew_at is not None
    assert at < account.renew_at < ends  # it is tried again
    there.stub.issuer.dead = False
    jobs.renew_keys(at=account.renew_at)
    assert not Alarm.objects.filter(over_at=None).exists()


def test_an_account_gets_a_new_key_by_signing_in_anew(on_x: There) -> None:
    account = on_x.connected()
    answer = on_x.desk.post(f"/desk/channels/{account.pk}/sign-in/")
    found = re.search(r'<a class="button" href="([^"]+)"', answer.content.decode())
    assert found
    assert "Reconnected." in on_x.come_back(on_x.stub.issuer.say_yes(html.unescape(found[1])))
    account.refresh_from_db()
    assert account.opened()["token"] == on_x.stub.issuer.keys[-1]


def test_who_does_not_manage_the_page_gets_no_key_to_it(cast: Cast, owner: Officer) -> None:
    kind = next(one for one in KINDS if one.slug == "facebook")
    with serving(kind.stub()) as stub:
        there = There(kind, stub, cast)
        stub.page = "78"  # type: ignore[attr-defined]
        page = there.come_back(there.stub.issuer.say_yes(there.set_out()))
        assert "does not manage that page" in page
        assert not Account.objects.exists()


def test_who_may_not_connect_may_not_sign_in_there(on_x: There) -> None:
    desk = signed_in(on_x.cast.sergeant)
    assert desk.get("/desk/channels/connect/x/sign-in/").status_code == 403
    assert desk.get("/desk/channels/back/", {"state": "a", "code": "b"}).status_code == 403
    assert on_x.desk.get("/desk/channels/connect/webhook/sign-in/").status_code == 404
