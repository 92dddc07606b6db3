"""The place of a drill: a folder, a database and a port of its own, and the demonstration's people.

Set up before settings are read, so that nothing of it can be in the force's own place.
"""

import os
from argparse import ArgumentParser
from pathlib import Path

PORT = 8011
NOT_THERE = (
    "DATABASE_URL",
    "DATABASE_URL_FILE",
    "DATABASE_OWNER_URL",
    "DATABASE_OWNER_URL_FILE",
    "HUE_SITE",
    "HUE_HOSTS",
    "HUE_NCHAN",
    "HUE_OIDC_SERVER",
)


def enter(words: list[str]) -> None:
    """From here on this process, and all that it starts, is the drill."""
    told = _parser().parse_args(words)
    data = Path(os.environ.get("HUE_DATA") or Path(__file__).resolve().parents[2] / "var").resolve()
    for name in NOT_THERE:
        os.environ.pop(name, None)
    os.environ["HUE_DATA"] = str(data / "drills" / told.name)
    os.environ["HUE_BIND"] = f"127.0.0.1:{told.port}"
    os.environ["HUE_DRILL"] = f"{told.name}:{told.speed:g}"
    os.environ["HUE_DEMONSTRATION"] = "yes"  # its sign-ins; loopback only


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="hue drill", description=__doc__)
    parser.add_argument("name", help="the event, such as august-2011")
    parser.add_argument("--speed", type=float, default=10, help="1 to 60 times as fast as life")
    parser.add_argument("--port", type=int, default=PORT, help=f"on this machine; {PORT}")
    return parser
