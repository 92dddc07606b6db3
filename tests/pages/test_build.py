"""Pages are written, or keep their old state and somebody is told."""

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.template import TemplateSyntaxError

from hue.pages import asked, files, queries, stale
from hue.pages.build import write_stale
from hue.pages.models import Stale, Views
from hue.pages.rebuild import rebuild
from hue.pages.sources import REGISTRY, File, PageSource
from tests.cast import NOON

BIG = os.urandom(100_000)


@pytest.fixture
def source() -> Iterator[Any]:
    """A source of one page, whose words the test sets."""

    class Pages(PageSource):
        name = "test.page"
        folders = ("test",)
        says: ClassVar[dict[str, bytes]] = {}

        def keys(self) -> list[str]:
            return sorted(self.says)

        def get(self, key: str) -> str | None:
            return key if key in self.says else None

        def path(self, item: str) -> str:
            return f"test/{item}.html"

        def gone(self, key: str) -> tuple[str, ...]:
            return (f"test/{key}.html",)

        def files(self, item: str) -> Iterator[File]:
            if self.says[item] == b"broken":
                raise TemplateSyntaxError("unclosed tag")
            yield File(self.path(item), self.says[item])

    others = dict(REGISTRY)
    REGISTRY.clear()
    REGISTRY["test.page"] = page = Pages()
    yield page
    REGISTRY.clear()
    REGISTRY.update(others)


def _write(key: str = "a") -> int:
    stale.mark(("test.page", key), at=NOON)
    return write_stale(at=NOON)


def _read(settings: Any, key: str = "a") -> bytes:
    return Path(settings.PUBLIC_ROOT, f"test/{key}.html").read_bytes()


def test_a_burst_of_changes_writes_a_page_once(db: None, source: Any) -> None:
    source.says["a"] = b"words"
    for _ in range(20):
        stale.mark(("test.page", "a"), at=NOON)
    assert write_stale(at=NOON) == 1


def test_a_template_that_fails_leaves_the_old_page_and_raises_an_alarm(
    db: None, source: Any, settings: Any, caplog: Any
) -> None:
    source.says["a"] = b"old"
    _write()
    source.says |= {"a": b"broken", "b": b"fine"}
    stale.mark(("test.page", "a"), ("test.page", "b"), at=NOON)
    assert write_stale(at=NOON) == 1
    assert (_read(settings), _read(settings, "b")) == (b"old", b"fine")
    (alarm,) = queries.alarms()
    assert "unclosed tag" in alarm.says
    source.says["a"] = b"mended"
    assert write_stale(at=NOON) == 0  # not at once again …
    assert write_stale(at=NOON, failed_too=True) == 1  # … but by the job that looks after the rest
    assert _read(settings) == b"mended"
    assert queries.alarms() == []


def test_a_page_that_is_no_longer_public_goes_with_its_twin(
    db: None, source: Any, settings: Any
) -> None:
    source.says["a"] = b"words " * 300
    _write()
    assert Path(settings.PUBLIC_ROOT, "test/a.html.gz").exists()
    source.says.clear()
    _write()
    assert list(Path(settings.PUBLIC_ROOT, "test").iterdir()) == []


def test_an_unknown_source_is_refused_when_it_is_marked(db: None) -> None:
    with pytest.raises(KeyError):
        stale.mark(("no.such", "a"), at=NOON)


def test_a_failing_page_keeps_a_rebuild_from_removing_anything(
    db: None, source: Any, settings: Any, caplog: Any
) -> None:
    source.says |= {"a": b"old", "b": b"fine"}
    rebuild(at=NOON)
    source.says |= {"a": b"broken", "b": b"new"}
    assert rebuild(at=NOON).failed == 1
    assert (_read(settings), _read(settings, "b")) == (b"old", b"new")
    assert "could not write 1 pages" in queries.alarms()[0].says
    source.says = {"b": b"newer"}
    assert rebuild(at=NOON).removed == 1
    assert queries.alarms() == []


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A disk of 1 MB for the public files, where root may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(call, capture_output=True, check=False).returncode:
        pytest.skip("Only root may mount the small disk that this test fills: run it as root.")
    settings.PUBLIC_ROOT = place / "public"
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_the_old_page_and_is_caught_up_with(
    db: None, source: Any, settings: Any, small_disk: Path, caplog: Any
) -> None:
    source.says["a"] = b"old"
    _write()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(980_000))
    source.says["a"] = BIG
    assert _write() == 0
    assert _read(settings) == b"old"
    (alarm,) = queries.alarms()
    assert "disk of the public files is full" in alarm.says
    assert not list(small_disk.rglob("*.new"))
    ballast.unlink()
    assert write_stale(at=NOON + timedelta(minutes=1), failed_too=True) == 1
    assert _read(settings) == BIG
    assert queries.alarms() == []
    assert not Stale.objects.exists()


def test_a_path_out_of_the_public_folder_is_refused(settings: Any) -> None:
    for path in ("../x.html", "/etc/x.html", "a/../../x.html"):
        with pytest.raises(ValueError, match="leads out"):
            files.write(path, b"")


def test_views_are_counted_from_lines_without_addresses(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.HUE_DATA = tmp_path
    log = asked.Log(asked.folder())
    for _ in range(3):
        log.add(200, "/posts/abc/")
    log.add(304, "/posts/abc/")
    log.add(404, "/none/")
    log.add(200, "/assets/site.css")
    log.flush()
    (file,) = asked.folder().glob("*.log")
    assert all(line.split()[1] in {"200", "304", "404"} for line in file.read_text().splitlines())
    nginx = asked.folder() / "nginx.log"
    nginx.write_text("2026-07-09T12:00:00+01:00 200 /posts/abc/\nbroken\n")
    assert asked.count() == 0  # taken away now, counted when nobody writes to it any more
    assert asked.count() == 5
    assert queries.views_of("/posts/abc/") == 5
    assert Views.objects.filter(path="/none/").count() == 0
    assert list(asked.folder().iterdir()) == []


def test_an_address_made_to_confuse_the_count_stops_nothing(
    db: None, settings: Any, tmp_path: Path
) -> None:
    """A carriage return would start a line of the stranger's own."""
    settings.HUE_DATA = tmp_path
    log = asked.Log(asked.folder())
    log.add(404, "/x\rnonsense 200 /a/")
    log.add(200, "/posts/abc/")
    log.flush()
    (asked.folder() / "nginx.log").write_text("nonsense 200 /a/\n2026-07-09 200 /x\x00y/\n2026")
    asked.count()
    assert asked.count() == 1
    assert list(asked.folder().iterdir()) == []
