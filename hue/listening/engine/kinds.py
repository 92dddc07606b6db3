"""What a post is about, and how urgent it sounds; “” where the words do not say.

Seven kinds, as research on disasters counts them, in plain words. Who wrote plays no part.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache
from zipfile import BadZipFile

from hue.listening.engine.learner import Features, Learner, features
from hue.listening.engine.own_words import kind_examples, urgency_examples
from hue.listening.engine.words import cut, plain

KINDS = (
    "people affected",
    "damage and services",
    "offers and appeals",
    "warnings and advice",
    "sympathy",
    "other news",
    "nothing to do with it",
)
URGENCIES = ("low", "medium", "high", "critical")
SURE = 0.4  # the share of the best label below which nothing is said


class UnknownLabel(ValueError):
    """A correction names a kind or an urgency that there is not; says which there are."""


class NotLearned(ValueError):
    """The bytes are not what an engine has learnt."""


@dataclass(frozen=True, slots=True)
class Told:
    kind: str
    kind_sure: float
    urgency: str
    urgency_sure: float


class Judge:
    """Kind and urgency: cold from examples of our own, warmer with every correction."""

    def __init__(self) -> None:
        self.kinds, self.urgencies = Learner(KINDS), Learner(URGENCIES)
        cold = _cold()
        self.kinds.copy(cold[0])
        self.urgencies.copy(cold[1])

    def tell(self, found: Features) -> Told:
        kind, sure = self.kinds.tell(found)
        urgency, urgent = self.urgencies.tell(found)
        return Told(
            kind if sure >= SURE else "",
            round(sure, 3),
            urgency if urgent >= SURE else "",
            round(urgent, 3),
        )

    def state(self) -> bytes:
        parts = [self.kinds.state(), self.urgencies.state()]
        return json.dumps([b64encode(part).decode() for part in parts]).encode()

    def restore(self, kept: bytes) -> None:
        """NotLearned where the bytes are not such a state."""
        try:
            kinds, urgencies = (b64decode(part) for part in json.loads(kept))
            self.kinds.restore(kinds)
            self.urgencies.restore(urgencies)
        except (ValueError, KeyError, TypeError, OSError, BadZipFile) as error:
            raise NotLearned(
                f"What was learnt cannot be read ({error}): start without it."
            ) from error

    def learn(self, found: Features, kind: str, urgency: str) -> None:
        for label, learner, known in (
            (kind, self.kinds, KINDS),
            (urgency, self.urgencies, URGENCIES),
        ):
            if label and label not in known:
                raise UnknownLabel(f"“{label}” is none of {', '.join(known)}: take one of them.")
            if label:
                learner.learn(found, label)


@cache
def _cold() -> tuple[Learner, Learner]:
    """Trained once in a process, the same way each time."""
    trained = []
    for labels, examples in ((KINDS, kind_examples()), (URGENCIES, urgency_examples())):
        learner = Learner(labels)
        read = [(features(cut(plain(text))), label) for text, label in examples]
        learner.train([found for found, _ in read], [label for _, label in read])
        trained.append(learner)
    return trained[0], trained[1]
