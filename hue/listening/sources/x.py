"""Recent search on X: https://docs.x.com/x-api/posts/search-recent-posts

It bills each post that it shows, so a look asks for no more than the month's cap still pays for.
"""

from decimal import Decimal
from typing import Any

from hue.listening.arrival import Arrival, Haul
from hue.listening.sources.asked import NoAnswer, Question, get_json
from hue.listening.sources.file import time_of

HOME = "https://api.x.com"
PRICE = Decimal("0.005")  # US dollars for a post that is shown
FEWEST, MOST = 10, 100  # what one look may ask for
FIELDS = "created_at,lang,author_id,referenced_tweets"


def look(question: Question) -> Haul:
    affordable = int((question.left or Decimal(0)) / PRICE)
    if affordable < FEWEST:
        raise NoAnswer("This month's cap is reached: raise it, or wait for the next month.")
    told = get_json(
        question,
        "/2/tweets/search/recent",
        query=f"{question.query} -is:retweet",
        max_results=min(MOST, affordable),
        since_id=str(question.cursor.get("since_id", "")),
        **{"tweet.fields": FIELDS},
    )
    if not isinstance(told, dict):
        raise NoAnswer("It sends something that is no search.")
    return read(told)


def read(told: dict[str, Any]) -> Haul:
    rows = told.get("data") or []
    found = [_arrival(row) for row in rows]
    newest = (told.get("meta") or {}).get("newest_id")
    return Haul(
        [one for one in found if one],
        cursor={"since_id": newest} if newest else {},
        broken=found.count(None),
        cost=PRICE * len(rows),
    )


def _arrival(row: Any) -> Arrival | None:
    at = time_of(row.get("created_at")) if isinstance(row, dict) else None
    if at is None or not row.get("id"):
        return None
    others = {one.get("type"): one.get("id", "") for one in row.get("referenced_tweets") or []}
    return Arrival(
        str(row["id"]),
        str(row.get("text") or ""),
        at,
        author=str(row.get("author_id") or ""),
        address=f"https://x.com/i/status/{row['id']}",
        reshare_of=str(others.get("retweeted", "")),
        quotes=str(others.get("quoted", "")),
        language=str(row.get("lang") or "")[:12],
    )
