"""What time it is, by the posts themselves; and which posts were taken already.

A source may be late or wrong. Late posts count when they say they were sent; one that claims to
come from days ahead is timed “now”, until a second author says the same.
"""

from array import array
from math import isfinite

AHEAD = 86_400.0  # a leap of the time that one author alone cannot make
HOUR = 3600.0


class Times:
    def __init__(self, window: float) -> None:
        self.now = 0.0
        self.window = window
        self.ahead: tuple[float, int] = (0.0, 0)
        self.turned = 0
        self.texts: dict[int, int] = {}
        self.hours: dict[int, array[int]] = {}

    def take(self, at: float, author: int) -> tuple[float, str]:
        """The time to reckon with, and why it is not the one given."""
        if not isfinite(at) or at < 0:
            return self.now, "its time cannot be read: taken as now"
        if self.now and at > self.now + AHEAD and not self._is_agreed(at, author):
            return self.now, "its time lies more than a day ahead: taken as now"
        if at < self.now - self.window:
            return self.now - self.window, "older than the window: counted at its beginning"
        self.now = max(self.now, at)
        return at, ""

    def _is_agreed(self, at: float, author: int) -> bool:
        first, who = self.ahead
        self.ahead = (at, author)
        return abs(at - first) <= HOUR and who != author

    def text_of(self, key: int) -> int:
        """The number of the text of a post taken before, or 0."""
        return self.texts.get(key, 0)

    def note(self, key: int, text: int, at: float) -> None:
        self.texts[key] = text
        hour = int(at // HOUR)
        keys = self.hours.get(hour)
        if keys is None:
            keys = self.hours[hour] = array("Q")
        keys.append(key)

    def is_new_hour(self) -> bool:
        """True once an hour: time to forget what the window has left behind."""
        hour = int(self.now // HOUR)
        is_new, self.turned = hour > self.turned, max(hour, self.turned)
        return is_new

    def forget(self, before: float) -> None:
        for hour in [hour for hour in self.hours if (hour + 1) * HOUR <= before]:
            for key in self.hours.pop(hour):
                self.texts.pop(key, None)
