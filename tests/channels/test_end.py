"""Nobody's account: who follows its owner, and its last post."""

import pytest

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.channels import actions, jobs
from hue.channels.models import Account, Delivery
from hue.lib import clock
from hue.pages.build import write_stale
from hue.pages.files import within_root
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.channels import meta
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.desk.test_desk import signed_in

GOODBYE = "We stop here. You find us on our own site."


@pytest.fixture
def account(cast: Cast, owner: Officer, mastodon: MastodonStub) -> Account:
    return opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})


def leave(officer: Officer) -> None:
    officer.left_at = NOON
    officer.save()


def test_who_was_named_follows_an_owner_who_left(cast: Cast, account: Account) -> None:
    told = {"owner": str(cast.comms.pk), "deputy": str(cast.sergeant.pk)}
    page = signed_in(cast.comms).post(f"/desk/channels/{account.pk}/owner/", told, follow=True)
    assert "and after them Sergeant Priya" in page.content.decode()
    leave(cast.comms)
    jobs.watch_owners(at=NOON)
    jobs.watch_owners(at=NOON)
    account.refresh_from_db()
    assert (account.owner, account.deputy) == (cast.sergeant, None)
    assert not Alarm.objects.exists()
    said = [
        read_aloud(one) for one in Entry.objects.filter(kind__startswith="account.").order_by("pk")
    ]
    assert "Sam named Sergeant Priya as the next who answers for Mastodon @testpolice." in said
    assert said[-1].endswith("handed Mastodon @testpolice over to Sergeant Priya.")


def test_where_nobody_was_named_it_is_an_alarm_until_it_is_handed_over(
    cast: Cast, owner: Officer, account: Account
) -> None:
    leave(cast.comms)
    jobs.watch_owners(at=NOON)
    alarm = Alarm.objects.get(over_at=None)
    assert alarm.says == (
        "Mastodon @testpolice: Sam has left, and nobody answers for it. Hand it over."
    )
    actions.hand_over(by=owner, at=NOON, account=account, owner=cast.sergeant)
    assert not Alarm.objects.filter(over_at=None).exists()


def test_nobody_follows_themselves(cast: Cast, account: Account) -> None:
    told = {"owner": str(cast.comms.pk), "deputy": str(cast.comms.pk)}
    answer = signed_in(cast.comms).post(f"/desk/channels/{account.pk}/owner/", told)
    assert answer.status_code == 422
    assert "Name somebody else as the next" in answer.content.decode()


def test_its_last_post_goes_there_and_stands_in_the_public_list(
    cast: Cast, account: Account, mastodon: MastodonStub
) -> None:
    desk = signed_in(cast.comms)
    desk.post(f"/desk/channels/{account.pk}/closing/", {"words": GOODBYE})
    say(cast, "Nothing new goes there.")
    work(at=clock.now())
    [there] = mastodon.posts.values()
    assert there["text"].startswith(GOODBYE)
    assert there["text"].endswith("/channels/")
    row = Delivery.objects.get()
    page = desk.get(f"/desk/channels/deliveries/{row.pk}/")
    assert page.status_code == 200
    assert "The post on the desk" not in page.content.decode()
    actions.close(by=cast.comms, at=NOON, account=account)
    write_stale(at=NOON)
    assert GOODBYE in within_root("channels.html").read_text()


def test_where_nothing_goes_without_a_picture_the_last_post_is_written_by_hand(
    cast: Cast, owner: Officer
) -> None:
    account = opened(cast, owner, "instagram", "https://i.example", {"token": meta.TOKEN})
    with pytest.raises(Refused, match="write the last post there by hand"):
        actions.run_out(by=cast.comms, at=NOON, account=account, words=GOODBYE)
    actions.run_out(by=cast.comms, at=NOON, account=account)
