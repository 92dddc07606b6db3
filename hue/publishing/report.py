"""What the guard said in some weeks, what became of it, and what supervisors think of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count

from hue.guard.finding import Severity
from hue.guard.rules import RULES
from hue.lib.share import Share
from hue.publishing.models import Override, Post, Sample
from hue.publishing.sampling import moments

SAYS = {rule.id: rule.wrong for rule in RULES}
NOTHING_SAID = ""

_SPOKEN = """
    SELECT said->>'rule', said->>'severity', count(DISTINCT look.post_id)
    FROM publishing_look look
    JOIN publishing_post post ON post.id = look.post_id AND NOT post.practice
    CROSS JOIN LATERAL jsonb_array_elements(look.findings) said
    WHERE look.at >= %s AND look.at < %s
    GROUP BY 1, 2
"""
# A post with a time of its own waits for that, not for us: it counts until it was let out.
_TIMES = """
    WITH public AS (
        SELECT id, extract(epoch FROM coalesce(approved_at, published_at) - received_at) AS took
        FROM publishing_post
        WHERE NOT practice AND published_at >= %s AND published_at < %s
    ), told AS (
        SELECT DISTINCT public.id, public.took, coalesce(said->>'rule', '') AS rule
        FROM public
        LEFT JOIN publishing_look look
            ON look.post_id = public.id AND look.findings <> '[]'::jsonb
        LEFT JOIN LATERAL jsonb_array_elements(look.findings) said ON true
    )
    SELECT rule, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY took),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY took)
    FROM told GROUP BY rule
"""


@dataclass(frozen=True)
class Took:
    """From the draft's arrival until it was let out."""

    posts: int
    median: timedelta
    p90: timedelta


@dataclass
class Line:
    """One rule in the weeks asked about; each figure counts posts."""

    rule: str
    stops: int = 0
    seconds: int = 0
    advice: int = 0
    overrides: int = 0
    missed: int = 0
    for_nothing: Share = field(default_factory=lambda: Share(0, 0))  # of those judged
    took: Took | None = None

    @property
    def says(self) -> str:
        return SAYS.get(self.rule, "A rule that the guard no longer has.")

    @property
    def spoke(self) -> int:
        return self.stops + self.seconds + self.advice


@dataclass(frozen=True)
class Report:
    first: date
    after: date  # the first day that does not count any more
    lines: list[Line]
    posts: int  # that went out
    silent: Took | None  # those about which nothing was said
    missed: Share  # of the judged posts about which nothing was said
    drawn: int
    judged: int


def of_weeks(first: date, after: date) -> Report:
    """Five queries; their cost is that of the weeks. The samples are those of these weeks."""
    begins, ends = moments(first, after)
    spoken, times = _spoken(begins, ends), _times(begins, ends)
    samples = list(Sample.objects.filter(week__gte=first, week__lt=after))
    lines = _lines(spoken, _overridden(begins, ends), [one for one in samples if one.answer])
    for line in lines:
        line.took = times.get(line.rule)
    silent = [one for one in samples if one.answer and one.pile == "silent"]
    public = Post.objects.filter(practice=False, published_at__gte=begins, published_at__lt=ends)
    return Report(
        first=first,
        after=after,
        lines=sorted(lines, key=lambda line: (-line.spoke, line.rule)),
        posts=public.count(),
        silent=times.get(NOTHING_SAID),
        missed=Share(sum(one.answer == "missed" for one in silent), len(silent)),
        drawn=len(samples),
        judged=sum(bool(one.answer) for one in samples),
    )


def _lines(
    spoken: dict[tuple[str, str], int], overridden: dict[str, int], judged: list[Sample]
) -> list[Line]:
    missed = Counter(rule for one in judged if one.answer == "missed" for rule in one.rules)
    nothing = Counter(rule for one in judged if one.answer == "nothing" for rule in one.rules)
    seen = Counter(rule for one in judged for rule in one.spoke)
    rules = {*(rule for rule, _ in spoken), *overridden, *missed, *seen}
    return [
        Line(
            rule=rule,
            stops=spoken.get((rule, Severity.STOP.value), 0),
            seconds=spoken.get((rule, Severity.SECOND.value), 0),
            advice=spoken.get((rule, Severity.ADVICE.value), 0),
            overrides=overridden.get(rule, 0),
            missed=missed[rule],
            for_nothing=Share(nothing[rule], seen[rule]),
        )
        for rule in rules
    ]


def _spoken(begins: datetime, ends: datetime) -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN, [begins, ends])
        return {(rule, severity): posts for rule, severity, posts in cursor.fetchall()}


def _times(begins: datetime, ends: datetime) -> dict[str, Took]:
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, [begins, ends])
        return {
            rule: Took(posts, timedelta(seconds=float(median)), timedelta(seconds=float(p90)))
            for rule, posts, median, p90 in cursor.fetchall()
        }


def _overridden(begins: datetime, ends: datetime) -> dict[str, int]:
    let_pass = Override.objects.filter(at__gte=begins, at__lt=ends, post__practice=False)
    counted = let_pass.values_list("rule").annotate(n=Count("post", distinct=True))
    return dict(counted.order_by())
