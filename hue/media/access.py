"""Who may show whose face, and who says what a picture shows."""

from hue.media.models import SHOWS, SOURCES, Picture
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.states.moving import EditedMeanwhile


def require_named(officer: Officer) -> None:
    """A face stands beside a name, never alone."""
    require(officer, Permission.SEE_DESK)
    if not officer.public:
        raise Refused("A picture stands beside your name: choose to be named in public first.")


def require_own_face(by: Officer, officer: Officer) -> None:
    """One's own, or the software's when the consent has ended otherwise."""
    if by.pk != officer.pk and "system" not in by.roles:
        raise Refused("Only the person in the picture takes it back.")


# Whoever answers for the case: in a serious one the senior investigating officer.
APPROVERS = ("senior_investigating_officer", "investigator")


def require_describing(officer: Officer, picture: Picture) -> None:
    """One's own; another's where one sees the case it belongs to."""
    require(officer, Permission.WRITE_POSTS)
    if picture.by_id != officer.pk:
        require(officer, Permission.SEE_INCIDENTS)


def approving_role(officer: Officer) -> str:
    """The role in which they approve, if any."""
    return next((role for role in APPROVERS if role in officer.roles), "")


def require_approver(officer: Officer) -> None:
    require(officer, Permission.KNOW_PEOPLE)
    if not approving_role(officer):
        raise Refused(
            "Only the senior investigating officer or an investigator of the case approves a "
            "picture of somebody."
        )


def can_be_approved(by: Officer, picture: Picture) -> None:
    """Approved and verified: by nobody who took it in or said what it shows."""
    not_oneself(by, picture.by, "approve their own picture")
    if picture.described_by is not None:
        not_oneself(by, picture.described_by, "approve what they said of a picture")
    if not picture.shows:
        raise Refused("Nobody in it can be recognised: it needs no approval.")
    if not picture.purpose:
        raise Refused("Say first what it is shown for.")


def same_facts(picture: Picture, seen: str) -> None:
    if picture.facts_digest != seen:
        raise EditedMeanwhile(
            "Somebody changed what is said of this picture while you had it open. Look at it as it "
            "stands here now, then approve it."
        )


def known_facts(shows: str, source: str) -> None:
    if shows not in SHOWS or source not in SOURCES:
        raise Refused("Choose who is in the picture and where it comes from.")
