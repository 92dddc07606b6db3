"""How a source behaves, in words: what floods, repeats, goes back in time or says nothing."""

from datetime import datetime, timedelta
from typing import Any

from hue.lib import clock
from hue.listening.models import PUSHED, Source

SILENT_AFTER = timedelta(hours=6)
ODD = {
    "flood": "floods: {} more than fit into a minute were not taken",
    "repeated": "sent {} again",
    "back_in_time": "{} are older than what came before",
    "ahead": "{} come from the future by their own clock",
    "old": "{} were older than is kept",
    "too_long": "{} were cut, as they were too long",
    "mended": "{} came in a broken encoding",
    "broken": "{} could not be read",
    "empty": "{} say nothing",
    "left_out": "{} were left out, as their accounts ask for that",
    "deleted": "{} were taken back there and are gone here",
}


def told(source: Source, *, at: datetime) -> dict[str, Any]:
    counts = source.counts
    odd = [says.format(f"{counts[name]:,}") for name, says in ODD.items() if counts.get(name)]
    return {
        "source": source,
        "kind": source.get_kind_display(),
        "seen": counts.get("seen", 0),
        "kept": counts.get("kept", 0),
        "odd": odd,
        "trouble": _trouble(source, at),
    }


def _trouble(source: Source, at: datetime) -> str:
    if source.state != "on":
        return ""
    if source.trouble:
        return source.trouble
    if source.kind in PUSHED:
        return ""
    since = source.last_at or source.terms_read_at
    if since and at - since > SILENT_AFTER:
        return f"It has said nothing for {clock.in_words(at - since)}."
    return ""
