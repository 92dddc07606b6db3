"""The signed list of our accounts, the live ones and the closed."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from hue.channels import listed
from hue.lib import clock
from hue.pages import index, shell
from hue.pages.sources import File, PageSource


class AccountsPage(PageSource):
    name = "channels.list"
    rank = 4

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "channels.html"

    def files(self, item: str) -> Iterator[File]:
        told = listed.everywhere(at=clock.now())
        signed = listed.signed(told)
        context = {
            "live": [one for one in told if not one["closed"]],
            "closed": [one for one in told if one["closed"]],
            "signature": signed["signature"],
            "key": index.fingerprint(),
            "force": shell.who(),
        }
        main = render_to_string("channels/public.html", context)
        yield shell.file(self.path(item), title="Our accounts", main=main)
        yield File(listed.FILE, index.canonical(signed))
