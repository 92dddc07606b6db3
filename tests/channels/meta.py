"""Facebook, Instagram and Threads as their documentation describes them."""

from typing import Any

from tests.channels.stub import Asked, Says, Stub, must_fit

TOKEN = "EAAG-meta-token"


def fault(code: int, words: str, below: int = 0) -> dict[str, Any]:
    """https://developers.facebook.com/docs/graph-api/guides/error-handling"""
    told = {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "x"}
    return {"error": {**told, "error_subcode": below}}


LIMITED = Says(400, fault(4, "(#4) Application request limit reached"))
_ENDED = Says(400, fault(190, "Error validating access token: Session has expired"))
_NOT_THERE = Says(400, fault(100, "Unsupported delete request", 33))


def _schema(*required: str, **also: Any) -> dict[str, Any]:
    some = {"type": "string", "minLength": 1}
    fields = {name: some for name in (*required, "access_token")}
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": {**fields, **also},
    }


WORDS = {"type": "string"}
# https://developers.facebook.com/docs/pages-api/posts
FEED = _schema("message", attached_media=WORDS)
# https://developers.facebook.com/docs/threads/posts
CONTAINER = _schema(
    "media_type", "text", image_url={"pattern": "^http"}, alt_text=WORDS, reply_to_id=WORDS
)
# https://developers.facebook.com/docs/instagram-platform/content-publishing
MEDIA = _schema("image_url", "caption", alt_text=WORDS)
PUBLISH = _schema("creation_id")


class Meta(Stub):
    def answer(self, asked: Asked) -> Says:
        body = asked.body or {}
        token = body.get("access_token", b"")
        given = token.decode() if isinstance(token, bytes) else token
        if TOKEN not in {given, asked.headers.get("authorization", "").removeprefix("Bearer ")}:
            self.asked.append(asked)
            return _ENDED
        return super().answer(asked)

    def me(self, asked: Asked) -> Says:
        return Says(200, {"id": "1", "username": "testpolice", "name": "@testpolice"})

    def delete(self, asked: Asked, id_: str) -> Says:
        return Says(200, {"success": True}) if self.posts.pop(id_, None) else _NOT_THERE


class FacebookStub(Meta):
    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/v23.0/77", "me"),
                ("POST", "/v23.0/77/feed", "feed"),
                ("POST", "/v23.0/77/photos", "photo"),
                ("GET", "/v23.0/77/posts", "listed"),
                ("POST", "/v23.0/([0-9]+)", "edit"),
                ("DELETE", "/v23.0/([0-9]+)", "delete"),
            ]
        )

    def feed(self, asked: Asked) -> Says:
        must_fit(FEED, asked.body)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, "text": asked.body["message"], **asked.body}
        return Says(200, {"id": id_})

    def photo(self, asked: Asked) -> Says:
        assert asked.body["source"].startswith(b"\xff\xd8")
        assert asked.body["published"] == b"false"
        return Says(200, {"id": self.new_id()})

    def listed(self, asked: Asked) -> Says:
        return Says(200, {"data": [{**one, "message": one["text"]} for one in self.posts.values()]})

    def edit(self, asked: Asked, id_: str) -> Says:
        must_fit(_schema("message"), asked.body)
        self.posts[id_]["text"] = asked.body["message"]
        return Says(200, {"success": True})


class InstagramStub(Meta):
    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/v23.0/me", "me"),
                ("POST", "/v23.0/me/media", "container"),
                ("GET", "/v23.0/([0-9]+)", "status"),
                ("POST", "/v23.0/me/media_publish", "publish"),
                ("GET", "/v23.0/me/media", "listed"),
            ]
        )
        self.containers: dict[str, Any] = {}

    def container(self, asked: Asked) -> Says:
        must_fit(MEDIA, asked.body)
        id_ = self.new_id()
        self.containers[id_] = {"text": asked.body["caption"]}
        return Says(200, {"id": id_})

    def status(self, asked: Asked, id_: str) -> Says:
        return Says(200, {"status_code": "FINISHED" if id_ in self.containers else "ERROR"})

    def publish(self, asked: Asked) -> Says:
        must_fit(PUBLISH, asked.body)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, **self.containers.pop(asked.body["creation_id"])}
        return Says(200, {"id": id_})

    def listed(self, asked: Asked) -> Says:
        return Says(200, {"data": [{**one, "caption": one["text"]} for one in self.posts.values()]})


class ThreadsStub(Meta):
    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/v1.0/me", "me"),
                ("POST", "/v1.0/me/threads", "container"),
                ("POST", "/v1.0/me/threads_publish", "publish"),
                ("GET", "/v1.0/me/threads", "listed"),
                ("DELETE", "/v1.0/([0-9]+)", "delete"),
            ]
        )
        self.containers: dict[str, Any] = {}

    def container(self, asked: Asked) -> Says:
        must_fit(CONTAINER, asked.body)
        id_ = self.new_id()
        self.containers[id_] = {"text": asked.body["text"], "on": asked.body.get("reply_to_id")}
        return Says(200, {"id": id_})

    def publish(self, asked: Asked) -> Says:
        must_fit(PUBLISH, asked.body)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, **self.containers.pop(asked.body["creation_id"])}
        return Says(200, {"id": id_})

    def listed(self, asked: Asked) -> Says:
        return Says(200, {"data": list(self.posts.values())})
