"""oEmbed: which file answers `/oembed?url=…`. nginx has the same map in its configuration."""

import re
from urllib.parse import urlsplit

from django.conf import settings

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
