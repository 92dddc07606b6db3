"""What is kept of texts and claims while the window is open; small, for there are many."""

from array import array
from dataclasses import dataclass, field

from hue.listening.engine.posts import Growth, Match

SPANS = (5, 15, 60)  # minutes over which growth is told
MOST_SOURCES = 50_000  # told apart in one claim; beyond that the count is “at least”
_ROW = 4  # minute, posts, new texts, new sources


@dataclass(slots=True)
class Text:
    """One of the different ways in which a claim is said; copies are counted, not kept."""

    no: int
    claim: int
    post: str
    words: str
    copy: int
    last: float


@dataclass(slots=True)
class Group:
    """A claim. `seen` counts its posts by what was found in them: ("place", its id) and so on."""

    no: int
    story: int
    words: str
    post: str
    first: float
    last: float
    texts: list[int] = field(default_factory=list)
    posts: int = 0
    different: int = 0
    sources: set[int] | int = -1  # the only one, until there is a second
    minutes: "array[int]" = field(default_factory=lambda: array("q"))
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    settled: tuple[str, str] = ("", "")  # kind and urgency, where a person has said them
    matches: tuple[Match, ...] = ()
    asked: int = -1  # the state of the register when `matches` was looked up

    def count(self, at: float, author: int, is_new: bool, signs: list[tuple[str, str]]) -> None:
        self.posts += 1
        self.different += is_new
        self.last = max(self.last, at)
        self._count_minute(at, int(is_new), int(self._is_new_source(author)))
        for sign in signs:
            self.seen[sign] = self.seen.get(sign, 0) + 1

    def settle(self, kind: str, urgency: str) -> None:
        """A person has said what it is: that holds for all its posts, and for those to come."""
        self.settled = (kind or self.settled[0], urgency or self.settled[1])
        for what, name in (("kind", kind), ("urgency", urgency)):
            if name:
                for other in self.of(what):
                    del self.seen[what, other]
                self.seen[what, name] = self.posts

    def source_count(self) -> int:
        return len(self.sources) if isinstance(self.sources, set) else int(self.sources >= 0)

    def of(self, kind: str) -> dict[str, int]:
        return {name: times for (what, name), times in self.seen.items() if what == kind}

    def growth(self, at: float) -> tuple[Growth, ...]:
        now = int(at // 60)
        return tuple(self._within(now, span) for span in SPANS)

    def _is_new_source(self, author: int) -> bool:
        if isinstance(self.sources, set):
            if author in self.sources or len(self.sources) >= MOST_SOURCES:
                return False
            self.sources.add(author)
            return True
        if self.sources == author:
            return False
        self.sources = author if self.sources < 0 else {self.sources, author}
        return True

    def _count_minute(self, at: float, texts: int, sources: int) -> None:
        minute, rows = int(at // 60), self.minutes
        for start in range(len(rows) - _ROW, -1, -_ROW):
            if rows[start] == minute:
                break
        else:
            start = len(rows)
            rows.extend((minute, 0, 0, 0))
            while rows[0] <= minute - SPANS[-1]:
                del rows[:_ROW]
                start -= _ROW
        rows[start + 1] += 1
        rows[start + 2] += texts
        rows[start + 3] += sources

    def _within(self, now: int, span: int) -> Growth:
        rows = [
            self.minutes[start : start + _ROW]
            for start in range(0, len(self.minutes), _ROW)
            if now - span < self.minutes[start] <= now
        ]
        return Growth(span, *(sum(row[place] for row in rows) for place in (1, 2, 3)))
