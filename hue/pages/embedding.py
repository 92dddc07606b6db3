"""oEmbed: what other sites put on their pages, and which file answers `/oembed?url=…`.

nginx has the same map in its configuration.
"""

import html
import json
import re
from urllib.parse import urlsplit

from django.conf import settings

from hue.pages import shell

_encode = json.JSONEncoder(ensure_ascii=False).encode
_POST = re.compile(r"/posts/([0-9a-z]{10})/?")
_RUMOUR = re.compile(r"/rumours/([0-9a-z]{10})/?")
_PAGE = re.compile(r"/(events|neighbourhoods|units)/([\w-]{1,50})/?")


def file_for(url: str) -> str | None:
    """The address of the file for one of our own pages; None for anything else."""
    asked, own = urlsplit(url), urlsplit(settings.HUE_SITE)
    if asked.netloc != own.netloc or asked.scheme not in {"http", "https"}:
        return None
    if found := _POST.fullmatch(asked.path):
        return f"/oembed/posts/{found[1]}.json"
    if found := _RUMOUR.fullmatch(asked.path):
        return f"/oembed/rumours/{found[1]}.json"
    if found := _PAGE.fullmatch(asked.path):
        return f"/oembed/{found[1]}/{found[2]}.json"
    return "/oembed/force.json" if asked.path in {"", "/"} else None


def quotation(full: str, words: str, title: str) -> str:
    """It says where it is from; no frame, no script. `words` are HTML."""
    source = f'{html.escape(shell.who()["name"])}, <a href="{full}">{html.escape(title)}</a>'
    return f'<blockquote cite="{full}"><p>{words}</p><footer>{source}</footer></blockquote>'


def told(title: str, quoted: str, signed: dict[str, str]) -> bytes:
    """As the oEmbed specification has it, and beside it what the force signed."""
    who = str(shell.who()["name"])
    return _encode(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "author_name": who,
            "author_url": settings.HUE_SITE,
            "provider_name": who,
            "provider_url": settings.HUE_SITE,
            "cache_age": "60",
            "html": quoted,
            "width": None,
            "height": None,
            "hue": signed,
        }
    ).encode()
