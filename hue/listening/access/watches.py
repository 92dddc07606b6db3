"""Who may listen, and to what: topics and places, never a person."""

import re
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from hue.guard.names import NAME, TITLE
from hue.incidents.models import Concerned
from hue.listening.models import Danger, Remark, Source, Watch
from hue.listening.sensitive import sensitive
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Area, Neighbourhood, Officer
from hue.people.roles import Permission

LONGEST = timedelta(days=28)
MOST_TOPICS = 40
WEB = frozenset({"https", "http", "wss", "ws"})
OUR_OWN = frozenset({"file", "form", "replies", "mail"})
ANSWERS = "information_asset_owner"
NOBODY = (
    "A watch is about topics and places, not people. Whoever must look at one person's posts asks "
    "the covert authorities bureau for an authority; that work is not done here."
)
_HANDLE = re.compile(r"@|(?<!\w)\w+_\w+|(?i:\b(?:u|user|profile|users)/\w)")
_ADDRESS = re.compile(r"(?i)://|\bwww\.|\b[\w-]+\.(?:com|org|net|uk|social|app|me|tv|io)\b|/")
_BEFORE = rf"(?:{TITLE}|PCSO|PC|DC|DS|DI|Sgt|Sergeant|Inspector)\.?"
_PERSON = re.compile(rf"(?:{_BEFORE} )?{NAME}|{_BEFORE} \w+")


def may_write(by: Officer, role: str) -> None:
    """In the name of a role that one has oneself."""
    require(by, Permission.WRITE_WATCHES)
    if role not in by.roles:
        raise Refused("A watch belongs to a role of your own: choose one of yours.")


def may_decide(by: Officer, watch: Watch) -> None:
    """A second person; for a belief, a party, a union or a protest whoever answers for the data."""
    require(by, Permission.APPROVE_WATCHES)
    not_oneself(by, watch.written_by, "approve a watch that they wrote")
    not_oneself(by, watch.owner, "approve a watch that they own")
    if ANSWERS not in by.roles and (what := sensitive(watch.topics)):
        raise Refused(f"“{what[0]}” needs an information asset owner to approve it.")


def may_see(by: Officer, watch: Watch) -> None:
    """Its charter: its own role, and whoever may approve it."""
    if watch.role not in by.roles:
        require(by, Permission.APPROVE_WATCHES)


def may_end(by: Officer, watch: Watch) -> None:
    if by.record_role != "system":
        require(by, Permission.WRITE_WATCHES)
        of_the_role(by, watch.role)


def may_declare(by: Officer) -> None:
    require(by, Permission.APPROVE_WATCHES)


def may_listen(by: Officer, role: str) -> None:
    require(by, Permission.LISTEN)
    of_the_role(by, role)


def of_the_role(by: Officer, role: str) -> None:
    if role not in by.roles:
        raise Refused("That watch belongs to another role: what it hears is not shown to yours.")


def may_bring(by: Officer, source: Source) -> None:
    """A file or a letter, by hand."""
    require(by, Permission.LISTEN)
    if source.kind not in {"file", "mail"}:
        raise Refused(f"“{source}” is not fed by hand.")


def may_switch(by: Officer) -> None:
    require(by, Permission.SWITCH_SOURCES)


def may_open(by: Officer, remark: Remark, danger: Danger | None) -> None:
    may_listen(by, remark.role)
    require(by, Permission.OPEN_REMARKS)
    if danger is None:
        raise Refused("It is opened only where a life is at risk: mark that first.")
    if not remark.sealed:
        raise Refused("Nothing is sealed with it: nobody knows who said it.")


def require_the_software(by: Officer) -> None:
    if by.record_role != "system":
        raise Refused("Remarks come in by a watch: write one.")


def in_words(**said: str) -> None:
    """`said`: what the field is called, and what stands in it."""
    for name, words in said.items():
        if len(words) < 10:
            raise Refused(f"Say the {name} in a sentence: it is public, and others rely on it.")


def times_that_work(starts: datetime, review: datetime, ends: datetime, *, at: datetime) -> None:
    """LIS-5: it ends by itself within 28 days, and is looked at before that."""
    if ends <= starts:
        raise Refused("The watch must end after it starts.")
    if ends - starts > LONGEST:
        raise Refused("A watch lasts 28 days at most: write another when it is over.")
    if ends <= at:
        raise Refused("This watch would be over already.")
    if not starts < review <= ends:
        raise Refused("The review lies between the start and the end.")


def topics_that_work(topics: list[str]) -> list[str]:
    """As they are looked for. LIS-1: no handle, no profile address, no name of a person."""
    found = list(dict.fromkeys(filter(None, (" ".join(t.split()) for t in topics))))
    if not found:
        raise Refused("Name one topic at least.")
    if len(found) > MOST_TOPICS:
        raise Refused(f"A watch has {MOST_TOPICS} topics at most: one that hears all is no watch.")
    known = names()
    for topic in found:
        _topic_that_works(topic, known)
    return found


def _topic_that_works(topic: str, known: frozenset[str]) -> None:
    told = unicodedata.normalize("NFKC", topic)
    if _HANDLE.search(told):
        raise Refused(f"“{topic}” is somebody's handle. {NOBODY}")
    if _ADDRESS.search(told):
        raise Refused(f"“{topic}” is an address of the web, as profiles have. {NOBODY}")
    if told.casefold() in known or (_PERSON.fullmatch(told) and not _is_place(told)):
        raise Refused(
            f"“{topic}” reads as somebody's name. {NOBODY} If it is a thing, write it small."
        )
    if not 3 <= len(told.lstrip("#")) <= 60:
        raise Refused(f"“{topic}” is too short or too long: 3 to 60 characters.")


def names() -> frozenset[str]:
    """Who works here and who stands in a case, as nobody may look for them."""
    found = set(Officer.objects.values_list("name", flat=True))
    for person in Concerned.objects.only("sealed").iterator():
        identity = person.identity
        found |= {identity.name, *identity.also}
    return frozenset(name.casefold() for name in found if len(name.split()) > 1)


def _is_place(name: str) -> bool:
    same = {"name__iexact": name}
    return Neighbourhood.objects.filter(**same).exists() or Area.objects.filter(**same).exists()


def necessity_that_works(topics: list[str], necessity: str) -> None:
    """CMD-3: belief, politics, unions and protest are no topic without a reason on paper."""
    if (what := sensitive(topics)) and len(necessity) < 40:
        raise Refused(
            f"“{what[0]}” is about {what[1]}: write why the watch is necessary and nothing less "
            "would do. An information asset owner decides it."
        )


def source_that_works(kind: str, address: str, query: str, cap: Decimal | None) -> None:
    if kind in {"feed", "mastodon", "bluesky"} and urlsplit(address).scheme not in WEB:
        raise Refused("Give the whole address, with https:// before it.")
    if kind in {"mastodon", "x", "bluesky"}:
        if not query:
            raise Refused("Say for what: a hashtag or words.")
        topics_that_work([query])
    if kind == "x" and cap is None:
        raise Refused("X bills each post that it shows: set the most that it may cost in a month.")


def terms_were_read(source: Source, terms: str, terms_say: str, basis: str) -> None:
    """Our own form and our own pages have no terms but ours."""
    if not terms.startswith("https://") and source.kind not in OUR_OWN:
        raise Refused("Give the address of its terms of use, with https:// before it.")
    in_words(**{"terms' own words on this use": terms_say, "basis": basis})


def ready(source: Source) -> None:
    if source.terms_read_at is None:
        raise Refused("Record its terms of use and the basis first: it stays off until then.")
