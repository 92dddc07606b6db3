"""What an officer's phone sends when it has a signal: a question with its draft, once."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from hue.governance import policy
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import present
from hue.publishing.api import EMPTY, Device, Reason, Sent, Taken
from hue.training import asking
from hue.training.forms import AskForm

router = Router(tags=["questions"])


class Asked(Sent):
    """A draft as the phone kept it, and what is asked about it."""

    question: str
    share: str = ""


@router.post(
    "",
    auth=Device(),
    response={200: Taken, 403: Reason, 409: Reason, 422: Reason},
    summary="Ask the desk about a draft",
)
def ask(
    request: HttpRequest, asked: Form[Asked], pictures: File[list[UploadedFile]] = EMPTY
) -> Status[Any]:
    """The same idempotency key gives the same question."""
    at, by = clock.now(), request.user
    assert isinstance(by, Officer)
    form = AskForm(request.POST, request.FILES, rules=policy.in_force(at=at))
    if not form.is_valid():
        return Status(422, Reason(reason=" ".join(f["text"] for f in present.faults(form))))
    try:
        post = asking.ask(form, by=by, at=at).post
    except Refused as refusal:
        return Status(409, Reason(reason=str(refusal)))
    next_ = asking.what_next(at=at)
    return Status(200, Taken(id=post.pk, state=post.state, url=post.address, next=next_))
