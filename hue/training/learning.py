"""Cases, tries and mentors in words for the screens."""

from datetime import datetime
from typing import Any

from hue.governance import policy
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import findings
from hue.training import access, queries
from hue.training.cases import CASES, Case
from hue.training.marking import mark
from hue.training.models import Answer

TRIES_SHOWN = 5  # the newest, to a mentor
ENOUGH_TRIES = 3  # then the example helps more than another try


def overview(by: Officer) -> dict[str, Any]:
    """One's own way, and that of those whom one watches over."""
    passed, all_ = queries.progress(by)
    everybody = queries.practising() if by.may(Permission.TRAIN_OFFICERS) else []
    return {
        "cases": _cases(by),
        "passed": passed,
        "all": all_,
        "mentoring": queries.mentoring_of(by),
        "mentees": [_person(one.officer) for one in queries.watched_by(by)],
        "practising": [_person(one) for one in everybody if one.pk != by.pk],
    }


def _person(officer: Officer) -> dict[str, Any]:
    passed, all_ = queries.progress(officer)
    mentoring = queries.mentoring_of(officer)
    return {"officer": officer, "passed": passed, "all": all_, "mentoring": mentoring}


def _cases(officer: Officer) -> list[dict[str, Any]]:
    passed, tried = queries.passed_by(officer), queries.answers_of(officer)
    return [
        {
            "number": number,
            "case": case,
            "passed": slug in passed,
            "tries": len(tried[slug]),
        }
        for number, (slug, case) in enumerate(CASES.items(), 1)
    ]


def case(told: Case, by: Officer, *, at: datetime) -> dict[str, Any]:
    """One case with the last try, marked; the example once it is passed, or after some tries."""
    tries = queries.answers_of(by)[told.slug]
    passed = queries.passed_by(by)
    slugs = list(CASES)
    return {
        "case": told,
        "number": slugs.index(told.slug) + 1,
        "all": len(slugs),
        "done": len(passed),
        "passed": told.slug in passed,
        "last": tried(tries[-1]) if tries else None,
        "tries": len(tries),
        "show_example": told.slug in passed or len(tries) >= ENOUGH_TRIES,
        "next": next((CASES[slug] for slug in slugs if slug not in passed | {told.slug}), None),
        "limit": policy.in_force(at=at).longest_post,
    }


def tried(answer: Answer) -> dict[str, Any]:
    """What was said of it, told again by the rules as they are now."""
    rules = policy.in_force(at=answer.at)
    found = mark(CASES[answer.case], answer.words, at=answer.at, rules=rules).findings
    return {
        "answer": answer,
        "html": findings.marked_html(answer.words, found),
        "findings": findings.shown(found, answer.words),
    }


def officer(found: Officer, by: Officer, *, at: datetime) -> dict[str, Any]:
    """For the mentor and the supervisor: every case, the practice posts, what is missing."""
    tries, passed = queries.answers_of(found), queries.passed_by(found)
    mentoring = queries.mentoring_of(found)
    trains = by.may(Permission.TRAIN_OFFICERS) and by.pk != found.pk and found.practice
    return {
        "officer": found,
        "cases": [
            {
                "case": told,
                "passed": slug in passed,
                "tries": len(tries[slug]),
                "shown": [tried(one) for one in tries[slug][-TRIES_SHOWN:]],
            }
            for slug, told in CASES.items()
        ],
        "done": len(passed),
        "all": len(CASES),
        "posts": queries.practice_posts(found)[:50],
        "mentoring": mentoring,
        "is_mentor": mentoring is not None and by.pk == mentoring.mentor.pk,
        "trains": trains,
        "mentors": queries.possible_mentors(found) if trains else [],
        "missing": access.what_is_missing(found),
        "needed": policy.in_force(at=at).training_needed,
    }
