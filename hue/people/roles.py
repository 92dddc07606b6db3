"""Roles as the field knows them, and what each may do. The one page of permissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do; the value is read aloud in refusals: "… may not <value>"."""

    SEE_DESK = "see the desk"
    SEE_INCIDENTS = "see incidents before they are public"
    WRITE_POSTS = "write posts"
    PUBLISH_POSTS = "publish without a second person where the policy allows it"
    APPROVE_POSTS = "approve other people's posts"
    CORRECT_POSTS = "correct published posts"
    WITHDRAW_POSTS = "withdraw published posts"
    ANSWER_QUESTIONS = "answer what officers ask the desk"
    KEEP_RUMOURS = "enter rumours and where they were seen"
    DECIDE_RUMOURS = "decide what the force says about a rumour"
    SEND_ALERTS = "send and call off alerts that other systems pass on"
    STOP_ALL = "stop everything that is about to be published"
    FLAG_OPERATIONS = "say that an operation is live or stood down"
    SET_ELECTIONS = "say when an election period runs and who stands"
    REVIEW_SAMPLE = "judge what the guard said of published posts"
    RECORD_INCIDENTS = "record incidents and what came of them"
    KNOW_PEOPLE = "see and note the people of a case"
    IMPORT_INCIDENTS = "import incidents from a file"
    PLAN_EVENTS = "plan and close live events"
    INVITE_GUESTS = "invite guests to a live event"
    EDIT_PRIORITIES = "edit the priorities of a neighbourhood"
    MANAGE_PEOPLE = "add people and change their roles"
    SUSPEND_PEOPLE = "suspend people"
    TRAIN_OFFICERS = "name mentors and end practice"
    SET_POLICY = "propose a policy, and go back to an earlier one"
    AGREE_POLICY = "put into force a policy that somebody else proposed"
    RUN_DRILLS = "begin and end a drill, and read its score"
    READ_RECORD = "read the record"
    OPEN_PERSONAL_DATA = "open personal data in the record"
    SHRED_PERSONAL_DATA = "shred personal data in the record"
    OPEN_ACCOUNTS = "open and close the force's accounts elsewhere"
    LISTEN = "see what is said about topics and places that their own role watches"
    WRITE_WATCHES = "write watches of topics and places"
    APPROVE_WATCHES = "approve watches that somebody else wrote"
    SWITCH_SOURCES = "switch on what a watch may read"
    OPEN_REMARKS = "open who said something, where a life is at risk"
    KEEP_SUBSCRIBERS = "look after who reads watch messages"
    CHANGE_FORCE = "change the force's name, colours and areas"


P = Permission
_STAFF = {P.SEE_DESK, P.SEE_INCIDENTS}
_LISTENER = {P.LISTEN, P.WRITE_WATCHES}
_WRITER = _STAFF | {P.WRITE_POSTS, P.RECORD_INCIDENTS, P.KEEP_RUMOURS}
_SUPERVISOR = _WRITER | {
    P.PUBLISH_POSTS,
    P.APPROVE_POSTS,
    P.CORRECT_POSTS,
    P.WITHDRAW_POSTS,
    P.ANSWER_QUESTIONS,
    P.DECIDE_RUMOURS,
    P.SEND_ALERTS,
    P.STOP_ALL,
    P.FLAG_OPERATIONS,
    P.SUSPEND_PEOPLE,
    P.TRAIN_OFFICERS,
    P.KNOW_PEOPLE,
    P.EDIT_PRIORITIES,
    P.INVITE_GUESTS,
    P.APPROVE_WATCHES,
    P.OPEN_REMARKS,
    *_LISTENER,
    P.RUN_DRILLS,
}
_COMMUNICATIONS = (_SUPERVISOR | {P.PLAN_EVENTS, P.IMPORT_INCIDENTS, P.SET_ELECTIONS}) - {
    P.SUSPEND_PEOPLE,
    P.TRAIN_OFFICERS,
}


@dataclass(frozen=True)
class Role:
    slug: str
    name: str
    says: str
    may: frozenset[Permission]


