"""Our own labelled set of places: 500 posts, every word of them made up for it."""

import json
from pathlib import Path

from hue.lib.share import Share
from hue.listening.engine import Gazetteer, Place
from hue.listening.engine.words import plain

SETS = Path(__file__).resolve().parents[3] / "tests" / "listening" / "engine" / "sets"


def found(part: str, *, is_mixed: bool) -> tuple[Share, Share]:
    """Precision and recall over places, of "tuning" or "reporting"."""
    gazetteer = Gazetteer(
        Place(row["name"], row["name"], row["kind"], tuple(row["aliases"]))
        for row in json.loads((SETS / "places.json").read_text(encoding="utf-8"))
    )
    hits = named = wanted = 0
    for line in (SETS / f"places-{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("mixed", False) is is_mixed:
            told = {one.place.id for one in gazetteer.find(plain(row["text"]), row["text"])}
            hits += len(told & set(row["places"]))
            named += len(told)
            wanted += len(row["places"])
    return Share(hits, named), Share(hits, wanted)
