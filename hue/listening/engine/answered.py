"""Which answered claim a post repeats: by BM25, the rarest words first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import log, sqrt

from hue.listening.engine import terms
from hue.listening.engine.posts import Answered, Match
from hue.listening.engine.terms import Tags, forms
from hue.listening.engine.words import plain

NUMBER, BEGINNING = 0.75, 0.4  # what these count, where a word counts 1: fitted on CLEF's train
SUGGESTED = 0.2  # of the mean of the share of the claim and the share of the post
COVERED, OURS = 0.5, 0.25  # of the weight of the claim's words, and of the post's: then it is sure
SHORT = 5  # words below which a match is only suggested
K1, B = 1.2, 0.75
LOOKED_AT = 2_000  # entries looked through for one text, the rarest words first
CANDIDATES = 50  # of these, between which the common words then decide
_REMEMBERED = 50_000


class _Kept:
    __slots__ = ("answered", "forms", "length", "names", "no")

    def __init__(self, answered: Answered, no: int) -> None:
        text = " ".join((answered.text, *answered.also))
        words = [word.lstrip("@#") for word in terms.cut(plain(text))]
        self.answered, self.no = answered, no
        self.names = frozenset(words)
        self.forms = Counter(form for word in words for form in forms(word))
        self.length = self.forms.total()


class Register:
    """The answered claims; asked with every new text."""

    def __init__(self, answered: Iterable[Answered] = ()) -> None:
        self._kept: dict[str, _Kept] = {}
        self._under: dict[str, dict[str, int]] = {}
        self._tags = Tags()
        self._length = 0
        self._weights: dict[str, float] = {}
        self._values: dict[str, list[tuple[str, float]]] = {}
        self._wholes: dict[str, float] = {}
        self.version = 0
        for one in answered:
            self.add(one)

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Answered]:
        return (kept.answered for kept in self._kept.values())

    def add(self, answered: Answered) -> None:
        """Under an id that is known it takes the place of what was there."""
        self.drop(answered.id)
        self._changed()
        kept = self._kept[answered.id] = _Kept(answered, self.version)
        self._length += kept.length
        self._tags.know(kept.names)
        for form, times in kept.forms.items():
            self._under.setdefault(form, {})[answered.id] = times

    def drop(self, answered: str) -> None:
        kept = self._kept.pop(answered, None)
        if kept is None:
            return
        self._changed()
        self._length -= kept.length
        self._tags.forget(kept.names)
        for form in kept.forms:
            del self._under[form][answered]
            if not self._under[form]:
                del self._under[form]

    def _changed(self) -> None:
        self.version += 1
        self._weights.clear()
        self._values.clear()
        self._wholes.clear()

    def matches(self, folded: str, most: int = 5) -> tuple[Match, ...]:
        """The best first; none that shares too little to be worth a look."""
        return tuple(self.nearest(folded, most, SUGGESTED))

    def nearest(self, folded: str, most: int = 5, least: float = 0.0) -> list[Match]:
        """The best first, by BM25; `score` says how much of both is shared."""
        if not self._kept:
            return []
        words = list(dict.fromkeys(self._tags.open(terms.cut(folded))))
        asked = list(dict.fromkeys(form for word in words for form in forms(word)))
        known = [form for form in asked if form in self._under]
        if not known:
            return []
        weight = sum(map(self._weight, asked))
        judged = ((one, *self._shares(one, known, weight)) for one in self._best(known, most))
        return [
            self._match(one, words, covered, ours)
            for one, covered, ours in judged
            if sqrt(covered * ours) >= least
        ]

    def _best(self, known: list[str], most: int) -> list[str]:
        """Of equals the one known longest."""
        scores: dict[str, float] = {}
        known = sorted(known, key=lambda form: len(self._under[form]))
        left = LOOKED_AT
        for at, form in enumerate(known):
            left -= len(self._under[form])
            if left < 0 and scores:
                scores = self._narrowed(scores, known[at:])
                break
            for one, value in self._valued(form):
                scores[one] = scores.get(one, 0.0) + value
        return nlargest(most, scores, key=lambda one: (scores[one], -self._kept[one].no))

    def _narrowed(self, scores: dict[str, float], common: Sequence[str]) -> dict[str, float]:
        """The best by rare words, with what the common words add to each."""
        return {
            one: scores[one] + sum(self._value(form, one) for form in common)
            for one in nlargest(CANDIDATES, scores, key=scores.__getitem__)
        }

    def _valued(self, form: str) -> list[tuple[str, float]]:
        """What the form adds to each claim that has it; kept until the register changes."""
        values = self._values.get(form)
        if values is None:
            values = [(one, self._value(form, one)) for one in self._under[form]]
            self._values[form] = values
        return values

    def _value(self, form: str, one: str) -> float:
        times = self._under[form].get(one, 0)
        length = self._kept[one].length * len(self._kept) / self._length
        return self._weight(form) * times * (K1 + 1) / (times + K1 * (1 - B + B * length))

    def _weight(self, form: str) -> float:
        """Much where few claims have it."""
        weight = self._weights.get(form)
        if weight is None:
            known = len(self._under.get(form, ()))
            weight = log(1 + (len(self._kept) - known + 0.5) / (known + 0.5))
            word = form.removesuffix("*")
            weight *= (BEGINNING if word != form else 1) * (NUMBER if word.isdecimal() else 1)
            if len(self._weights) >= _REMEMBERED:
                self._weights.clear()
            self._weights[form] = weight
        return weight

    def _shares(self, one: str, known: list[str], weight: float) -> tuple[float, float]:
        """How much of the claim the post covers, and how much of the post that is."""
        theirs = self._kept[one].forms
        both = sum(self._weight(form) for form in known if form in theirs)
        whole = self._wholes.get(one)
        if whole is None:
            whole = self._wholes[one] = sum(map(self._weight, theirs))
        return both / whole, both / weight

    def _match(self, one: str, words: list[str], covered: float, ours: float) -> Match:
        kept = self._kept[one]
        shared = [word for word in words if any(form in kept.forms for form in forms(word))]
        is_long = sum(map(bool, map(forms, words))) >= SHORT
        is_sure = is_long and covered >= COVERED and ours >= OURS
        why = "shares " + ", ".join(f"“{word}”" for word in shared[:6])
        return Match(one, round(sqrt(covered * ours), 4), is_sure, why)
