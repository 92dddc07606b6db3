"""An account from its charter to its last words."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.channels import actions, jobs
from hue.channels.actions.account import Charter
from hue.channels.message import Fact
from hue.channels.models import Account, Delivery
from hue.config.export import tables
from hue.lib import signing
from hue.pages.build import write_stale
from hue.pages.files import within_root
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from tests.cast import NOON, Cast
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import NIGHT, opened, say, work
from tests.channels.x import KEYS
from tests.desk.test_desk import signed_in

CHARTER = {
    "purpose": "News of South.",
    "staffed": "8 to 20",
    "out_of_hours": NIGHT,
    "silent_after": "14",
}


def connect_in_the_browser(cast: Cast, mastodon: MastodonStub, **typed: str) -> Any:
    told = {
        "address": mastodon.url,
        "token": TOKEN,
        "owner": str(cast.comms.pk),
        **CHARTER,
        **typed,
    }
    return signed_in(cast.comms).post("/desk/channels/connect/mastodon/", told, follow=True)


def test_one_connects_and_another_opens_it(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    page = connect_in_the_browser(cast, mastodon).content.decode()
    assert "Connected. A second person opens it." in page
    account = Account.objects.get()
    assert (account.handle, account.state) == ("@testpolice", "planned")
    where = f"/desk/channels/{account.pk}/open/"
    refused = signed_in(cast.comms).post(where, follow=True).content.decode()
    assert "You connected it: a second person opens it." in refused
    signed_in(owner).post(where)
    account.refresh_from_db()
    assert account.state == "open"
    assert TOKEN not in signed_in(owner).get(f"/desk/channels/{account.pk}/").content.decode()


def test_without_the_information_asset_owner_nothing_opens(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    connect_in_the_browser(cast, mastodon)
    other = Officer.objects.create(username="z", name="Zoe", roles=["communications"])
    with pytest.raises(Refused, match="information asset owner"):
        actions.move(by=other, at=NOON, account=Account.objects.get(), state="open")


def test_a_wrong_key_is_said_before_anything_is_kept(cast: Cast, mastodon: MastodonStub) -> None:
    answer = connect_in_the_browser(cast, mastodon, token="wrong-token")
    assert answer.status_code == 422
    assert "Mastodon has signed us out" in answer.content.decode()
    assert "wrong-token" not in answer.content.decode()
    assert not Account.objects.exists()


def test_whoever_is_not_there_at_night_says_where_help_is(
    cast: Cast, mastodon: MastodonStub
) -> None:
    page = connect_in_the_browser(cast, mastodon, out_of_hours="We sleep.").content.decode()
    assert "with 999 and 101 in it" in page
    connect_in_the_browser(cast, mastodon, out_of_hours="", staffed="24 hours, 7 days")
    assert Account.objects.exists()


def test_an_address_inside_our_walls_is_refused(
    cast: Cast, mastodon: MastodonStub, settings: Any
) -> None:
    settings.HUE_FETCH_PRIVATE = False
    page = connect_in_the_browser(cast, mastodon).content.decode()
    assert "cannot be reached" in page
    assert not mastodon.asked


def test_the_public_list_names_the_live_and_the_closed_and_is_signed(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    write_stale(at=NOON)
    page = within_root("channels.html").read_text()
    assert f'<a href="{mastodon.url}/@testpolice" rel="me">@testpolice</a>' in page
    assert NIGHT in page
    actions.run_out(by=cast.comms, at=NOON, account=account)
    actions.close(by=cast.comms, at=NOON, account=account, words="Find us on our own site.")
    write_stale(at=NOON)
    assert "Find us on our own site." in within_root("channels.html").read_text()
    told = json.loads(within_root("channels.json").read_bytes())
    assert signing.verifies(told["signed"].encode(), told["signature"], pem=signing.public_pem())
    assert json.loads(told["signed"])["accounts"][0]["closed"] == NOON.isoformat()


def test_a_closed_account_has_no_key_and_gets_nothing(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    actions.run_out(by=cast.comms, at=NOON, account=account)
    say(cast, "All calm.")
    actions.close(by=cast.comms, at=NOON, account=account)
    work()
    account.refresh_from_db()
    assert (account.secrets, account.opened()) == ("", {})
    assert not mastodon.posts


def test_an_account_that_runs_out_still_takes_corrections_away(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    post = say(cast, "All calm.")
    work()
    actions.run_out(by=cast.comms, at=NOON, account=account)
    say(cast, "Nothing new goes there.")
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Not calm.")
    work()
    assert not mastodon.posts


def test_a_key_that_ends_soon_is_an_alarm_until_there_is_a_new_one(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    Account.objects.update(expires_at=NOON + timedelta(days=10))
    jobs.watch_keys(at=NOON - timedelta(days=10))
    assert not Alarm.objects.exists()
    jobs.watch_keys(at=NOON)
    assert "The key to Mastodon @testpolice ends Sunday 19 July" in Alarm.objects.get().says
    actions.reconnect(
        by=cast.comms, at=NOON, account=account, secrets={"token": TOKEN}, fact=Fact("@testpolice")
    )
    assert not Alarm.objects.filter(over_at=None).exists()
    with pytest.raises(Refused, match="belongs to @other"):
        actions.reconnect(by=cast.comms, at=NOON, account=account, secrets={}, fact=Fact("@other"))


def test_keys_are_tried_each_day(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": "revoked"})
    jobs.check_accounts(at=NOON)
    assert "has signed us out" in Alarm.objects.get().says
    assert "has signed us out" in signed_in(owner).get("/desk/channels/").content.decode()


def test_a_handover_is_in_the_record(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    told = {"owner": str(cast.sergeant.pk)}
    signed_in(cast.comms).post(f"/desk/channels/{account.pk}/owner/", told)
    entry = Entry.objects.get(kind="account.handed_over")
    assert read_aloud(entry) == "Sam handed Mastodon @testpolice over to Sergeant Priya."


def test_the_charter_is_changed_by_those_who_may(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    told = {**CHARTER, "purpose": "News of the south.", "threads": "on"}
    where = f"/desk/channels/{account.pk}/charter/"
    assert signed_in(cast.sergeant).post(where, told).status_code == 403
    signed_in(owner).post(where, told)
    account.refresh_from_db()
    assert (account.purpose, account.threads) == ("News of the south.", True)


def test_a_demonstration_connects_and_sends_nothing(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    cast.force.demonstration = True
    cast.force.save()
    mastodon.asked.clear()
    with pytest.raises(Refused, match="nothing leaves it"):
        actions.connect(
            by=cast.comms, at=NOON, network="webhook", address=mastodon.url, secrets={},
            fact=Fact("us"), charter=Charter("News.", cast.comms, "8 to 20", NIGHT),
        )  # fmt: skip
    say(cast, "All calm.")
    jobs.send_by(at=NOON)
    work()
    assert not mastodon.asked


def test_no_key_is_exported(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    lines = "\n".join(tables.lines("channels.Account"))
    assert "@testpolice" in lines
    assert TOKEN not in lines
    assert account.secrets not in lines


def test_is_this_really_us_knows_our_accounts(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    write_stale(at=NOON)
    page = within_root("is-this-us.html").read_text()
    assert f'<a href="{mastodon.url}/@testpolice">Mastodon @testpolice</a>' in page
    actions.run_out(by=cast.comms, at=NOON, account=account)
    actions.close(by=cast.comms, at=NOON, account=account)
    write_stale(at=NOON)
    assert "@testpolice" not in within_root("is-this-us.html").read_text()


def test_what_a_live_event_would_cost_is_said_before_it(cast: Cast, owner: Officer) -> None:
    opened(cast, owner, "x", "https://api.x.example", KEYS, cap=Decimal("2.00"))
    desk = signed_in(cast.comms)
    page = desk.get("/desk/channels/", {"posts": "150"}).content.decode()
    assert "X @testpolice: $1.50; $2.00 of this month's cap is left." in page
    page = desk.get("/desk/channels/").content.decode()
    assert "$3.00; $2.00 of this month's cap is left: <b>raise it" in page
    assert (
        "Not yet proved on the live network"
        in desk.get(f"/desk/channels/{Account.objects.get().pk}/").content.decode()
    )


def test_what_was_not_taken_away_before_the_end_is_a_persons_turn(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    post = say(cast, "All calm.")
    work()
    say(cast, "Never sent.")
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Not calm.")
    actions.run_out(by=cast.comms, at=NOON, account=account)
    actions.close(by=cast.comms, at=NOON, account=account)
    work()
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["failed", "withdrawn"]
    page = signed_in(cast.sergeant).get("/desk/queues/deliveries/").content.decode()
    assert "The account was closed before this was done" in page


def test_a_channels_alarm_says_where_it_is_mended(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": "revoked"})
    jobs.check_accounts(at=NOON)
    page = signed_in(owner).get(f"/desk/alarms/{Alarm.objects.get().pk}/").content.decode()
    assert "the account is mended at" in page
    assert "hue doctor" not in page
