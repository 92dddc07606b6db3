"""What an officer's phone sends when it has a signal: a post, once and only once."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.security import APIKeyHeader

from hue.governance import policy
from hue.lib import clock
from hue.people import phones
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import access, present
from hue.publishing.forms import ComposeForm
from hue.publishing.models import Post
from hue.publishing.sending import send

router = Router(tags=["posts"])
EMPTY: list[UploadedFile] = []


class Sent(Schema):
    """One post as the phone kept it."""

    text: str
    neighbourhood: str = ""
    incident: str = ""
    event: str = ""
    parent: str = ""
    kind: str = ""
    action: str = "review"
    written_at: str = ""
    publish_at: str = ""
    holds_from: str = ""
    holds_until: str = ""
    idempotency_key: str = ""
    alts: list[str] = []


class Taken(Schema):
    id: str
    state: str
    url: str
    next: str


class Reason(Schema):
    reason: str
    wipe: bool = False


class Device(APIKeyHeader):
    """A session, from the device that its page was made for: a foreign page cannot send that."""

    param_name = "X-Hue-Device"

    def authenticate(self, request: HttpRequest, key: str | None) -> Officer | None:
        if not key or key != request.COOKIES.get(phones.COOKIE, ""):
            return None
        if phones.to_be_wiped(key):
            raise access.Wipe
        return request.user if isinstance(request.user, Officer) else None


@router.post(
    "",
    auth=Device(),
    response={200: Taken, 403: Reason, 409: Reason, 422: Reason},
    summary="Hand in a post",
)
def hand_in(
    request: HttpRequest, sent: Form[Sent], pictures: File[list[UploadedFile]] = EMPTY
) -> Status[Any]:
    """The same idempotency key gives the same post. A refusal carries its reason in words."""
    at, by = clock.now(), request.user
    assert isinstance(by, Officer)
    form = ComposeForm(request.POST, request.FILES, rules=policy.in_force(at=at))
    if not form.is_valid():
        return Status(422, Reason(reason=" ".join(f["text"] for f in present.faults(form))))
    try:
        post = send(form, by=by, at=at)
    except Refused as refusal:
        return Status(409, Reason(reason=str(refusal)))
    return Status(200, _taken(post))


def _taken(post: Post) -> Taken:
    words, _ = present.STATES[post.state]
    stopped = post.note if post.state == "draft" else ""
    next_ = f"Kept as a draft: {stopped} Mend it in My posts." if stopped else f"{words}."
    return Taken(id=post.id, state=post.state, url=post.address, next=next_)
