"""Posts that say the same, inside posts about the same happening: two nested groupings in one pass.

A text joins the claim of the text it is most like, if alike enough; else it opens a claim, inside
the story of that text if there is one, else inside a story of its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from hue.listening.engine.groups import Group, Text
from hue.listening.engine.index import Index, Near
from hue.listening.engine.words import Words, pairs, plain

SAME_TEXT = 0.6  # a copy with small changes
SAME_PAIRS = 0.33  # of a copy, in the same order
SAME_CLAIM = 0.40
SAME_STORY = 0.22
FEW_WORDS = 3  # below that only a copy is the same claim
ROOM = 80_000  # different texts kept at once, whatever comes in
KEPT = 500  # characters of a text that are kept to be shown
HOUR = 3600.0


class Joined(NamedTuple):
    group: Group
    text: Text
    is_new: bool  # a text not seen before in this window
    reason: str


class Claims:
    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.index = Index()
        self.texts: dict[int, Text] = {}
        self.groups: dict[int, Group] = {}
        self.stories: dict[int, list[int]] = {}
        self.next = 1
        self.copies: dict[int, int] = {}
        self.hours: dict[int, list[int]] = {}
        self.busy: dict[int, None] = {}
        self.with_risk: dict[int, None] = {}

    def copy_of(self, words: Words) -> Text | None:
        no = self.copies.get(words.copy)
        return None if no is None else self.texts[no]

    def join(
        self, post: str, text: str, words: Words, at: float, quoted: Text | None = None
    ) -> Joined:
        """`quoted`: the text that the post quotes; what has no other story shares its story."""
        near = self.index.nearest(words.said) if words.said else []
        best = near[0] if near else None
        if best and best.alike >= SAME_TEXT and self._is_copy(words, best):
            known = self.texts[best.no]
            return Joined(self.groups[known.claim], known, False, "a copy with small changes")
        group, reason = self._group_for(words, best, quoted, post, text, at)
        new = Text(0, group.no, post, text[:KEPT], words.copy, at)
        return Joined(group, self._keep(new, group, words), True, reason)

    def touch(self, joined: Joined, at: float, *, has_risk: bool) -> None:
        text, group = joined.text, joined.group
        text.last = max(text.last, at)
        if group.posts:
            self.busy.pop(group.no, None)
            self.busy[group.no] = None
        if has_risk:
            self.with_risk.pop(group.no, None)
            self.with_risk[group.no] = None

    def lately(self) -> Iterator[Group]:
        """The claim said last first; those of one post after all with more."""
        for no in reversed(self.busy):
            yield self.groups[no]
        for no in reversed(self.groups):
            if no not in self.busy:
                yield self.groups[no]

    def forget(self, before: float) -> None:
        """Texts that nobody has sent since; a claim goes with its last text."""
        for hour in [hour for hour in self.hours if (hour + 1) * HOUR <= before]:
            for no in self.hours.pop(hour):
                text = self.texts.get(no)
                if text is None:
                    continue
                if text.last < before:
                    self._drop(text)
                else:
                    self.hours.setdefault(int(text.last // HOUR), []).append(no)

    def _group_for(
        self, words: Words, best: Near | None, quoted: Text | None, post: str, text: str, at: float
    ) -> tuple[Group, str]:
        if best and best.alike >= SAME_CLAIM and len(words.said) >= FEW_WORDS:
            group = self.groups[self.texts[best.no].claim]
            return group, f"says what “{group.words[:60]}” says ({best.alike:.2f})"
        story = 0
        if best and best.alike >= SAME_STORY and len(best.shared) >= 2:
            story = self.groups[self.texts[best.no].claim].story
        elif quoted:
            story = self.groups[quoted.claim].story
        group = Group(self.next, story or self.next, text[:KEPT], post, at, at)
        self.groups[group.no] = group
        self.stories.setdefault(group.story, []).append(group.no)
        return group, "about the same happening as others" if story else "new"

    def _keep(self, text: Text, group: Group, words: Words) -> Text:
        text.no = self.next
        self.next += 1
        self.texts[text.no] = text
        self.copies[text.copy] = text.no
        group.texts.append(text.no)
        self.index.add(text.no, words.said)
        self.hours.setdefault(int(text.last // HOUR), []).append(text.no)
        if len(self.texts) > self.room:
            self._make_room()
        return text

    def _make_room(self) -> None:
        """A twentieth goes, of the oldest hour, unless it was said again since."""
        oldest = min(self.hours)
        first, rest = (hour := self.hours.pop(oldest))[: self.room // 20], hour[self.room // 20 :]
        if rest:
            self.hours[oldest] = rest
        for no in first:
            if text := self.texts.get(no):
                if (hour_now := int(text.last // HOUR)) > oldest:
                    self.hours.setdefault(hour_now, []).append(no)
                else:
                    self._drop(text)

    def _drop(self, text: Text) -> None:
        del self.texts[text.no]
        if self.copies.get(text.copy) == text.no:
            del self.copies[text.copy]
        self.index.drop(text.no)
        group = self.groups[text.claim]
        group.texts.remove(text.no)
        if not group.texts:
            del self.groups[group.no]
            self.busy.pop(group.no, None)
            self.with_risk.pop(group.no, None)
            claims = self.stories[group.story]
            claims.remove(group.no)
            if not claims:
                del self.stories[group.story]

    def _is_copy(self, words: Words, near: Near) -> bool:
        ours, theirs = pairs(words.plain[:KEPT]), pairs(plain(self.texts[near.no].words))
        return len(ours & theirs) >= SAME_PAIRS * len(ours | theirs)
