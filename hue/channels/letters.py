"""The words of what goes to readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from hue.channels.actions.publish import Said
from hue.channels.letter import LEAVE, OWN, Letter
from hue.channels.models import Account, Piece
from hue.events.models import LiveEvent
from hue.people.queries import the_force

NEUTRAL = "There is something new for you"
_SUBJECT = 70


class Told(NamedTuple):
    """A piece and what is news about it to a reader."""

    piece: Piece
    news: str  # "new", "correction" or "gone"


def of_one(account: Account, told: Told, *, neutral: bool) -> Letter:
    link = settings.HUE_SITE + told.piece.address
    if neutral:
        return _neutral(account, f"{told.piece.ref}.{told.news}", told.piece)
    text = _words(told)
    body = f"{text}\n\nRead it with all that follows: {link}\n\n{_foot(account)}"
    return Letter(_key(told), _subject(told), body, f"{text} {link}", link)


def summary(account: Account, all_told: Sequence[Told], *, neutral: bool) -> Letter:
    """What waited since the last one, together."""
    if neutral:
        return _neutral(account, "summary", all_told[0].piece)
    parts = [
        f"* {one.piece.place or 'Everywhere'}: {_words(one)}\n"
        f"  {settings.HUE_SITE}{one.piece.address}"
        for one in all_told
    ]
    number = len(all_told)
    subject = "1 message" if number == 1 else f"{number} messages"
    text = "\n\n".join(parts) + f"\n\n{_foot(account)}"
    force = the_force().short_name
    link = settings.HUE_SITE + "/"
    short = f"{subject} from {force}: {link}"
    return Letter("summary", f"{subject} from {force} today", text, short, link)


def greeting(link: str, *, known: bool, neutral: bool, code: str = "") -> Letter:
    """Asks the address itself. A code where there is no room for a link."""
    who = "" if neutral else f" of {the_force().name}"
    what = "change the messages" if known else "get messages"
    ask = f"Somebody asked to {what}{who} here. If it was you, say yes within three days:"
    rest = "If it was not you, do nothing: nothing more will come."
    subject = "Please confirm" if neutral else "Please confirm: watch messages"
    short = f"Your code is {code}. It was not you? Do nothing." if code else "Tap to say yes."
    address = settings.HUE_SITE + link
    return Letter(
        "greeting", subject, f"{ask}\n\n{address}\n\n{rest}", short, address, neutral, True
    )


def moved(account: Account, force: str, *, neutral: bool) -> Letter:
    """To somebody who asked another force, and was taken over."""
    ours = the_force().name
    what = "What you asked for" if neutral else f"The messages that you asked {force} for"
    whose = "a new sender" if neutral else ours
    text = f"{what} will come from {whose} from now on, as you chose."
    body = f"{text}\n\nStop it with one tap: {LEAVE}\nChange what you get: {OWN}"
    subject = "A new sender" if neutral else f"Your messages come from {ours} now"
    short = f"{text} To stop it: {LEAVE}"
    return Letter(
        "moved",
        subject,
        body if neutral else f"{body}\n{account.out_of_hours}".rstrip(),
        short,
        "",
        neutral,
    )


def ready_text(event: LiveEvent, *, at: datetime) -> Said:
    """What volunteers may pass on, word for word."""
    begins = date_format(timezone.localtime(event.starts_at), "l j F, H:i")
    address = f"/events/{event.hashtag}/"
    text = (
        f"{event.name} begins {begins}. {event.purpose}\n\nA text that you may pass on:\n"
        f"“{the_force().name} tells what happens as it happens: {event.name}, from {begins}. "
        f"Read along, without an account: {settings.HUE_SITE}{address}”"
    )
    return Said(f"before-{event.hashtag}"[:40], address, text, at)


def _words(told: Told) -> str:
    if told.news == "gone":
        return "We took back what we sent you before. Please do not pass it on."
    return f"Correction: {told.piece.text}" if told.news == "correction" else told.piece.text


def _subject(told: Told) -> str:
    place = str(told.piece.place or the_force().short_name)
    line = f"{place}: {_words(told)}".split("\n")[0]
    return line if len(line) <= _SUBJECT else f"{line[: _SUBJECT - 1].rstrip()}…"


def _neutral(account: Account, key: str, piece: Piece) -> Letter:
    """No topic, no sender to be known by; where it is read, there is a way out of the page."""
    link = f"{settings.HUE_SITE}{f'/neighbourhoods/{piece.place.slug}/' if piece.place else '/'}"
    text = f"{NEUTRAL}: {link}\n\nChange or stop this: {OWN}"
    return Letter(key, NEUTRAL, text, f"{NEUTRAL}.", link, True)


def _foot(account: Account) -> str:
    return (
        "--\nYou asked for these messages, and chose how many: what is more than your week's "
        "number waits for your daily summary. Danger to life comes at once.\n"
        f"Change what you get: {OWN}\nStop it with one tap: {LEAVE}\n{account.out_of_hours}"
    ).rstrip()


def _key(told: Told) -> str:
    return f"{told.piece.ref}.{told.piece.version}.{told.news}"
