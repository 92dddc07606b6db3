"""Answering a practice case."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.access import words_that_fit
from hue.training.cases import CASES
from hue.training.marking import mark
from hue.training.models import Answer

# Not how well: tries are for learning, and the record is for ever.
ANSWERED_CASE = Kind("case.answered", "{by} answered the practice case “{case}”.")


@transaction.atomic
def answer_case(
    *, by: Officer, at: datetime, case: str, words: str, silent: bool = False
) -> Answer:
    """As often as one likes; `silent`: nothing is said about it, whatever was typed."""
    require(by, Permission.WRITE_POSTS)
    if case not in CASES:
        raise Refused("There is no such practice case.")
    text, rules = "" if silent else plain(words), policy.in_force(at=at)
    if not text and not silent:
        raise Refused("Write the post, or choose that nothing is said.")
    if text:
        words_that_fit(text, rules)
    said = mark(CASES[case], text, at=at, rules=rules)
    answer = Answer.objects.create(
        officer=by,
        case=case,
        words=text,
        silent=silent,
        rules=sorted({finding.rule for finding in said.findings}),
        lacks=said.lacks,
        passed=said.passed,
        at=at,
    )
    record(ANSWERED_CASE, by=by, at=at, subject=by, data={"case": CASES[case].title})
    return answer
