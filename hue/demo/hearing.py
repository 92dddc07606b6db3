"""What is said in public on the invented day: a watch, and a file that is replayed with it."""

from datetime import datetime, timedelta
from typing import Any

from hue.listening.replaying import Line, replay

ROLE = "digital_desk"


def listen(written: dict[str, Any], *, opens: datetime, before: datetime) -> None:
    lines = [
        Line(str(number), opens + timedelta(minutes=told["minute"]), told["by"], told["text"])
        for number, told in enumerate(written["line"])
    ]
    replay(ROLE, written, lines, opens=opens, before=before)
