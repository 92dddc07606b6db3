"""What was backed up comes back, whole, into an empty place; and overwrites nothing."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from hue.audit.models import Entry
from hue.audit.seal import seal_committed
from hue.config import database
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast
from tests.place import HERE, HOST

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
PHRASE = "three old constables on bicycles"


@pytest.fixture
def lived_in(transactional_db: None, cast: Cast, settings: LazySettings) -> Cast:
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found.", event=cast.event))
    assert post.state == "published"
    seal_committed(at=NOON)
    picture = Path(settings.MEDIA_ROOT, "ab", "picture.webp")
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"pixels" * 1000)
    return cast


@pytest.fixture
def empty() -> Iterator[str]:
    name = f"hue_restored_{os.getpid()}"
    database.create(HOST, name)
    yield name
    database.drop(HOST, name)


@pytest.fixture
def phrase(tmp_path: Path, settings: LazySettings) -> Path:
    file = tmp_path / "phrase"
    file.write_text(PHRASE)
    settings.HUE_BACKUP_KEY = PHRASE
    return file


def hue(*call: str, name: str, data: Path, **also: str) -> "subprocess.CompletedProcess[str]":
    url = "postgresql://{}@/{}?host={}"
    where = {
        "HUE_DATA": str(data),
        "DATABASE_URL": url.format("hue_app", name, HOST),
        "DATABASE_OWNER_URL": url.format("hue_owner", name, HOST),
    }
    return subprocess.run(
        [sys.executable, "-m", "hue", *call],
        cwd=HERE,
        env=os.environ | where | also,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_restored_place_is_the_same_place(
    lived_in: Cast, empty: str, phrase: Path, tmp_path: Path
) -> None:
    file, data = tmp_path / "hue.backup", tmp_path / "restored"
    call_command("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0
    done = hue("restore", str(file), name=empty, data=data, HUE_BACKUP_KEY_FILE=str(phrase))
    assert "Restored." in done.stdout, done.stderr
    checked = hue("verify-record", name=empty, data=data)
    assert f"All {Entry.objects.count()} sealed entries" in checked.stdout, checked.stderr
    assert (data / "media" / "ab" / "picture.webp").read_bytes() == b"pixels" * 1000
    hue("manage", "collectstatic", "--no-input", name=empty, data=data)
    built = hue("build-pages", name=empty, data=data)
    assert built.returncode == 0, built.stderr
    assert "Puppy found." in (data / "public" / "index.html").read_text()
    refused = pytest.raises(psycopg.Error, match="only grows")
    with psycopg.connect(host=HOST, user="hue_app", dbname=empty) as app, refused:
        app.execute("DELETE FROM audit_entry")
    again = hue("restore", str(file), name=empty, data=data, HUE_BACKUP_KEY_FILE=str(phrase))
    assert "The database is not empty" in again.stderr, again.stderr


def test_without_the_passphrase_the_keys_stay_sealed(
    lived_in: Cast, empty: str, phrase: Path, tmp_path: Path
) -> None:
    file = tmp_path / "hue.backup"
    call_command("backup", str(file))
    key = Path(os.environ["HUE_DATA"], "keys", "signing.pem").read_bytes()
    assert key.split(b"\n")[1] not in file.read_bytes()
    done = hue("restore", str(file), name=empty, data=tmp_path / "restored")
    assert "The keys are sealed" in done.stderr, done.stderr


def test_a_damaged_backup_is_refused_before_anything_is_written(
    lived_in: Cast, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hue.backup"
    call_command("backup", str(file))
    assert "The keys lie open in it" in capsys.readouterr().out
    with tarfile.open(file) as tar:
        start = tar.getmember("database.dump").offset_data
    with file.open("r+b") as raw:
        raw.seek(start + 500)
        raw.write(b"\0\0\0\0\0\0\0\0")
    done = hue("restore", str(file), name=empty, data=tmp_path / "restored")
    assert "database.dump" in done.stderr
    assert "is damaged" in done.stderr


def test_no_backup_is_written_over_another(lived_in: Any, tmp_path: Path) -> None:
    file = tmp_path / "hue.backup"
    file.write_text("another")
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(file))
    assert file.read_text() == "another"
