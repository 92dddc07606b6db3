"""Who may ask, answer, and read what was said."""

from datetime import datetime

from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.access import may_write
from hue.publishing.models import Post
from hue.training.models import Question

ASKED_ABOUT = frozenset({"draft", "in_review", "approved", "held"})


def may_ask(by: Officer, post: Post, *, at: datetime) -> None:
    may_write(by, post, at=at)
    if by.pk != post.author.pk:
        raise Refused("You ask about your own drafts: its author can ask about this one.")
    if post.state not in ASKED_ABOUT:
        raise Refused("The desk answers before a post is public. This one is not a draft any more.")


def may_answer(by: Officer, question: Question) -> None:
    require(by, Permission.ANSWER_QUESTIONS)
    not_oneself(by, question.asker, "answer their own question")


def may_take_back(by: Officer, question: Question) -> None:
    require(by, Permission.WRITE_POSTS)
    if by.pk != question.asker.pk:
        raise Refused("Only the person who asked takes a question back.")
