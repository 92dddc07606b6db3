"""What is kept, told as what others may hold: claims and stories as they stand at a moment."""

from collections import Counter
from collections.abc import Iterable

from hue.listening.engine.groups import SPANS, Group
from hue.listening.engine.posts import Claim, Growth, Story
from hue.listening.labels import URGENCIES

SHARE = 0.25  # of a claim's posts, before it as a whole is called urgent


def claim(group: Group, at: float) -> Claim:
    return Claim(
        id=f"c{group.no}",
        story=f"s{group.story}",
        text=group.words,
        first_post=group.post,
        first_seen=group.first,
        last_seen=group.last,
        posts=group.posts,
        texts=group.different,
        sources=group.source_count(),
        growth=group.growth(at),
        places=group.of("place"),
        kinds=group.of("kind"),
        urgency=_urgency(group),
        risks=tuple(group.of("risk")),
        questions=group.seen.get(("sign", "question"), 0),
        eyewitnesses=group.seen.get(("sign", "eyewitness"), 0),
        matches=group.matches,
    )


def story(groups: Iterable[Group], at: float) -> Story:
    claims = sorted((claim(group, at) for group in groups), key=lambda one: (-one.posts, one.id))
    return Story(
        id=claims[0].story,
        text=claims[0].text,
        claims=tuple(one.id for one in claims),
        first_seen=min(one.first_seen for one in claims),
        last_seen=max(one.last_seen for one in claims),
        posts=sum(one.posts for one in claims),
        texts=sum(one.texts for one in claims),
        growth=tuple(_sum(span, claims) for span in SPANS),
        places=_added(one.places for one in claims),
        kinds=_added(one.kinds for one in claims),
    )


def _sum(span: int, claims: list[Claim]) -> Growth:
    rows = [growth for one in claims for growth in one.growth if growth.minutes == span]
    return Growth(
        span,
        sum(row.posts for row in rows),
        sum(row.texts for row in rows),
        sum(row.sources for row in rows),
    )


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    return dict(whole)


def _urgency(group: Group) -> str:
    """The highest that a quarter of the posts, or more, sound like."""
    told = group.of("urgency")
    enough = [level for level in reversed(URGENCIES) if told.get(level, 0) >= SHARE * group.posts]
    return enough[0] if enough else ""