def _role(slug: str, says: str, may: Iterable[Permission]) -> Role:
    return Role(slug, slug.replace("_", " ").capitalize(), says, frozenset(may))


ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        _role(
            "neighbourhood_officer",
            "Tells a neighbourhood what its team does, and answers for it.",
            _WRITER | {P.PUBLISH_POSTS, P.EDIT_PRIORITIES},
        ),
        _role(
            "supervisor",
            "Decides what waits, stops what must not go out, answers for a team.",
            _SUPERVISOR | {P.REVIEW_SAMPLE},
        ),
        _role(
            "communications",
            "Speaks for the force, plans live events, keeps the voice and its accounts elsewhere.",
            _COMMUNICATIONS | {P.OPEN_ACCOUNTS, P.SWITCH_SOURCES, P.KEEP_SUBSCRIBERS},
        ),
        _role(
            "digital_desk",
            "Watches every channel around the clock and decides with the supervisor on duty.",
            _COMMUNICATIONS - {P.PLAN_EVENTS, P.SET_ELECTIONS},
        ),
        _role(
            "investigator",
            "Runs a case and asks the public for help in it.",
            _WRITER | {P.KNOW_PEOPLE},
        ),
        _role(
            "senior_investigating_officer",
            "Answers for a serious case and for what is said about it.",
            _WRITER
            | {P.KNOW_PEOPLE, P.APPROVE_POSTS, P.WITHDRAW_POSTS, P.CORRECT_POSTS, P.STOP_ALL}
            | {P.FLAG_OPERATIONS, P.DECIDE_RUMOURS},
        ),
        _role(
            "gold",
            "Holds the strategy in a critical incident; agrees to a new policy.",
            _STAFF
            | {P.KNOW_PEOPLE, P.APPROVE_POSTS, P.WITHDRAW_POSTS, P.CORRECT_POSTS, P.STOP_ALL}
            | {P.FLAG_OPERATIONS, P.SET_ELECTIONS, P.AGREE_POLICY, P.SEND_ALERTS}
            | _LISTENER
            | {P.APPROVE_WATCHES, P.OPEN_REMARKS}
            | {P.KEEP_RUMOURS, P.DECIDE_RUMOURS, P.RUN_DRILLS},
        ),
        _role(
            "intelligence",
            "Gets what is intelligence, and publishes nothing.",
            _STAFF | _LISTENER | {P.KEEP_RUMOURS},
        ),
        _role(
            "professional_standards",
            "Deals with complaints, apart from everybody else, and may suspend.",
            _STAFF | {P.SUSPEND_PEOPLE, P.READ_RECORD, P.OPEN_PERSONAL_DATA},
        ),
        _role("press", "Answers journalists, at the same second for all.", _WRITER),
        _role(
            "records",
            "Keeps the record, reads it to those who may ask, shreds what the law says.",
            _STAFF
            | {P.KNOW_PEOPLE, P.READ_RECORD, P.OPEN_PERSONAL_DATA, P.SHRED_PERSONAL_DATA}
            | {P.KEEP_SUBSCRIBERS},
        ),
        _role(
            "information_asset_owner",
            "Answers for the accounts and the data in them, and proposes the policy.",
            _STAFF
            | {P.SET_POLICY, P.AGREE_POLICY, P.READ_RECORD, P.STOP_ALL, P.OPEN_ACCOUNTS}
            | {P.APPROVE_WATCHES, P.SWITCH_SOURCES, P.KEEP_SUBSCRIBERS},
        ),
        _role(
            "administrator",
            "Adds people, areas and the force's look; publishes nothing.",
            _STAFF | {P.MANAGE_PEOPLE, P.SUSPEND_PEOPLE, P.CHANGE_FORCE, P.IMPORT_INCIDENTS},
        ),
        _role(
            "guest",
            "Posts for stated hours in one live event; each post is approved by somebody else.",
            {P.SEE_DESK, P.WRITE_POSTS},
        ),
        _role(
            "system",
            "The software itself: it does what was decided and records that it did.",
            frozenset(Permission),
        ),
    )
}


IN_SHORT = (
    "Somebody with two roles may do what either may. Nobody approves their own post, and nobody "
    "changes their own roles. Where the policy asks for a second person, whoever changed the words "
    "of a post before it was public counts as one of its authors."
)


def holders(permission: Permission) -> list[str]:
    """Slugs of the roles that have it, the system's own left out."""
    return [
        role.slug for role in ROLES.values() if permission in role.may and role.slug != "system"
    ]
