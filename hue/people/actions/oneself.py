"""Being named in public: one's own choice. And the end of practising: somebody else's."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.lib.html import plain
from hue.people import access, wording
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

NAMED = Kind("person.named", "{by} chose to be named in public.")
UNNAMED = Kind("person.unnamed", "{by} chose not to be named in public.")
PRACTISES = Kind("person.practises", "{by} let {name} practise: their posts stay inside.")
PRACTICE_OVER = Kind("person.practice_over", "{by} ended the practice of {name}.")


@transaction.atomic
def set_public(*, by: Officer, at: datetime, public: bool, line: str = "") -> Officer:
    """Nobody chooses this for another: there is no other officer to name here."""
    require(by, Permission.SEE_DESK)
    wording.must_pass(line if public else "", by=by, at=at)
    changed = by.public != public
    by.public, by.public_line = public, plain(line) if public else ""
    by.save(update_fields=["public", "public_line"])
    if changed and public:
        record(NAMED, by=by, at=at, subject=by)
    elif changed:
        record(UNNAMED, by=by, at=at, subject=by)
    # What was signed before is signed anew: who takes the name back takes it back everywhere.
    queue.defer("publishing.sign_again", priority=queue.BULK, officer=by.pk)
    queue.defer("media.portrait", officer=by.pk)
    queue.defer("fediverse.profiles", once="fediverse.profiles")
    return by


@transaction.atomic
def set_practice(*, by: Officer, at: datetime, officer: Officer) -> Officer:
    """From now on what they post stays inside; what is public stays public."""
    require(by, Permission.TRAIN_OFFICERS)
    _practise(by, officer, practice=True)
    record(PRACTISES, by=by, at=at, subject=officer, personal={"name": str(officer)})
    return officer


@transaction.atomic
def end_practice(*, by: Officer, at: datetime, officer: Officer) -> Officer:
    """The next post is public; the practice posts never are. Whether it is time is asked by the
    action of this name in training, which knows the answers and the mentor."""
    require(by, Permission.TRAIN_OFFICERS)
    _practise(by, officer, practice=False)
    record(PRACTICE_OVER, by=by, at=at, subject=officer, personal={"name": str(officer)})
    return officer


def _practise(by: Officer, officer: Officer, *, practice: bool) -> None:
    access.not_oneself(by, officer, "decide about their own practice")
    changed = Officer.objects.filter(pk=officer.pk, practice=not practice)
    if not changed.update(practice=practice):
        raise Refused(f"{officer} {'practises already' if practice else 'does not practise'}.")
    officer.practice = practice
