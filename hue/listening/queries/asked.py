"""What the public sent in: how much, and what answers it already."""

import re
import unicodedata
from datetime import datetime, timedelta

from hue.listening.models import Asked, Challenge, Rumour

HOUR = timedelta(hours=1)
# As static/listening/rumours.js has it: the same words lead to the same answers.
_SMALL = """
the a an and or of in on at to is are was were be been it its this that there they them he she we
you i my our your for from by with not no so as if has have had do does did just now about what who
when where why how
"""
COMMON = frozenset(_SMALL.split())
ENOUGH = 0.34
MOST = 5


def sent(*, source: str = "", since: datetime) -> int:
    """How many came in since then, from one source or from all."""
    both = (Asked.objects.filter(at__gte=since), Challenge.objects.filter(at__gte=since))
    return sum((rows.filter(source=source) if source else rows).count() for rows in both)


def waiting(*, since: datetime) -> int:
    return (
        Asked.objects.filter(state="waiting", at__gte=since).count()
        + Challenge.objects.filter(state="open", at__gte=since).count()
    )


def tokens(text: str) -> list[str]:
    """The words that tell one claim from another, cut so that "burning" meets "burned"."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    found = re.findall(r"[^\W_]+", plain)
    kept = [word for word in found if len(word) > 1 and word not in COMMON]
    return list(dict.fromkeys(word[:5] for word in kept))


def matching(words: str, *, public: bool = True) -> list[Rumour]:
    """Claims that share enough words with what was pasted, the best first; to strangers only those
    that are public."""
    pasted = set(tokens(words))
    if not pasted:
        return []
    scored = []
    for rumour in Rumour.objects.listed() if public else Rumour.objects.standing():
        if (score := likeness(pasted, rumour)) >= ENOUGH:
            scored.append((score, rumour))
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [rumour for _, rumour in scored[:MOST]]


def likeness(pasted: set[str], rumour: Rumour) -> float:
    """The share of a claim's words, or of its question's, that stand in what was pasted.

    One word in common is chance, unless the claim has no more.
    """
    best = 0.0
    for text in (rumour.claim, rumour.question):
        own = tokens(text)
        common = sum(word in pasted for word in own)
        if own and (common > 1 or len(own) == 1 or len(pasted) == 1):
            best = max(best, common / len(own))
    return best
