"""How much may come from one place in a minute."""

import time
from collections import Counter

MINUTE = 60.0


class Pace:
    def __init__(self, most: int) -> None:
        self._most = most
        self._began = 0.0
        self._seen: Counter[str] = Counter()

    def takes(self, whose: str) -> bool:
        """One more, unless they had their share of this minute."""
        if time.monotonic() - self._began > MINUTE:
            self._began = time.monotonic()
            self._seen.clear()
        self._seen[whose] += 1
        return self._seen[whose] <= self._most
