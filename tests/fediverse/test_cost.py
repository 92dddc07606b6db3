"""What an open account costs the one who publishes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hue.fediverse import actions
from tests.cast import NOON, Cast
from tests.fediverse.elsewhere import follow
from tests.publishing.public import say


def _asked(cast: Cast, words: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        say(cast, words, neighbourhood=cast.kings_heath)
    return len(queries)


def test_an_open_account_adds_seven_queries_whatever_the_followers(cast: Cast) -> None:
    """Whether an alert stands on it, its number in the outbox, its pictures, the note, who shares
    it, the activity, whether the job waits."""
    say(cast, "The first one of the day.")
    closed = _asked(cast, "All calm at the market.")
    actor = actions.open_account(by=cast.comms, at=NOON, kind="force", key="", name="police")
    say(cast, "The first one elsewhere.")
    assert _asked(cast, "Still calm at the market.") == closed + 7
    for number in range(30):
        follow(actor, f"https://h{number}.example")
    assert _asked(cast, "As calm as ever at the market.") == closed + 7
