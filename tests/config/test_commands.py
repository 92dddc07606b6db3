"""The command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from hue.config import commands


def test_help_has_a_line_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    commands.main([])
    shown = capsys.readouterr().out
    for name, says in commands.SAYS.items():
        assert name in shown
        assert says in shown


def test_an_unknown_command_is_refused_in_a_sentence() -> None:
    with pytest.raises(SystemExit, match="no command 'fly'"):
        commands.main(["fly"])


def test_every_command_of_the_help_is_built() -> None:
    ours = {"run", "serve", "bench", "doctor", "welcome", "manage", "help"}
    built = {name.replace("_", "-") for name in get_commands()}
    assert commands.SAYS.keys() - ours - built == set()


@pytest.mark.slow
def test_a_demonstration_in_an_empty_place_is_told_what_comes_first(tmp_path: Path) -> None:
    def hue(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "hue", *words],
            env={"PATH": os.environ["PATH"], "HUE_DATA": str(tmp_path), "HUE_DEMONSTRATION": "yes"},
            check=False,
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    assert "run `hue migrate` first" in hue("demo")
    assert hue("migrate", "--verbosity=0") == ""
    assert "run `hue manage collectstatic --no-input` first" in hue("demo")
    assert hue("manage", "collectstatic", "--no-input", "--verbosity=0") == ""
    assert hue("demo") == ""
