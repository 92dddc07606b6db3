"""What a post is about, and how urgent it sounds; “” where the words do not say.

Seven kinds, as research on disasters counts them, in plain words. Who wrote plays no part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from zipfile import BadZipFile

from hue.listening.engine.learner import Learner
from hue.listening.engine.own_words import kind_examples, urgency_examples
from hue.listening.engine.words import cut, plain
from hue.listening.labels import KINDS, URGENCIES

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

    def settled(self, kind: str, urgency: str) -> "Told":
        """What a person has said of the claim goes before what the words say."""
        if not kind and not urgency:
            return self
        kind_sure = 1.0 if kind else self.kind_sure
        return replace(
            self,
            kind=kind or self.kind,
            kind_sure=kind_sure,
            urgency=urgency or self.urgency,
        )


class Judge:
    """Kind and urgency: cold from examples of our own, warmer with every correction."""

    def __init__(self) -> None:
        self._learner = Learner(KINDS, URGENCIES)
        self._learner.copy(_cold())

    def tell(self, words: Sequence[str]) -> Told:
        (kind, sure), (urgency, urgent) = self._learner.tell(words)
        return Told(
            kind if sure >= SURE else "",
            round(sure, 3),
            urgency if urgent >= SURE else "",
        )

    def likeliest(self, words: Sequence[str]) -> tuple[str, str]:
        """Kind and urgency though nothing be sure."""
        kind, urgency = self._learner.tell(words)
        return kind[0], urgency[0]

    def state(self) -> bytes:
        return self._learner.state()

    def restore(self, kept: bytes) -> None:
        """NotLearned where the bytes are not such a state."""
        try:
            self._learner.restore(kept)
        except (
            ValueError,
            KeyError,
            TypeError,
            IndexError,
            EOFError,
            OSError,
            BadZipFile,
        ) as error:
            raise NotLearned(
                f"What was learnt cannot be read ({error}): start without it."
            ) from error

    def learn(self, words: Sequence[str], kind: str, urgency: str) -> None:
        for which, label in enumerate((kind, urgency)):
            known = (KINDS, URGENCIES)[which]
            if label and label not in known:
                raise UnknownLabel(f"“{label}” is none of {', '.join(known)}: take one of them.")
        for which, label in enumerate((kind, urgency)):
            if label:
                self._learner.learn(which, words, label)


@cache
def _cold() -> Learner:
    """Trained once in a process, the same way each time."""
    learner = Learner(KINDS, URGENCIES)
    sets = [
        [(cut(plain(text)), label) for text, label in examples]
        for examples in (kind_examples(), urgency_examples())
    ]
    learner.weigh([words for examples in sets for words, _ in examples])
    for which, examples in enumerate(sets):
        learner.train(which, [words for words, _ in examples], [label for _, label in examples])
    return learner
