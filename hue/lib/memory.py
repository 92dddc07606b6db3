"""What the C library keeps of freed memory: by default a pool for each thread, given back never."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # malloc.h of glibc; other libraries have no such pools


def few_pools() -> None:
    """Before threads begin. Pages, cards and deliveries are made in turns by threads of one
    process: what one has freed the next may use."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, 2)


def give_back() -> None:
    """What is free goes back to the machine, before something else that is large begins."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
