"""A bare machine is made ready, or told in one sentence what it lacks."""

import ast
import errno
import re
from pathlib import Path

import assets
import prepare
import pytest

ROOT = Path(prepare.__file__).resolve().parents[1]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_to_do(version: tuple[int, int, int]) -> None:
    sentence = prepare.too_old(version)
    assert "needs Python 3.11" in sentence
    assert "make run PYTHON=" in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_python_that_is_new_enough_is_not_stopped(version: tuple[int, int, int]) -> None:
    assert prepare.too_old(version) == ""


def test_an_old_python_can_read_the_file_that_stops_it() -> None:
    source = (ROOT / "tools" / "prepare.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    before = source.index("sys.exit(too_old(sys.version_info))")
    assert re.findall(r"^(?:import|from) .+$", source[:before], re.MULTILINE) == ["import sys"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: failed to write: No space left on device (os error 28)", "too full"),
        ("npm error code ENOTFOUND", "no answer from the registry"),
        ("error: tcp connect error: Connection refused", "no answer from the registry"),
        ("error: no wheel for this platform", "no wheel for this platform"),
    ],
)
def test_a_failed_step_is_explained(said: str, told: str) -> None:
    assert told in prepare.cause("uv pip sync", said)


def test_a_full_disk_is_named_before_anything_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "ROOM_NEEDED", 10**18)
    with pytest.raises(prepare.Trouble, match="too full"):
        prepare.room_or_trouble()
    assert "too full" in prepare.in_words(OSError(errno.ENOSPC, "No space left on device"))


def test_the_lock_files_name_no_host() -> None:
    for file in (*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json", ROOT / ".npmrc"):
        assert "://" not in file.read_text(), file.name


def test_every_package_is_locked_with_a_hash() -> None:
    for file in ROOT.glob("requirements/*.txt"):
        packages = re.findall(r"^\S+==[^\n]+ \\\n +--hash=", file.read_text(), re.MULTILINE)
        pinned = re.findall(r"^\S+==", file.read_text(), re.MULTILINE)
        assert pinned, file.name
        assert len(packages) == len(pinned), file.name


SHEET = (
    "/*! (c) Margaret Calvert */"
    + "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}" * 2
    + "a{font-family:GDS Transport,arial,sans-serif}" * 58
    + "b{mask-image:url(/assets/images/govuk-crest.svg)}" * 3
    + "\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
)


def test_crown_and_typeface_leave_the_style_sheet() -> None:
    css = assets.without_crown(SHEET)
    assert css == (
        "a{font-family:Helvetica,Arial,sans-serif}" * 58 + "b{mask-image:none}" * 3 + "\n"
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (SHEET.replace("GDS Transport,arial", "GDS Transport,Arial", 1), "57 of the font stack"),
        (SHEET + "@font-face{font-family:New}", "3 of the @font-face block"),
        (SHEET + "i{background:url(/assets/images/crown.svg)}", "crown.svg"),
    ],
)
def test_a_style_sheet_that_changed_upstream_is_not_taken_in_silence(
    changed: str, told: str
) -> None:
    with pytest.raises(assets.UpstreamChanged, match=re.escape(told)):
        assets.without_crown(changed)


def test_the_pages_have_their_files_and_nothing_of_the_crown() -> None:
    assert assets.complete(prepare.VENDOR, prepare.FONTS)
    for file in prepare.VENDOR.iterdir():
        assert not re.search(r"crest|GDS Transport|sourceMappingURL", file.read_text()), file.name
