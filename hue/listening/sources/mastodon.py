"""A hashtag on a Mastodon server: https://docs.joinmastodon.org/methods/timelines/#tag

Each look takes the newest page whole: what was in it and is not any more was taken back.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from hue.listening.arrival import Arrival, Haul
from hue.listening.sources.asked import NoAnswer, Question, get_json
from hue.listening.sources.file import time_of
from hue.listening.sources.markup import words

A_PAGE = 40
_NO = re.compile(r"(?i)#?no(?:bot|index|search|archive)s?\b")


def look(question: Question) -> Haul:
    tag = quote(question.query.lstrip("#"), safe="")
    page = get_json(question, f"/api/v1/timelines/tag/{tag}", limit=A_PAGE)
    if not isinstance(page, list):
        raise NoAnswer("It sends something that is no timeline.")
    found = [_arrival(status) for status in page if isinstance(status, dict)]
    arrivals = [one for one in found if one]
    # The oldest itself may share its second with one that is on the next page.
    oldest = min((one.at for one in arrivals), default=None)
    return Haul(arrivals, broken=len(page) - len(arrivals), whole_since=oldest)


def _arrival(status: Mapping[str, Any]) -> Arrival | None:
    at, id_, account = time_of(status.get("created_at")), status.get("id"), status.get("account")
    if at is None or not id_ or not isinstance(account, dict):
        return None
    return Arrival(
        str(status.get("uri") or id_)[:500],
        words(str(status.get("content") or "")),
        at,
        author=str(account.get("url") or account.get("acct") or "")[:500],
        address=str(status.get("url") or "")[:500],
        quotes=str(((status.get("quote") or {}).get("quoted_status") or {}).get("uri") or "")[:500],
        language=str(status.get("language") or "")[:12],
        indexable=status.get("visibility") == "public" and may_be_found(account),
    )


def may_be_found(account: Mapping[str, Any]) -> bool:
    """Its owner did not say, in a setting or in the profile, that they want to be left out."""
    said = words(str(account.get("note") or ""))
    refuses = account.get("noindex") is True
    hidden = account.get("discoverable") is False or account.get("indexable") is False
    return not (refuses or hidden or _NO.search(said))
