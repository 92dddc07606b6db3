"""Who may do what in the register of rumours."""

import re
from datetime import datetime, timedelta

from hue.listening.models import Challenge, Rumour, Verdict
from hue.listening.queries import asked
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.states.moving import EditedMeanwhile

MOST_AN_ADDRESS = 6
MOST_AN_HOUR = 600
MOST_WAITING = 2000
# A rebuttal that begins with the false claim is remembered as the claim.
_CLAIM_FIRST = re.compile(
    r"(it(?: is|['’]s) (?:not|un)\s?true|it is (?:false|wrong)|no[,:]? (?:it|there)|"
    r"(?:the |this |a )?(?:rumou?rs?|claims?|reports?|posts?) (?:that|of|about|saying|is|are|say)|"
    r"(?:some )?people (?:say|are saying|claim)|there (?:are|is) (?:no truth|rumou?rs?|claims?))",
    re.IGNORECASE,
)


def may_keep(by: Officer) -> None:
    require(by, Permission.KEEP_RUMOURS)
    if by.practice:
        raise Refused("You practise at the moment, and this register is real: ask a colleague.")


def may_answer(by: Officer, rumour: Rumour) -> None:
    may_keep(by)
    require(by, Permission.DECIDE_RUMOURS)
    not_merged(rumour)


def may_decide_challenge(by: Officer, challenge: Challenge) -> None:
    """Somebody else than whoever decided what is challenged."""
    may_answer(by, challenge.rumour)
    deciders = {challenge.rumour.checked_by_id}
    if challenge.verdict is not None:
        deciders |= {challenge.verdict.by_id, challenge.verdict.second_id}
    if by.pk in deciders:
        raise Refused("You decided this answer: somebody else decides whether it holds.")


def may_ask(by: Officer) -> None:
    """What a stranger sends comes in by the software, whoever they are."""
    require_software(by)


def require_software(by: Officer) -> None:
    if by.record_role != "system":
        raise Refused("The software does this by itself.")


def not_flooded(source: str, *, at: datetime) -> None:
    """From one address a few in an hour, from all together what a desk can read."""
    hour, day = at - timedelta(hours=1), at - timedelta(hours=24)
    if asked.sent(source=source, since=hour) >= MOST_AN_ADDRESS:
        raise Refused(
            "A lot came from your connection in the last hour. What you wrote is not lost: send "
            "it again later."
        )
    if asked.sent(since=hour) >= MOST_AN_HOUR or asked.waiting(since=day) >= MOST_WAITING:
        raise Refused(
            "Very many people are asking at the moment, and we read every question. Look at the "
            "list below, or try again in an hour."
        )


def require_about_us(rumour: Rumour) -> None:
    if not rumour.about_us:
        raise Refused("Only what is about the force itself is under independent investigation.")


def may_give_verdict(by: Officer, rumour: Rumour) -> None:
    may_answer(by, rumour)
    if rumour.subject == "iopc" and rumour.independent_over_at is None:
        raise Refused(
            "This is about a death, a serious injury or a complaint: the force gives no verdict "
            "before the independent investigation is over. Note that it runs, or its end."
        )
    if rumour.verdicts.filter(state="proposed").exists():
        raise Refused("A verdict waits for its second decider already: that one comes first.")


def may_second(by: Officer, verdict: Verdict) -> None:
    """Somebody who did not decide it, of another unit than the decider and the owner."""
    may_answer(by, verdict.rumour)
    not_oneself(by, verdict.by, "be the second decider of their own verdict")
    near = {verdict.by.unit_id, verdict.rumour.owner.unit_id}
    if by.unit_id is None or by.unit_id in near:
        raise Refused(
            "The force itself is the subject: the second decider is of another unit than the "
            "first and than the owner of the rumour."
        )


def same_version(rumour: Rumour, seen: int) -> None:
    if rumour.version != seen:
        raise EditedMeanwhile(
            "Somebody changed this rumour while you had it open. Your words are kept below: look "
            "at it as it is now, then save again."
        )


def not_merged(rumour: Rumour) -> None:
    if rumour.state == "merged":
        raise Refused(f"This rumour is part of another one now: “{rumour.into}”. Change that one.")


def a_rumour(question: str, claim: str) -> None:
    if not claim:
        raise Refused("Write the claim in the words that people use.")
    if not question:
        raise Refused("Write the question that the public page answers.")
    if not question.endswith("?"):
        raise Refused("The heading of the public page is a question: end it with “?”.")


def an_answer(answer: str, looked_at: str, rationale: str) -> None:
    if not answer:
        raise Refused("The answer has no words yet: say what is so, the fact first.")
    if _CLAIM_FIRST.match(answer):
        raise Refused(
            "Say the fact first, not the claim: “The shops are open and nobody was hurt”, not "
            "“It is not true that …”. The claim stands on the page already."
        )
    if not looked_at:
        raise Refused("Say what was looked at: the public page tells it.")
    if not rationale:
        raise Refused("Say why you decide so: it stands in the record.")


def a_reason_for_change(before: Verdict | None, verdict: str, because: str) -> None:
    changes = before is not None and before.shown and before.verdict != verdict
    if changes and not because:
        raise Refused("This changes an answer that stood in public: say why, for everybody.")


def still_to_come(next_check_at: datetime, *, at: datetime) -> None:
    if next_check_at <= at:
        raise Refused("The next look is in the past: choose a later time.")
