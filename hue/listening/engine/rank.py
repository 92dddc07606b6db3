"""The rule by which claims are put in order. It is published: docs/explanation/listening.md.

Points are added, each with its reason; nothing is taken away from what somebody posted, and a
claim without points is last, not gone.
"""

from math import log2

from hue.listening.engine.cues import LIFE, THREAT
from hue.listening.engine.posts import Claim, Ranked

RISK = {LIFE: 40.0, THREAT: 30.0}
URGENT = {"critical": 15.0, "high": 8.0, "medium": 2.0}
EYEWITNESS, QUESTION, UNANSWERED = 5.0, 2.0, 4.0
SPREAD = 4.0  # per doubling of what is new in 15 minutes
QUIET = 2.0  # points lost for each hour without a new post, at most all but the risk's


def rank(claim: Claim, at: float) -> Ranked:
    lines = [(RISK[risk], risk) for risk in claim.risks if risk in RISK]
    lasting = sum(points for points, _ in lines)
    lines += _lively(claim)
    quiet = max(0.0, (at - claim.last_seen) / 3600)
    passing = max(0.0, sum(points for points, _ in lines) - lasting - QUIET * quiet)
    reasons = tuple(f"{words} (+{points:.0f})" for points, words in lines if points >= 0.5)
    if quiet >= 1:
        reasons += (f"nothing new for {quiet:.0f} h",)
    return Ranked(claim, round(lasting + passing, 2), reasons)


def _lively(claim: Claim) -> list[tuple[float, str]]:
    lines = []
    if points := URGENT.get(claim.urgency):
        lines.append((points, f"sounds {claim.urgency}"))
    fresh = next(growth for growth in claim.growth if growth.minutes == 15)
    if fresh.sources or fresh.texts:
        spread = SPREAD * (log2(1 + fresh.sources) + log2(1 + fresh.texts)) / 2
        lines.append(
            (
                spread,
                f"{fresh.posts} posts in 15 minutes: {fresh.texts} new texts "
                f"from {fresh.sources} new sources",
            )
        )
    if claim.eyewitnesses:
        place = " with a place" if claim.places else ""
        points = EYEWITNESS * (2 if place else 1)
        lines.append((points, f"{claim.eyewitnesses} say they see it{place}"))
    if claim.questions:
        lines.append((QUESTION * log2(1 + claim.questions), f"asked {claim.questions} times"))
    if not any(match.is_sure for match in claim.matches) and claim.posts > 1:
        lines.append((UNANSWERED, "not answered yet"))
    return lines
