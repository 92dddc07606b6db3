"""What was backed up comes back, whole, into an empty place; and overwrites nothing."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command

from hue.audit.models import Entry
from hue.audit.seal import seal_committed
from hue.config import database
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast
from tests.place import HERE, HOST
from tests.processes import own_environment, wait_for

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
    with tarfile.open(file) as tar:
        assert not any(key.split(b"\n")[1] in tar.extractfile(one).read() for one in tar)  # type: ignore[union-attr]
    done = hue("restore", str(file), name=empty, data=tmp_path / "restored")
    assert "The keys are sealed" in done.stderr, done.stderr


def remade(file: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The same archive with one member's content changed, its gzip sums right again."""
    other = file.with_name("other")
    with tarfile.open(file) as old, tarfile.open(other, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())  # type: ignore[union-attr]
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    other.replace(file)


def test_a_damaged_backup_is_refused_before_anything_is_written(
    lived_in: Cast, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data = tmp_path / "hue.backup", tmp_path / "restored"
    call_command("backup", str(file))
    assert "The keys lie open in it" in capsys.readouterr().out
    whole = file.read_bytes()
    remade(file, lambda name, was: was.replace(b"\0", b"\1", 1) if name.endswith("dump") else was)
    done = hue("restore", str(file), name=empty, data=data)
    assert f"database.dump in {file} is damaged" in done.stderr, done.stderr
    for cut in (len(whole) // 2, len(whole) - 2000):
        file.write_bytes(whole[:cut])
        done = hue("restore", str(file), name=empty, data=data)
        assert "is cut off or damaged" in done.stderr, done.stderr
    with psycopg.connect(host=HOST, user="hue_owner", dbname=empty) as owner:
        found = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchone() == (0,)
    assert not list(data.rglob("picture.webp"))


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(
    lived_in: Cast, tmp_path: Path
) -> None:
    many = Path(settings.MEDIA_ROOT)
    for number in range(40):
        (many / f"{number}.webp").write_bytes(os.urandom(2**20))
    file = tmp_path / "hue.backup"
    where = own_environment(HUE_DATA=str(many.parent))
    process = subprocess.Popen([sys.executable, "-m", "hue", "backup", str(file)], env=where)
    unfinished = tmp_path / ".hue.backup.unfinished"
    wait_for(lambda: (unfinished / "archive").stat().st_size > 2**20)
    process.kill()
    process.wait()
    assert not file.exists()
    call_command("backup", str(file))
    assert file.exists()
    assert not unfinished.exists()


PEAK = """
import sys
from hue.config.commands import main
main(sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_much_media_needs_no_more_memory_than_little(
    lived_in: Cast, empty: str, tmp_path: Path
) -> None:
    peaks = []
    for megabytes in (1, 300):
        (Path(settings.MEDIA_ROOT) / "film.webp").write_bytes(os.urandom(2**20) * megabytes)
        file = tmp_path / f"{megabytes}.backup"
        where = own_environment(HUE_DATA=str(Path(settings.MEDIA_ROOT).parent))
        said = subprocess.run(
            [sys.executable, "-c", PEAK, "backup", str(file)],
            env=where,
            cwd=HERE,
            check=True,
            capture_output=True,
            text=True,
        )
        peaks.append(int(said.stdout.split()[-1]))
    assert peaks[1] < peaks[0] + 20
    assert "Pictures: 100 %" in said.stdout
    data = tmp_path / "restored"
    done = hue("restore", str(file), name=empty, data=data)
    assert "Restored." in done.stdout, done.stderr
    assert (data / "media" / "film.webp").stat().st_size == 300 * 2**20
    assert list(data.glob("keys.before-*")), "keys that were here are kept"


def test_no_backup_is_written_over_another(lived_in: Any, tmp_path: Path) -> None:
    file = tmp_path / "hue.backup"
    file.write_text("another")
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(file))
    assert file.read_text() == "another"
