"""Flickr as https://www.flickr.com/services/api/ describes it; its signatures checked by a library
of others."""

import html
import re
from typing import Any
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature

from tests.channels.stub import Asked, Below, Says, Stub, must_fit
from tests.channels.x import KEYS, hmac_of

OURS = "12037949754@N01"
SOME = {"type": "string", "minLength": 1}
ANY = {"type": "string"}


def _schema(*required: str, **also: Any) -> dict[str, Any]:
    told = {"method": SOME, "format": {"const": "json"}, "nojsoncallback": {"const": "1"}}
    return {
        "type": "object",
        "required": [*told, *required],
        "additionalProperties": False,
        "properties": {**told, **dict.fromkeys(required, SOME), **also},
    }


# https://www.flickr.com/services/api/flickr.photos.setMeta.html, and so on for each method
SCHEMAS: dict[str, dict[str, Any]] = {
    "flickr.test.login": _schema(),
    "flickr.people.getPhotos": _schema("user_id", extras=ANY, per_page=ANY),
    "flickr.photos.setMeta": _schema("photo_id", title=ANY, description=ANY),
    "flickr.photos.delete": _schema("photo_id"),
    "flickr.photos.getInfo": _schema("photo_id"),
    "flickr.photos.getFavorites": _schema("photo_id", per_page=ANY),
    "flickr.photos.comments.getList": _schema("photo_id"),
}
# https://www.flickr.com/services/api/upload.api.html
UPLOAD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "maxLength": 255},
        "description": ANY,
        "tags": ANY,
        "is_public": {"enum": ["0", "1"]},
    },
}
_NOT_SIGNED_IN = {"stat": "fail", "code": 98, "message": "Invalid auth token"}
_NOT_THERE = Says(200, {"stat": "fail", "code": 1, "message": "Photo not found"})


class FlickrStub(Stub):
    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/services/rest/", "rest"),
                ("POST", "/services/rest/", "rest"),
                ("POST", "/upload/", "upload"),
            ]
        )

    def answer(self, asked: Asked) -> Says:
        if not self._signed(asked):
            self.asked.append(asked)
            if asked.path == "/upload/":
                return Says(
                    200, '<rsp stat="fail"><err code="98" msg="Invalid auth token" /></rsp>'
                )
            return Says(200, _NOT_SIGNED_IN)
        return super().answer(asked)

    def _signed(self, asked: Asked) -> bool:
        """Everything but the photo is part of what is signed."""
        head = asked.headers.get("authorization", "")
        told = {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', head)}
        given = told.pop("oauth_signature", "")
        if told.get("oauth_token") != KEYS["token"]:
            return False
        base = signature.signature_base_string(
            asked.method,
            signature.base_string_uri(self.url + asked.path),
            signature.normalize_parameters([*told.items(), *_fields(asked).items()]),
        )
        return bool(given == hmac_of(base, f"{KEYS['consumer_secret']}&{KEYS['token_secret']}"))

    def rest(self, asked: Asked) -> Says:
        told = _fields(asked)
        must_fit(SCHEMAS[told["method"]], told)
        wanted = told.get("photo_id")
        if wanted is not None and wanted not in self.posts:
            return _NOT_THERE
        said = getattr(self, told["method"].rpartition(".")[2])(told)
        return Says(200, {"stat": "ok", **said})

    def login(self, told: dict[str, str]) -> Any:
        return {"user": {"id": OURS, "username": {"_content": "testpolice"}}}

    def upload(self, asked: Asked) -> Says:
        told = _fields(asked)
        must_fit(UPLOAD, told)
        assert asked.body["photo"].startswith(b"\xff\xd8")
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, "text": html.unescape(told["description"]), **told}
        return Says(200, f'<?xml version="1.0"?><rsp stat="ok"><photoid>{id_}</photoid></rsp>')

    def getPhotos(self, told: dict[str, str]) -> Any:
        photos = [
            {"id": one["id"], "description": {"_content": one["description"]}}
            for one in reversed(self.posts.values())
        ]
        return {"photos": {"photo": photos}}

    def setMeta(self, told: dict[str, str]) -> Any:
        text = html.unescape(told["description"])
        self.posts[told["photo_id"]].update(text=text, description=told["description"])
        return {}

    def delete(self, told: dict[str, str]) -> Any:
        del self.posts[told["photo_id"]]
        return {}

    def getInfo(self, told: dict[str, str]) -> Any:
        count = {"_content": str(len(self.below_of(told["photo_id"])))}
        return {"photo": {"owner": {"nsid": OURS}, "views": "80", "comments": count}}

    def getFavorites(self, told: dict[str, str]) -> Any:
        return {"photo": {"total": 3, "person": []}}

    def getList(self, told: dict[str, str]) -> Any:
        below = [_comment(one) for one in self.below_of(told["photo_id"])]
        return {"comments": {"photo_id": told["photo_id"], **({"comment": below} if below else {})}}


def _comment(one: Below) -> dict[str, Any]:
    return {
        "id": one.id,
        "author": OURS if one.who == "testpolice" else "7@N01",
        "authorname": one.who,
        "datecreate": "1783594740",
        "permalink": f"https://www.flickr.com/photos/p/{one.post}/#comment{one.id}",
        "_content": one.words,
    }


def _fields(asked: Asked) -> dict[str, str]:
    """Of a query, a form, or a form with a photo."""
    if asked.method == "GET":
        return asked.query
    told = {name: value for name, value in asked.body.items() if name != "photo"}
    return {k: v.decode() if isinstance(v, bytes) else v for k, v in told.items()}
