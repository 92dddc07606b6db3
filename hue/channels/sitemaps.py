"""The signed list of our accounts, the live ones and the closed."""

import json
from collections.abc import Iterator

from django.template.loader import render_to_string

from hue.channels import crops, listed
from hue.channels.models import Account, Piece
from hue.channels.networks.webpush import WebPush, public_key
from hue.lib import clock
from hue.media.models import Picture
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
        # By it a browser asks for messages; empty where none are sent.
        yield File("watch-push.json", json.dumps({"key": _push_key()}).encode())
        yield File(listed.FILE, index.canonical(signed))


class Crops(PageSource):
    """The key is a picture and the network that it is cut for."""

    name = crops.SOURCE
    rank = 0
    in_sitemap = False
    folders = ("crops",)
    suffixes = (".jpg",)

    def keys(self) -> list[str]:
        return crops.standing()

    def get(self, key: str) -> tuple[Picture, str] | None:
        id_, _, slug = key.partition("-")
        shown = Piece.objects.filter(gone_at=None, pictures__contains=[id_]).exists()
        picture = Picture.objects.filter(pk=id_).first() if shown else None
        return (picture, slug) if picture and crops.needed(picture, slug) else None

    def path(self, item: tuple[Picture, str]) -> str:
        picture, slug = item
        return crops.path(crops.key(picture.pk, slug))

    def gone(self, key: str) -> list[str]:
        return [crops.path(key)]

    def files(self, item: tuple[Picture, str]) -> Iterator[File]:
        picture, slug = item
        within = crops.needed(picture, slug)
        assert within is not None
        yield File(self.path(item), crops.content(picture, within))


def _push_key() -> str:
    row = Account.objects.open().filter(network=WebPush.slug).first()
    return public_key(row.opened()) if row else ""
