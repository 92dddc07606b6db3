"""Followers and blocks leave in Mastodon's forms, and live on elsewhere as far as they can."""

import tarfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hue.fediverse import actions
from hue.fediverse.models import Actor, Follower, Server
from tests.cast import NOON, Cast
from tests.fediverse.conftest import opened
from tests.fediverse.elsewhere import follow

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def exported(cast: Cast, tmp_path: Path) -> Path:
    police = opened(cast, "force", "", "police")
    opened(cast, "unit", "south", "south_police")
    for name in ("ann", "bob"):
        follow(police, "https://social.example", name)
    odd = follow(police, "https://odd.example", "x")
    odd.stranger.handle = ""
    odd.stranger.save()
    for host in ("bad.example", "worse.example"):
        actions.block_server(by=cast.comms, at=NOON, host=host, reason="Abuse.")
    call_command("export", str(tmp_path / "desk.tar.gz"), stdout=StringIO())
    return tmp_path / "desk.tar.gz"


def member(file: Path, name: str) -> list[str]:
    with tarfile.open(file) as tar:
        found = tar.extractfile(f"fediverse/{name}")
        assert found is not None
        return found.read().decode().splitlines()


def test_an_export_holds_them_as_mastodon_has_them(exported: Path) -> None:
    assert member(exported, "police/followers.csv") == [
        "Account address",
        "ann@social.example",
        "bob@social.example",
        "https://odd.example/users/x",
    ]
    assert member(exported, "south_police/followers.csv") == ["Account address"]
    assert member(exported, "police/following_accounts.csv") == [
        "Account address,Show boosts,Notify on new posts,Languages"
    ]
    assert member(exported, "blocked_domains.csv") == ["bad.example", "worse.example"]
    assert "police,http://127.0.0.1:8000/actors/police/,open,3" in member(exported, "accounts.csv")


def test_another_installation_blocks_the_same_and_lets_followers_come(
    cast: Cast, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Follower.objects.all().delete()
    actions.unblock_server(by=cast.comms, at=NOON, server=Server.objects.get(host="bad.example"))
    Actor.objects.filter(name="south_police").delete()
    monkeypatch.setattr("django.conf.settings.HUE_SITE", "https://new.police.example")
    monkeypatch.setattr("django.conf.settings.HUE_FETCH_PRIVATE", True)
    said = StringIO()
    call_command("import_archive", str(exported), by="sam", stdout=said)
    assert "1 of 2 blocked servers are new here" in said.getvalue()
    assert "@police had 3 followers. @police@new.police.example may receive" in said.getvalue()
    assert "@south_police had 0 followers. No account of that name is open" in said.getvalue()
    assert Server.objects.blocked().count() == 2
    police = Actor.objects.get(name="police")
    assert police.also_known_as == ["http://127.0.0.1:8000/actors/police/"]
    assert not Follower.objects.exists(), "nobody is made to follow"
    call_command("import_archive", str(exported), by="sam", stdout=StringIO())
    police.refresh_from_db()
    assert len(police.also_known_as) == 1, "twice is once"


def test_who_may_not_and_what_is_damaged_changes_nothing(
    cast: Cast, exported: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="open and close the force's accounts elsewhere"):
        call_command("import_archive", str(exported), by="amina")
    with pytest.raises(CommandError, match="Nobody signs in here as “nobody”"):
        call_command("import_archive", str(exported), by="nobody")
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(exported.read_bytes()[:-2000])
    with pytest.raises(CommandError, match="cut off or damaged"):
        call_command("import_archive", str(cut), by="sam")
