"""What training adds to the screen of a post."""

from datetime import datetime
from typing import Any

from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import beside
from hue.publishing.models import Post
from hue.training import access, queries


def asked(post: Post, officer: Officer, at: datetime) -> dict[str, Any]:
    questions = list(queries.about(post, officer))
    waits = any(question.state == "asked" for question in questions)
    may_ask = not waits and _may_ask(post, officer, at)
    return {"questions": questions, "may_ask_desk": may_ask}


def _may_ask(post: Post, officer: Officer, at: datetime) -> bool:
    try:
        access.may_ask(officer, post, at=at)
    except Refused:
        return False
    return True


def fill() -> None:
    """At start: publishing lies below, and knows nothing of questions."""
    beside.asked = asked
