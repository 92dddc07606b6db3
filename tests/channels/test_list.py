"""The public list of every account of ours, those on our own server among them."""

import json
from datetime import timedelta
from typing import Any

from hue.channels import actions, jobs, queries
from hue.channels.models import Account
from hue.fediverse import actions as fediverse
from hue.fediverse import names
from hue.fediverse.accounts import Account as Stranger
from hue.fediverse.models import Actor
from hue.pages.build import write_stale
from hue.pages.files import within_root
from hue.pages.models import Alarm, Stale
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.desk.test_desk import signed_in


def open_force(cast: Cast) -> Actor:
    return fediverse.open_account(by=cast.comms, at=NOON, kind="force", key="", name="police")


def page() -> str:
    """As it stands some minutes after whatever happened."""
    jobs.look_at_the_list()
    write_stale(at=NOON)
    return within_root("channels.html").read_text()


def listed() -> list[dict[str, Any]]:
    told = json.loads(within_root("channels.json").read_bytes())
    return list(json.loads(told["signed"])["accounts"])


def test_an_account_on_our_own_server_is_listed_until_it_is_closed(cast: Cast) -> None:
    assert "None. Everything we say is on this site." in page()
    actor = open_force(cast)
    assert '/actors/police/" rel="me">@police@127.0.0.1:8000</a>' in page()
    [told] = listed()
    assert (told["network"], told["closed"]) == ("Fediverse", None)
    fediverse.close_account(by=cast.comms, at=NOON, actor=actor, reason="A merger.")
    assert "<b>Fediverse</b> @police@127.0.0.1:8000" in page().partition("<h2>Closed</h2>")[2]
    assert listed()[0]["closed"] == NOON.isoformat()


def test_of_one_that_moved_it_says_where_and_when(cast: Cast) -> None:
    target, actor = "https://social.example/@police", open_force(cast)
    own = names.actor(actor.name)
    there = Stranger(target, "@police@social.example", "", "", "", "", (own,))
    fediverse.move_account(by=cast.comms, at=NOON, actor=actor, target=there)
    assert f'moved to <a href="{target}">' in page()
    [told] = listed()
    assert (told["moved_to"], told["closed"]) == (target, NOON.isoformat())


def test_an_account_that_fell_silent_says_so_in_public_and_to_its_owner(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    say(cast, "All calm.")
    work()
    fortnight, later = NOON + timedelta(days=14), NOON + timedelta(days=14, hours=1)
    jobs.watch_silence(at=fortnight)
    assert not Alarm.objects.exists()
    assert not queries.silent_of(cast.comms, at=fortnight)
    jobs.watch_silence(at=later)
    alarm = Alarm.objects.get()
    assert alarm.says.startswith("Mastodon @testpolice: nothing since 9 July. Sam says something")
    assert queries.silent_of(cast.comms, at=later) == [(account, NOON)]
    # The tests' clock runs months after this noon.
    assert 'Nothing since <time datetime="2026-07-09' in page()
    assert listed()[0]["silent_since"] == NOON.isoformat()
    desk = signed_in(cast.comms).get("/desk/channels/").content.decode()
    assert "Mastodon @testpolice has said nothing since 9 July." in desk  # the banner
    assert "<b>Nothing since 9 July.</b>" in desk  # its line
    assert "has said nothing" not in signed_in(cast.sergeant).get("/desk/").content.decode()
    Account.objects.update(silent_after=30)
    jobs.watch_silence(at=later)
    assert not Alarm.objects.filter(over_at=None).exists()


def test_one_that_is_planned_or_runs_out_may_be_silent(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    account = opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    actions.run_out(by=cast.comms, at=NOON, account=account)
    jobs.watch_silence(at=NOON + timedelta(days=100))
    assert not Alarm.objects.exists()
    assert "Nothing since" not in page()


def test_the_account_that_only_signs_is_not_one_that_speaks(cast: Cast) -> None:
    open_force(cast)
    assert "@instance@" not in page()


def test_a_list_that_is_as_it_was_is_not_written_again(cast: Cast) -> None:
    open_force(cast)
    page()
    jobs.look_at_the_list()
    assert not Stale.objects.filter(source="channels.list").exists()
