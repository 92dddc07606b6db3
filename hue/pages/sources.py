"""Where public pages come from: each room registers what it can render, as Django sitemaps."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from django.contrib.sitemaps import Sitemap

REGISTRY: dict[str, "PageSource"] = {}


class File(NamedTuple):
    """A public file: its path below the public root, and what stands in it."""

    path: str
    content: bytes


class PageSource(Sitemap):  # type: ignore[type-arg]
    """One kind of public page. A page's files depend on its rows alone."""

    name: ClassVar[str]
    rank: ClassVar[int] = 5  # of what waits, the lower is written first
    in_sitemap: ClassVar[bool] = True
    in_rebuild: ClassVar[bool] = True
    # Below these folders, files of these kinds that a rebuild did not write are removed.
    folders: ClassVar[tuple[str, ...]] = ()
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".rss", ".atom", ".json", ".xml", ".gz")

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" in cls.__dict__:
            REGISTRY[cls.name] = cls()

    def keys(self) -> Iterable[str]:
        """All of them, streamed; for a whole rebuild."""
        raise NotImplementedError

    def get(self, key: str) -> Any:
        """The one that `stale.mark` named, or None when it is no longer public."""
        raise NotImplementedError

    def many(self, keys: list[str]) -> Iterable[tuple[str, Any]]:
        """Each of `keys` with what `get` gives for it; with one query where that pays."""
        return ((key, self.get(key)) for key in keys)

    def path(self, item: Any) -> str:
        """The file of its main page: "posts/0h3….html"."""
        raise NotImplementedError

    def files(self, item: Any) -> Iterable[File]:
        """Everything that is written for it."""
        raise NotImplementedError

    def gone(self, key: str) -> Iterable[str]:
        """Paths to remove when `get` found nothing."""
        return ()

    def items(self) -> Iterator[Any]:
        return (item for item in map(self.get, self.keys()) if item is not None)

    def location(self, item: Any) -> str:
        return address_of(self.path(item))


def address_of(path: str) -> str:
    """The public address of a file: "/posts/0h3…/" for "posts/0h3….html"."""
    if path == "index.html":
        return "/"
    return f"/{path.removesuffix('.html')}/" if path.endswith(".html") else f"/{path}"
