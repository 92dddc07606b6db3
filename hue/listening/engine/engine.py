"""The engine: a post goes in, a reading with reasons comes out.

It has no clock, no network and no chance: the same posts in the same order give the same answers.
What it keeps is bounded by its window of time and by a number of texts.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from hue.listening.engine import state, view
from hue.listening.engine.answered import Register
from hue.listening.engine.claims import Claims, Joined
from hue.listening.engine.cues import Cues, cues
from hue.listening.engine.groups import Group, Text
from hue.listening.engine.kinds import Judge, Told
from hue.listening.engine.language import language
from hue.listening.engine.learner import MOST_WORDS
from hue.listening.engine.places import Gazetteer
from hue.listening.engine.posts import Answered, Claim, Match, Post, Ranked, Reading, Story
from hue.listening.engine.rank import rank
from hue.listening.engine.times import Times
from hue.listening.engine.words import READ, Words, cut, fingerprint, plain, read

WEEK = 7 * 86400.0
_REMEMBERED = 8_000  # texts whose reading is looked up when they come again
_SHORT = 2_000  # characters of those
_RANKED = 5_000  # claims weighed at once: those said last, and as many with a risk


class _Looked(NamedTuple):
    """All that can be said of a text by itself, once for all its copies."""

    words: Words
    language: str
    cues: Cues
    places: tuple[str, ...]
    place_reasons: tuple[str, ...]
    risks: tuple[str, ...]
    reasons: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]


class Engine:
    def __init__(
        self,
        gazetteer: Gazetteer,
        answered: Iterable[Answered] = (),
        window: float = WEEK,
        learned: bytes | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._window = window
        self._register = Register(answered)
        self._claims = Claims()
        self._times = Times(window)
        self._judge = Judge()
        if learned is not None:
            self._judge.restore(learned)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._look_at)
        self._told: dict[tuple[str, ...], Told] = {}

    def take(self, post: Post) -> Reading:
        looked = self._look(post.text)
        author = fingerprint(post.author or f"? {post.source}")
        at, trouble = self._times.take(post.at, author)
        key = fingerprint(post.id)
        known = self._claims.texts.get(self._times.text_of(key))
        if known:
            group = self._claims.groups[known.claim]
            joined = Joined(group, known, False, "this post was taken before, and is counted once")
        else:
            joined = self._join(post, looked, at)
            self._times.note(key, joined.text.no, at)
        told = self._tell(looked.words.words).settled(*joined.group.settled)
        if not known:
            joined.group.count(at, author, joined.is_new, _with_told(looked.signs, told))
        matches = self._matches(joined, looked)
        if self._times.is_new_hour():
            self.forget(self._times.now - self._window)
        return _reading(post, joined, looked, told, matches, trouble)

    def answer(self, answered: Answered) -> None:
        """From now on posts are compared with it; under a known id it replaces what was there."""
        self._register.add(answered)

    def withdraw(self, answered: str) -> None:
        self._register.drop(answered)

    def correct(self, what: str, *, kind: str = "", urgency: str = "") -> None:
        """`what` is the id of a post in the window, or a text. The next post like it is told
        by it, and the claim it belongs to is what it was corrected to."""
        text = self._text_of(what)
        words = text.words if text else what
        self._judge.learn(cut(plain(words)[:READ]), kind, urgency)
        self._told.clear()
        if text:
            self._claims.groups[text.claim].settle(kind, urgency)

    def ranked(self, at: float, limit: int) -> list[Ranked]:
        """By the published rule, the highest first."""
        groups = dict.fromkeys(group.no for group in islice(self._claims.lately(), _RANKED))
        groups |= dict.fromkeys(islice(reversed(self._claims.with_risk), _RANKED))
        lines = (rank(self._view(self._claims.groups[no], at), at) for no in groups)
        return nsmallest(
            limit, lines, key=lambda one: (-one.score, -one.claim.last_seen, one.claim.id)
        )

    def claim(self, id: str, at: float | None = None) -> Claim | None:
        group = self._claims.groups.get(_number(id, "c"))
        return self._view(group, self._times.now if at is None else at) if group else None

    def story(self, id: str, at: float | None = None) -> Story | None:
        claims = self._claims.stories.get(_number(id, "s"))
        if not claims:
            return None
        groups = (self._claims.groups[no] for no in claims)
        return view.story(groups, self._times.now if at is None else at)

    def claims(self) -> Iterator[str]:
        """Ids of all claims in the window, the oldest first."""
        return (f"c{no}" for no in self._claims.groups)

    def forget(self, before: float) -> None:
        """All that nobody has said since."""
        self._claims.forget(before)
        self._times.forget(before)

    def learned(self) -> bytes:
        """What corrections have taught; for the next engine."""
        return self._judge.state()

    def state(self) -> bytes:
        return state.write(self._claims, self._times, self._register, self._judge, self._window)

    @classmethod
    def restore(cls, kept: bytes, gazetteer: Gazetteer) -> "Engine":
        """BadState where the bytes are not a whole state of this version."""
        engine = cls(gazetteer)
        engine._window = state.read(
            kept, engine._claims, engine._times, engine._register, engine._judge
        )
        return engine

    def _look(self, text: str) -> _Looked:
        return self._remembered(text) if len(text) <= _SHORT else self._look_at(text)

    def _look_at(self, text: str) -> _Looked:
        folded = plain(text)
        found = cues(folded)  # first of all, and in all of the text
        start = folded[:READ]
        words = read(start)
        places = self._gazetteer.find(start, text[:READ])
        ids = tuple([one.place.id for one in places])
        risks = tuple(dict.fromkeys([kind for kind, _ in found.risks]))
        return _Looked(
            words,
            language(start, words.words),
            found,
            places=ids,
            place_reasons=tuple([one.reason for one in places]),
            risks=risks,
            reasons=tuple(_reasons(text, found)),
            signs=tuple(_signs(ids, risks, found)),
        )

    def _tell(self, words: tuple[str, ...]) -> Told:
        """Looked up where the same words were told since the last correction."""
        told = self._told.get(words)
        if told is None:
            told = self._judge.tell(words)
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            if len(words) <= MOST_WORDS:
                self._told[words] = told
        return told

    def _join(self, post: Post, looked: _Looked, at: float) -> Joined:
        text, reason = None, ""
        if post.reshare_of:
            text, reason = self._text_of(post.reshare_of), "reshares it"
        if text is None and (text := self._claims.copy_of(looked.words)):
            reason = "the same words"
        if text is not None:
            joined = Joined(self._claims.groups[text.claim], text, False, reason)
        else:
            quoted = self._text_of(post.quotes) if post.quotes else None
            joined = self._claims.join(post.id, post.text, looked.words, at, quoted)
        self._claims.touch(joined, at, has_risk=bool(looked.cues.risks))
        return joined

    def _text_of(self, post: str) -> Text | None:
        return self._claims.texts.get(self._times.text_of(fingerprint(post)))

    def _matches(self, joined: Joined, looked: _Looked) -> tuple[Match, ...]:
        group = joined.group
        if joined.is_new:
            own = self._register.matches(looked.words.plain)
            if group.different == 1:
                group.matches, group.asked = own, self._register.version
            return own
        return self._asked(group)

    def _asked(self, group: Group) -> tuple[Match, ...]:
        if group.asked != self._register.version:
            group.matches = self._register.matches(plain(group.words))
            group.asked = self._register.version
        return group.matches

    def _view(self, group: Group, at: float) -> Claim:
        self._asked(group)
        return view.claim(group, at)


def _number(id: str, letter: str) -> int:
    return int(id[1:]) if id[:1] == letter and id[1:].isdecimal() else 0


def _signs(places: Iterable[str], risks: Iterable[str], found: Cues) -> Iterator[tuple[str, str]]:
    yield from (_sign("place", id) for id in places)
    yield from (_sign("risk", kind) for kind in risks)
    if found.questions:
        yield _sign("sign", "question")
    if found.eyewitness:
        yield _sign("sign", "eyewitness")


def _with_told(signs: tuple[tuple[str, str], ...], told: Told) -> list[tuple[str, str]]:
    whole = (("kind", told.kind), ("urgency", told.urgency))
    return [*signs, *(_sign(what, name) for what, name in whole if name)]


@lru_cache(maxsize=10_000)
def _sign(what: str, name: str) -> tuple[str, str]:
    """Each sign once, however many claims have it."""
    return what, name


def _reasons(text: str, found: Cues) -> Iterator[str]:
    for kind, phrase in found.risks:
        yield f"{kind}: “{phrase}”"
    if len(text) > READ:
        yield f"{len(text):,} characters: beyond {READ:,} only risks are looked for"


def _reading(
    post: Post,
    joined: Joined,
    looked: _Looked,
    told: Told,
    matches: tuple[Match, ...],
    trouble: str,
) -> Reading:
    return Reading(
        id=post.id,
        duplicate_of="" if joined.is_new else joined.text.post,
        claim=f"c{joined.group.no}",
        story=f"s{joined.group.story}",
        places=looked.places,
        place_reasons=looked.place_reasons,
        language=post.language or looked.language,
        risks=looked.risks,
        kind=told.kind,
        kind_sure=told.kind_sure,
        urgency=told.urgency,
        questions=looked.cues.questions,
        eyewitness=looked.cues.eyewitness,
        matches=matches,
        reasons=(joined.reason, *((trouble,) if trouble else ()), *looked.reasons),
    )
