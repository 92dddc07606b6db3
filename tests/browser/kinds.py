"""The kinds of pages, and one of each to look at, found by following the links from the front."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import httpx

MOST = 3000  # pages; the demonstration has a tenth of that


@dataclass(frozen=True)
class Kind:
    """Pages that one template makes. `has` picks one that shows something special."""

    name: str
    says: str
    path: str
    has: str = ""
    framed: bool = False  # stands inside somebody else's page

    def fits(self, path: str) -> bool:
        return re.fullmatch(self.path, path) is not None


NOWHERE = "/there-is-no-such-page/"
_POST = r"/posts/\w+/"
KINDS = (
    Kind("home", "The front page", "/"),
    Kind("events", "All live events", "/events/"),
    Kind("event", "A live event", r"/events/[\w-]+/"),
    Kind("hour", "One hour of a live event", r"/events/[\w-]+/\d{4}-\d\d-\d\d-\d\d/"),
    Kind("embed", "The newest lines in a frame", r"/(\w+/[\w-]+/)?embed/", framed=True),
    Kind("post", "A post", _POST),
    Kind("post-picture", "A post with a picture", _POST, has="<img src="),
    Kind("post-corrected", "A corrected post", _POST, has='class="line-more"'),
    Kind("post-withdrawn", "A withdrawn post", _POST, has="line-withdrawn"),
    Kind("neighbourhoods", "All neighbourhoods", "/neighbourhoods/"),
    Kind("neighbourhood", "A neighbourhood", r"/neighbourhoods/[\w-]+/"),
    Kind("unit", "A unit", r"/units/[\w-]+/"),
    Kind("team", "A team", r"/teams/[\w-]+/"),
    Kind("officer", "An officer", r"/officers/[\w-]+/"),
    Kind("account", "An account on the fediverse", r"/actors/\w+/"),
    Kind("archive", "The archive", "/archive/"),
    Kind("shelf", "The archive of a month, place or kind", r"/archive/\w+/[\w-]+/"),
    Kind("shelf-page", "An older page of an archive", r"/archive/\w+/[\w-]+/\d+/"),
    Kind("search", "Search", "/search/"),
    Kind("rumours", "Is it true?", "/rumours/"),
    Kind("rumour", "A claim and its answer", r"/rumours/[0-9a-z]{10}/"),
    Kind("rumours-changed", "Answers that changed", "/rumours/changed/"),
    Kind("ask", "Ask about a claim", "/ask/"),
    Kind("doubt", "Doubt an answer", r"/ask/[0-9a-z]{10}/doubt/"),
    Kind("removed", "What was removed", "/removed/"),
    Kind("watch", "Watch messages", "/watch/"),
    Kind("feeds", "Feeds", "/feeds/"),
    Kind("is-this-us", "Is this really us?", "/is-this-us/"),
    Kind("channels", "Our accounts elsewhere", "/channels/"),
    Kind("accessibility", "The accessibility statement", "/accessibility/"),
    Kind("not-found", "There is no page here", NOWHERE),
    Kind("offline", "You are offline", "/offline/"),
    Kind("trouble", "We are having trouble", "/trouble/"),
    Kind("sign-in", "Sign in", "/sign-in/login/"),
)
# Shown by the web server or the browser in bad moments: no link leads there.
UNLINKED = (NOWHERE, "/offline/", "/trouble/", "/sign-in/login/")
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass
class Walk:
    """What was found by following every link of our own."""

    pages: dict[str, str] = field(default_factory=dict)  # path -> HTML
    broken: dict[str, str] = field(
        default_factory=dict
    )  # path -> what is wrong, and where it stands

    def example(self, kind: Kind) -> str | None:
        """The path of a page of this kind; the last, because the newest says most."""
        fitting = [p for p, html in self.pages.items() if kind.fits(p) and kind.has in html]
        return max(fitting, default=None)

    def of_no_kind(self) -> list[str]:
        return [path for path in self.pages if not any(kind.fits(path) for kind in KINDS)]


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.found.append(value)


def walk(site: str, starts: tuple[str, ...] = ("/", *UNLINKED)) -> Walk:
    """Follow the links; pages are kept, everything else has only to be there."""
    seen, waiting, walked = set(starts), [(path, "") for path in starts], Walk()
    with httpx.Client(base_url=site, timeout=10) as client:
        while waiting and len(seen) < MOST:
            path, origin = waiting.pop()
            for other in _visit(client, path, origin, walked):
                if other not in seen:
                    seen.add(other)
                    waiting.append((other, path))
    return walked


def _visit(client: httpx.Client, path: str, origin: str, walked: Walk) -> set[str]:
    answer = client.get(path)
    if answer.status_code != 200 and path != NOWHERE:
        walked.broken[path] = f"{answer.status_code}, linked from {origin or 'nowhere'}"
    elif answer.headers["content-type"].startswith("text/html"):
        walked.pages[path] = answer.text
        return _own(answer.text, str(answer.url))
    return set()


def _own(html: str, page: str) -> set[str]:
    """Public addresses."""
    return {p for p in links(html, page) if not p.startswith(("/desk/", "/sign-in/", "/api/"))}


def links(html: str, page: str) -> set[str]:
    """Addresses on the same site, without query and fragment."""
    reader = _Addresses()
    reader.feed(html)
    here = urlsplit(page)
    split = (urlsplit(urljoin(page, address)) for address in reader.found)
    return {unquote(s.path) for s in split if (s.scheme, s.netloc) == (here.scheme, here.netloc)}
