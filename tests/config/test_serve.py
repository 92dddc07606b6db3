"""Where the server listens."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hue.config import serve


def test_a_busy_port_is_one_sentence_that_names_it_and_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(serve.PortBusy) as refusal:
            serve.require_free(serve.Address("127.0.0.1", port))
    sentence = str(refusal.value)
    assert f"Port {port} " in sentence
    assert "HUE_BIND=127.0.0.1:" in sentence
    assert "\n" not in sentence


def test_a_port_that_was_just_left_can_be_taken_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        where = serve.Address("127.0.0.1", other.getsockname()[1])
        with socket.create_connection(where):
            other.accept()[0].close()
    serve.require_free(where)


@pytest.mark.parametrize("bind", ["8000:", "localhost", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_refused(bind: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must look like"):
        serve.address(bind)


def test_an_address_may_be_of_either_kind() -> None:
    assert serve.address("0.0.0.0:80") == ("0.0.0.0", 80)
    assert serve.address("[::1]:8000") == ("::1", 8000)
    assert str(serve.address("[::1]:8000")) == "[::1]:8000"


def test_links_follow_the_port(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "from hue.config import settings; print(settings.HUE_SITE)"],
        env={"HUE_DATA": str(tmp_path), "HUE_BIND": "127.0.0.1:8123"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "http://127.0.0.1:8123\n"


def test_the_server_holds_more_than_a_thousand_streams() -> None:
    call = serve.command(serve.Address("127.0.0.1", 8000), servers=2)
    assert call[call.index("--backpressure") + 1] == "16384"
    assert call[call.index("--workers") + 1] == "2"
    assert "--respawn-failed-workers" in call
