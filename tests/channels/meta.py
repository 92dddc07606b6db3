"""Facebook, Instagram and Threads as their documentation describes them."""

from typing import Any

from tests.channels.issuer import APP, Issuer
from tests.channels.stub import Asked, Below, Says, Stub, must_fit

THEN = "2026-07-09T10:59:00+0000"
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


OPEN = {"/v23.0/oauth/access_token"}
LONG = ("/oauth/access_token", "/access_token", "/refresh_access_token")


class Meta(Stub):
    kind = ""

    def __init__(self, routes: list[tuple[str, str, str]]) -> None:
        long = [("POST", LONG[0], "short"), ("GET", LONG[1], "longer"), ("GET", LONG[2], "renewed")]
        super().__init__(routes=[*routes, *(long if self.kind else [])])
        self.issuer = Issuer()

    def short(self, asked: Asked) -> Says:
        return self.issuer.token(asked)

    def longer(self, asked: Asked) -> Says:
        """https://developers.facebook.com/docs/threads/get-started/long-lived-tokens"""
        assert asked.query["grant_type"] == f"{self.kind}_exchange_token"
        assert asked.query["client_secret"] == APP["client_secret"]
        return self._long(asked)

    def renewed(self, asked: Asked) -> Says:
        assert asked.query["grant_type"] == f"{self.kind}_refresh_token"
        return _ENDED if self.issuer.dead else self._long(asked)

    def _long(self, asked: Asked) -> Says:
        assert asked.query["access_token"] == self.issuer.keys[-1]
        self.issuer.seconds = 60 * 86400
        return self.issuer.give()

    def answer(self, asked: Asked) -> Says:
        body = asked.body or {}
        token = body.get("access_token", b"")
        given = token.decode() if isinstance(token, bytes) else token
        given = given or asked.headers.get("authorization", "").removeprefix("Bearer ")
        if given not in {TOKEN, *self.issuer.keys} and asked.path not in {*LONG, *OPEN}:
            self.asked.append(asked)
            return _ENDED
        return super().answer(asked)

    def me(self, asked: Asked) -> Says:
        told = {"id": "77", "username": "testpolice", "name": "@testpolice"}
        return Says(200, {**told, "followers_count": 41})

    def delete(self, asked: Asked, id_: str) -> Says:
        return Says(200, {"success": True}) if self.posts.pop(id_, None) else _NOT_THERE


def _comment(one: Below) -> dict[str, Any]:
    own = one.who == "testpolice"
    return {
        "id": one.id,
        "message": one.words,
        "created_time": THEN,
        "from": {"id": "77" if own else "7", "name": one.who},
    }


class FacebookStub(Meta):
    page = "77"  # which whoever signs in manages

    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/v23.0/77", "me"),
                ("POST", "/v23.0/oauth/access_token", "page_keys"),
                ("GET", "/v23.0/me/accounts", "managed"),
                ("POST", "/v23.0/77/feed", "feed"),
                ("POST", "/v23.0/77/photos", "photo"),
                ("GET", "/v23.0/77/posts", "listed"),
                ("POST", "/v23.0/([0-9]+)", "edit"),
                ("GET", "/v23.0/([0-9]+)", "about"),
                ("DELETE", "/v23.0/([0-9]+)", "delete"),
            ]
        )

    def page_keys(self, asked: Asked) -> Says:
        """https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived"""
        if asked.body["grant_type"] == "fb_exchange_token":
            assert asked.body["client_secret"] == APP["client_secret"]
            assert asked.body["fb_exchange_token"] == self.issuer.keys[-1]
            return self.issuer.give()
        return self.issuer.token(asked)

    def managed(self, asked: Asked) -> Says:
        assert asked.headers["authorization"] == f"Bearer {self.issuer.keys[-1]}"
        key = self.issuer.give().body["access_token"]
        return Says(200, {"data": [{"id": self.page, "access_token": key}]})

    def feed(self, asked: Asked) -> Says:
        must_fit(FEED, asked.body)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, "text": asked.body["message"], **asked.body}
        return Says(200, {"id": id_})

    def about(self, asked: Asked, id_: str) -> Says:
        """https://developers.facebook.com/docs/graph-api/reference/page-post"""
        if id_ not in self.posts:
            return _NOT_THERE
        for name in ("shares", "reactions.limit(0)", "comments.filter(stream)"):
            assert name in asked.query["fields"]
        below = self.below_of(id_)
        comments = {
            "data": [_comment(one) for one in below],
            "summary": {"total_count": len(below)},
        }
        told = {"reactions": {"data": [], "summary": {"total_count": 3}}, "comments": comments}
        return Says(200, {"id": id_, "shares": {"count": 2}, **told})

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
    kind = "ig"

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
        if id_ in self.posts:
            return self.about(id_)
        if id_ not in self.containers:
            return _NOT_THERE
        return Says(200, {"status_code": "FINISHED" if id_ in self.containers else "ERROR"})

    def about(self, id_: str) -> Says:
        """https://developers.facebook.com/docs/instagram-platform/comment-moderation"""
        below = [
            {"id": one.id, "text": one.words, "username": one.who, "timestamp": THEN}
            for one in self.below_of(id_)
        ]
        told = {"like_count": 3, "comments_count": len(below)}
        return Says(200, {**told, **({"comments": {"data": below}} if below else {})})

    def publish(self, asked: Asked) -> Says:
        must_fit(PUBLISH, asked.body)
        id_ = self.new_id()
        self.posts[id_] = {"id": id_, **self.containers.pop(asked.body["creation_id"])}
        return Says(200, {"id": id_})

    def listed(self, asked: Asked) -> Says:
        return Says(200, {"data": [{**one, "caption": one["text"]} for one in self.posts.values()]})


class ThreadsStub(Meta):
    kind = "th"

    def __init__(self) -> None:
        super().__init__(
            routes=[
                ("GET", "/v1.0/me", "me"),
                ("POST", "/v1.0/me/threads", "container"),
                ("POST", "/v1.0/me/threads_publish", "publish"),
                ("GET", "/v1.0/me/threads", "listed"),
                ("DELETE", "/v1.0/([0-9]+)", "delete"),
                ("GET", "/v1.0/([0-9]+)/conversation", "conversation"),
                ("GET", "/v1.0/([0-9]+)/insights", "insights"),
                ("GET", "/v1.0/me/threads_insights", "followed"),
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

    def conversation(self, asked: Asked, id_: str) -> Says:
        """https://developers.facebook.com/docs/threads/reply-management"""
        if id_ not in self.posts:
            return _NOT_THERE
        below = [
            {"id": one.id, "text": one.words, "username": one.who, "timestamp": THEN}
            for one in self.below_of(id_)
        ]
        return Says(200, {"data": below})

    def insights(self, asked: Asked, id_: str) -> Says:
        """https://developers.facebook.com/docs/threads/insights"""
        told = {"views": 80, "likes": 3, "replies": len(self.below), "reposts": 2, "quotes": 0}
        assert asked.query["metric"] == ",".join(told)
        data = [{"name": name, "values": [{"value": value}]} for name, value in told.items()]
        return Says(200, {"data": data})

    def followed(self, asked: Asked) -> Says:
        assert asked.query["metric"] == "followers_count"
        data = [{"name": "followers_count", "total_value": {"value": 41}}]
        return Says(200, {"data": data})
