"""Who may ask and answer, who watches over whom, and when practice may end."""

from datetime import datetime

from hue.governance import policy
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.access import may_write
from hue.publishing.models import Post
from hue.training import queries
from hue.training.models import Mentoring, Question

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


def may_see_training(by: Officer, officer: Officer) -> None:
    """Their answers and practice posts: one's own, one's mentee's, and a supervisor everybody's."""
    mentoring = queries.mentoring_of(officer)
    theirs = mentoring is not None and by.pk == mentoring.mentor.pk
    if by.pk != officer.pk and not theirs:
        require(by, Permission.TRAIN_OFFICERS)


def may_be_mentor(mentor: Officer, officer: Officer) -> None:
    not_oneself(mentor, officer, "be their own mentor")
    if mentor.practice or "guest" in mentor.roles or not mentor.may(Permission.WRITE_POSTS):
        raise Refused(f"{mentor} cannot be a mentor: choose somebody who posts in public.")


def may_name_mentor(by: Officer, officer: Officer) -> None:
    require(by, Permission.TRAIN_OFFICERS)
    not_oneself(by, officer, "name their own mentor")
    if not officer.practice:
        raise Refused(f"{officer} does not practise: a mentor watches over those who do.")


def may_judge(by: Officer, mentoring: Mentoring) -> None:
    require(by, Permission.WRITE_POSTS)
    if by.pk != mentoring.mentor.pk:
        raise Refused(f"{mentoring.mentor} is the mentor: only they say whether it is enough.")


def may_end_practice(by: Officer, officer: Officer, *, at: datetime) -> None:
    require(by, Permission.TRAIN_OFFICERS)
    if policy.in_force(at=at).training_needed and (missing := what_is_missing(officer)):
        raise Refused(f"Practice does not end yet. {missing}")


def what_is_missing(officer: Officer) -> str:
    """In sentences; empty: nothing, as far as cases and mentor go."""
    passed, all_ = queries.progress(officer)
    missing = [] if passed == all_ else [f"{officer} has passed {passed} of {all_} practice cases."]
    mentoring = queries.mentoring_of(officer)
    if mentoring is None:
        missing.append("They have no mentor: name one.")
    elif mentoring.state == "not_yet":
        missing.append(f"{mentoring.mentor} says: not yet, because {mentoring.because}")
    elif mentoring.state != "ready":
        missing.append(f"{mentoring.mentor}, their mentor, has not said yes.")
    return " ".join(missing)
