"""Which incident a row is, so that reading the same file again changes nothing."""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

KEY_BYTES = 16


class Keys:
    """Keys of the rows of one file, in the order of the file.

    police.uk files hold rows that read exactly alike and are different incidents: the second one
    of its like gets another key than the first, and the same one when the file is read again.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def key(self, identity: Sequence[str]) -> bytes:
        alike = digest(identity)
        self._seen[alike] += 1
        return digest([alike.hex(), str(self._seen[alike])])


def digest(parts: Sequence[str]) -> bytes:
    # Lengths first: ("ab", "c") and ("a", "bc") must differ.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(whole.encode(), digest_size=KEY_BYTES).digest()
