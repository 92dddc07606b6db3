"""What these tests begin with."""

from tests.fediverse.door import door  # noqa: F401
from tests.fediverse.neighbour import neighbour  # noqa: F401
