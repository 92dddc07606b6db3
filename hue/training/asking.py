"""From a form to a question: the one way for the page and the phone."""

from datetime import datetime

from django.db import transaction

from hue.lib import clock
from hue.people.models import Officer
from hue.publishing.sending import send
from hue.training import actions, queries
from hue.training.forms import AskForm
from hue.training.models import Question


@transaction.atomic
def ask(form: AskForm, *, by: Officer, at: datetime) -> Question:
    """Keeps the draft and asks about it: both, or neither."""
    post = send(form, by=by, at=at)
    told = form.cleaned_data
    return actions.ask(by=by, at=at, post=post, words=told["question"], share_draft=told["share"])


def what_next(*, at: datetime) -> str:
    wait = queries.usual_wait(at=at)
    usually = f", usually within {clock.in_words(wait)}" if wait else ""
    return f"The desk has your question and answers{usually}. The draft is kept in My posts."
