"""The operator's commands: a pack is read without a change, and signed."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hue.governance.models import Pack
from hue.governance.packfile import shipped
from hue.governance.packfile.read import read
from tests.cast import Cast

SHIPPED = shipped.england_and_wales()


@pytest.fixture
def file(tmp_path: Path, cast: Cast) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(SHIPPED.replace("longest_post = 1000", "longest_post = 280"))
    return path


def test_a_file_is_signed_checked_and_told_in_words(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="is not signed"):
        call_command("check_policy", file)
    call_command("sign_policy", file)
    once = file.read_text()
    call_command("sign_policy", file)
    assert file.read_text() == once
    assert read(file.read_bytes()).values["longest_post"] == 280
    capsys.readouterr()
    call_command("check_policy", file)
    told = capsys.readouterr().out
    assert "England and Wales, edition 2026-11, made by Hue & Cry." in told
    assert "  Characters in a post: 1,000 → 280" in told
    assert not Pack.objects.exists()


def test_a_file_with_faults_is_neither_signed_nor_touched(file: Path) -> None:
    file.write_text(SHIPPED.replace("longest_post = 1000", "longest_post = 3"))
    before = file.read_bytes()
    with pytest.raises(CommandError, match="from 140 to 5000, not 3"):
        call_command("sign_policy", file)
    assert file.read_bytes() == before


def test_a_file_that_is_not_there_is_told(tmp_path: Path, cast: Cast) -> None:
    for command in ("check_policy", "sign_policy"):
        with pytest.raises(CommandError, match="No such file"):
            call_command(command, tmp_path / "none.toml")
