"""A few posts, in words of our own."""

from hue.listening.engine import Engine, Gazetteer, Place, Post

PLACES = (
    Place("w1", "Handsworth", "ward"),
    Place("w2", "Sparkbrook", "ward"),
    Place("t1", "Reading", "town"),
    Place("t2", "Hope", "village"),
    Place("t3", "Aston", "ward"),
)
NOON = 1_313_000_000.0


def engine() -> Engine:
    return Engine(Gazetteer(PLACES))


def post(id: str, text: str, minute: float = 0, author: str = "", **more: str) -> Post:
    return Post(id, text, NOON + 60 * minute, "test", author or f"author of {id}", **more)
