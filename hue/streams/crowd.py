"""How many streams one address holds open here, so that nobody takes all the places."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network


class Crowd:
    def __init__(self, most: int) -> None:
        self._most = most
        self._here: Counter[str] = Counter()

    @contextmanager
    def place(self, address: str) -> Iterator[bool]:
        """Whether there is one left for whoever comes from `address`; it is theirs meanwhile."""
        whose = household(address)
        if self._here[whose] >= self._most:
            yield False
            return
        self._here[whose] += 1
        try:
            yield True
        finally:
            self._here[whose] -= 1
            if not self._here[whose]:
                del self._here[whose]


def household(address: str) -> str:
    """An IPv6 connection is given 2^64 addresses: all of them are one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
