"""What a source is asked with, and what may go wrong in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from hue.lib import fetch

LARGEST = 4 * 2**20
SECONDS = 20.0


class NoAnswer(Exception):
    """It did not answer, or not as its documentation says; the message says which."""


@dataclass(frozen=True)
class Question:
    """`left`: how much may still be spent this month."""

    address: str
    at: datetime
    query: str = ""
    token: str = ""
    cursor: Mapping[str, Any] = field(default_factory=dict)
    left: Decimal | None = None


def get(question: Question, path: str = "", **parameters: Any) -> bytes:
    told = {name: value for name, value in parameters.items() if value not in ("", None)}
    url = question.address.rstrip("/") + path if path else question.address
    headers = {"Authorization": f"Bearer {question.token}"} if question.token else {}
    try:
        answer = fetch.send(
            "GET",
            f"{url}?{urlencode(told)}" if told else url,
            headers=headers,
            largest=LARGEST,
            seconds=SECONDS,
        )
    except fetch.FetchFailed as failed:
        raise NoAnswer(str(failed)) from failed
    if answer.status == 429:
        raise NoAnswer("It asks for fewer looks: it is looked at again later.")
    if answer.status != 200:
        raise NoAnswer(f"It answers {answer.status} and shows nothing.")
    return answer.body


def get_json(question: Question, path: str, **parameters: Any) -> Any:
    try:
        return json.loads(get(question, path, **parameters))
    except (ValueError, RecursionError) as error:
        raise NoAnswer("It sends something that is no JSON.") from error
