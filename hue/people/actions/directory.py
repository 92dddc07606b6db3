"""Which identity of the force's own directory signs in as whom: one, and no second by itself."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.people import access
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.streams.tell import tell

LINKED = Kind(
    "person.directory_linked", "{by} signed in with an account of the directory for the first time."
)
UNLINKED = Kind(
    "person.directory_unlinked",
    "{by} let the account go with which {name} came from the directory.",
)


@transaction.atomic
def link_directory(*, by: Officer, at: datetime, account: SocialAccount) -> None:
    """Whoever comes first under the officer's name; after that the directory's number counts."""
    by = Officer.objects.select_for_update().get(pk=by.pk)  # two at once: the second waits here
    access.not_linked_yet(by)
    account.user = by
    account.save()
    record(LINKED, by=by, at=at, subject=by)


@transaction.atomic
def unlink_directory(*, by: Officer, at: datetime, officer: Officer) -> None:
    """The next who comes under that name is linked. Open sessions end."""
    require(by, Permission.MANAGE_PEOPLE)
    access.not_oneself(by, officer, "let their own link to the directory go")
    SocialAccount.objects.filter(user=officer).delete()
    Officer.objects.filter(pk=officer.pk).update(epoch=F("epoch") + 1)
    tell("sessions", "ended", {"officer": officer.pk}, at=at)
    record(UNLINKED, by=by, at=at, subject=officer, personal={"name": str(officer)})
