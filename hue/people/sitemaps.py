"""How the force looks: the public files that this room draws itself."""

from collections.abc import Iterator

from hue.pages.sources import File, PageSource
from hue.people import crest, icons
from hue.people.models import Force


class Look(PageSource):
    """Crest, colours, icons. Older ones stay: a page not yet written anew still shows one."""

    name = "people.look"
    in_sitemap = False

    def keys(self) -> list[str]:
        return [""]

    def items(self) -> Iterator[Force]:
        return Force.objects.iterator()

    def get(self, key: str) -> Force | None:
        return Force.objects.first()

    def path(self, item: Force) -> str:
        return "colours.css"

    def files(self, item: Force) -> Iterator[File]:
        own = "".join(f"--{token}:{value};" for token, value in sorted(item.colours.items()))
        yield File("colours.css", f":root{{{own}}}\n".encode())
        if drawn := crest.file_of(item.crest):
            yield File(drawn.path, drawn.content)
        for icon in icons.of(item):
            yield File(icon.path, icons.png(item, icon))
