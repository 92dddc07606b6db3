"""The command line."""

import pytest

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
