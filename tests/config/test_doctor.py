"""`hue doctor` says what is wrong, and nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hue.config import doctor
from hue.lib import clock
from hue.pages.models import Alarm, Stale

pytestmark = pytest.mark.django_db


def test_the_application_is_neither_owner_nor_superuser() -> None:
    assert list(doctor.roles()) == []


def test_a_migrated_database_has_nothing_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OWNER", "default")  # what the owner sees, tests cannot
    assert list(doctor.migrations()) == []


def test_the_clocks_agree_and_are_missed_when_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(doctor.drift()) == []
    monkeypatch.setattr("hue.config.doctor.time.time", lambda: 0.0)
    assert "seconds apart" in next(doctor.drift())


def test_a_missing_and_a_silent_worker_are_told_apart() -> None:
    assert "No worker runs" in next(doctor.worker())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '1 minute')"
        )
    assert "silent for 60 seconds" in next(doctor.worker())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert list(doctor.worker()) == []


def test_jobs_that_failed_for_good_are_named() -> None:
    assert list(doctor.jobs()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) "
            "VALUES ('pages.write', 'default', 'failed')"
        )
    assert "pages.write failed for good" in next(doctor.jobs())


def test_the_workers_words_are_looked_for_where_they_are(settings: Any, tmp_path: Path) -> None:
    settings.HUE_DATA = tmp_path
    assert doctor._worker_log() == "journalctl -u 'hue-work@*'"
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "worker.log").touch()
    assert doctor._worker_log() == f"{tmp_path}/log/worker.log"


def test_pages_that_wait_and_alarms_are_named(settings: Any) -> None:
    settings.PUBLIC_ROOT.mkdir(parents=True)
    (settings.PUBLIC_ROOT / "index.html").touch()
    now = clock.now()
    Stale.objects.create(source="publishing.post", key="new", since=now)
    assert list(doctor.pages()) == []
    Stale.objects.create(source="publishing.post", key="old", since=now - timedelta(minutes=5))
    Alarm.objects.create(slug="full", says="The disk is full.", since=now)
    waiting, alarm = doctor.pages()
    assert "1 pages have waited" in waiting
    assert alarm == "The disk is full."


def test_a_site_without_pages_is_told_how_to_make_them(settings: Any) -> None:
    assert "hue build-pages" in next(doctor.pages())


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("HUE_DEMONSTRATION", True, "HUE_DEMONSTRATION=no"),
        ("HUE_EMBEDDED_DATABASE", True, "never for a force's real data"),
        ("DEBUG", True, "HUE_DEBUG=no"),
        ("HUE_SITE", "http://police.example", "without encryption"),
    ],
)
def test_what_must_not_be_public_is_named(
    settings: Any, setting: str, value: object, told: str
) -> None:
    settings.HUE_SITE, settings.HUE_EMBEDDED_DATABASE = "https://police.example", False
    assert list(doctor.names(Path())) == []
    setattr(settings, setting, value)
    (sentence,) = doctor.names(Path())
    assert told in sentence


def test_keys_that_others_can_read_are_named(tmp_path: Path) -> None:
    key = tmp_path / "keys" / "secret_key"
    key.parent.mkdir()
    key.touch(mode=0o600)
    assert list(doctor.keys(tmp_path)) == []
    key.chmod(0o644)
    assert "can be read by others" in next(doctor.keys(tmp_path))


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SPARE", 10**18)
    assert "GB are free" in next(doctor.disk(tmp_path))


def test_something_wrong_is_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "_complaints", lambda data: iter(["The house is on fire."]))
    assert doctor.report(tmp_path) == 1
    assert "- The house is on fire." in capsys.readouterr().out
    monkeypatch.setattr(doctor, "_complaints", lambda data: iter([]))
    assert doctor.report(tmp_path) == 0
    assert "Nothing is wrong here." in capsys.readouterr().out
