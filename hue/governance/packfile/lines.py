"""On which line of a pack a key or a word stands; `tomllib` tells it only of broken syntax."""

import re

_LONG = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'')
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[=.]""")


class Lines:
    def __init__(self, text: str) -> None:
        # What several lines of words say is no key.
        hidden = _LONG.sub(lambda found: '""' + "\n" * found.group().count("\n"), text)
        self._lines = hidden.split("\n")
        self._keys: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(self._lines, 1):
            if line.lstrip().startswith("["):
                table = line.partition("]")[0].strip(" \t[")
                self._keys.setdefault((table, ""), number)
            elif key := _KEY.match(line):
                self._keys.setdefault((table, key[1] or key[2] or key[3] or ""), number)

    @property
    def last(self) -> int:
        return max(1, len(self._lines) - (not self._lines[-1]))

    def of(self, table: str, key: str = "", word: str = "") -> int:
        """Of the word after the key, else of the key, else of the table, else of the whole file."""
        places = ((table, key), (f"{table}.{key}".strip("."), ""), (table, ""))
        number = next((self._keys[one] for one in places if one in self._keys), 1)
        if word:
            after = enumerate(self._lines[number - 1 :], number)
            return next((at for at, line in after if _quoted(word) in line), number)
        return number


def _quoted(word: str) -> str:
    return f'"{word}"'
