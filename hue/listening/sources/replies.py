"""Public replies on the fediverse to what we said ourselves; nothing that was meant for one."""

from datetime import datetime

from django.db.models import Q

from hue.fediverse.models import Reply
from hue.listening.arrival import Arrival, Haul
from hue.listening.sources.asked import Question
from hue.listening.sources.markup import words

MOST = 1_000


def look(question: Question) -> Haul:
    after, since = question.cursor.get("after", 0), question.cursor.get("since")
    came = Reply.objects.filter(pk__gt=after, public=True).select_related("stranger")
    new = list(came.order_by("pk")[:MOST])
    gone = _taken_back(datetime.fromisoformat(since)) if since else []
    return Haul(
        [_arrival(reply) for reply in new if reply.gone_at is None],
        deleted=gone,
        cursor={"after": new[-1].pk if new else after, "since": question.at.isoformat()},
    )


def _taken_back(since: datetime) -> list[str]:
    """Gone, or said in other words since then."""
    moved = Reply.objects.filter(Q(gone_at__gte=since) | Q(changed_at__gte=since))
    return list(moved.values_list("uri", flat=True))


def _arrival(reply: Reply) -> Arrival:
    return Arrival(
        reply.uri,
        words(reply.html),
        reply.at,
        author=reply.stranger.uri,
        address=reply.uri,
        reshare_of="",
    )
