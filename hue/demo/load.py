"""Setting the invented force up: places, people, training, its event, and the cues of its day."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from hue.demo import drawings, hearing, script
from hue.demo.models import CueRow, Progress
from hue.demo.signins import PASSWORD
from hue.events import actions as events
from hue.events.models import LiveEvent
from hue.fediverse import actions as fediverse
from hue.governance import actions as governance
from hue.listening.actions import rumours
from hue.listening.actions.rumours.decide import Answer
from hue.listening.actions.rumours.enter import Glimpse
from hue.media import actions as media
from hue.pages import stale
from hue.people.models import (
    Force,
    LocalPolicingUnit,
    Neighbourhood,
    Officer,
    Priority,
    Team,
)
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.training import actions as training

POLICY = (
    "Write as you would speak to a neighbour. No names of people we deal with, no house numbers, "
    "nothing that helps anybody hide or hurts anybody's case. If you get something wrong, correct "
    "it in the open."
)


@transaction.atomic
def load(*, opens: datetime, rate: float) -> None:
    """Everything that is there before the day opens. Does nothing where a force already is."""
    unit = load_people(opens=opens)
    if unit is None:
        return
    cast, before = script.read("cast"), opens - timedelta(days=1)
    notices = script.read("notices")
    _accounts(unit, before)
    event = _event(notices["event"], unit, opens, before)
    _guests(cast.get("guest", ()), event, before)
    _notices(notices["notice"], opens, before)
    _training(script.read("training"), before)
    hearing.listen(script.read("listening"), opens=opens, before=before)
    _rumours(script.read("rumours")["rumour"], before)
    _cues(opens)
    Progress.objects.create(shown_at=opens - timedelta(minutes=3), rate=rate)
    stale.mark(("publishing.home", ""), ("publishing.events", ""), at=before)


@transaction.atomic
def load_people(*, opens: datetime) -> LocalPolicingUnit | None:
    """The force, its places, its people and its policy; nothing where a force already is."""
    if Force.objects.exists():
        return None
    written = script.read("force")
    unit = _force(written)
    for entry in written["neighbourhood"]:
        _neighbourhood(unit, entry, opens)
    cast = script.read("cast")
    _people(unit, [*cast["officer"], *cast.get("guest", ())])
    before = opens - timedelta(days=1)
    _policy(before)
    _portraits(cast["officer"], before)
    return unit


def _force(written: dict[str, Any]) -> LocalPolicingUnit:
    told, unit = written["force"], written["unit"][0]
    force = Force.objects.create(
        slug=told["slug"],
        name=told["name"],
        short_name=told["short_name"],
        contact_email=told["contact_email"],
        demonstration=True,
    )
    return LocalPolicingUnit.objects.create(force=force, slug=unit["slug"], name=unit["name"])


def _neighbourhood(unit: LocalPolicingUnit, entry: dict[str, Any], opens: datetime) -> None:
    place = Neighbourhood.objects.create(
        unit=unit,
        slug=entry["slug"],
        name=entry["name"],
        about=entry["about"],
        how_to_ask=entry["ask"],
        latitude=entry["lat"],
        longitude=entry["lon"],
    )
    team = entry["team"]
    Team.objects.create(
        neighbourhood=place, slug=team["slug"], name=team["name"], presence=team["days_hint"]
    )
    Priority.objects.bulk_create(
        Priority(
            neighbourhood=place,
            you_said=told["said"],
            we_did=told["did"],
            reviewed_at=opens - timedelta(days=told["reviewed"]),
        )
        for told in entry.get("priority", ())
    )


def _people(unit: LocalPolicingUnit, entries: list[dict[str, Any]]) -> None:
    password = make_password(PASSWORD)  # once: the hash is slow on purpose
    teams = {team.neighbourhood.name: team for team in Team.objects.select_related("neighbourhood")}
    Officer.objects.bulk_create(
        Officer(
            username=entry["key"],
            name=entry["name"],
            rank=entry.get("rank", ""),
            collar_number=entry.get("collar_number", ""),
            roles=entry.get("roles", ["guest"]),
            unit=unit,
            team=teams.get(entry.get("neighbourhood", "")),
            public=entry.get("public", False),
            public_line=entry.get("line", ""),
            practice=entry.get("practice", False),
            password=password,
        )
        for entry in entries
    )


def _policy(at: datetime) -> None:
    owner = _with_role("information_asset_owner")
    pack = governance.propose(by=owner, at=at, text=POLICY, values={"outcome_due_days": 2})
    governance.agree(by=_with_role("gold"), at=at, pack=pack, seen=0)
    for officer in Officer.objects.serving():
        governance.accept_policy(by=officer, at=at)


def _portraits(entries: list[dict[str, Any]], at: datetime) -> None:
    for entry in entries:
        if name := entry.get("portrait", "").removeprefix("drawn:"):
            officer = Officer.objects.get(username=entry["key"])
            media.show_portrait(by=officer, at=at, content=drawings.draw(name))


def _accounts(unit: LocalPolicingUnit, at: datetime) -> None:
    """Loopback only: nobody elsewhere can follow the invented force."""
    for kind, key, name in (
        ("force", "", "police"),
        ("unit", unit.slug, unit.slug.replace("-", "_")),
    ):
        opener = _with_role("communications")
        fediverse.open_account(by=opener, at=at, kind=kind, key=key, name=name)


def _event(
    told: dict[str, Any], unit: LocalPolicingUnit, opens: datetime, at: datetime
) -> LiveEvent:
    return events.plan(
        by=_with_role("communications"),
        at=at,
        hashtag=told["hashtag"],
        name=told["title"],
        unit=unit,
        purpose=told["purpose"],
        introduction=told["landing"]["before"],
        afterwards=told["afterwards"],
        owner=Officer.objects.get(username=told["owner"]),
        starts_at=opens,
        ends_at=opens + timedelta(hours=told["hours"]),
    )


def _guests(entries: Any, event: LiveEvent, at: datetime) -> None:
    for entry in entries:
        start, end = (event.starts_at + _since_opening(entry[name]) for name in ("from", "until"))
        events.admit_guest(
            by=_with_role("supervisor"),
            at=at,
            event=event,
            guest=Officer.objects.get(username=entry["key"]),
            starts_at=start,
            ends_at=end,
        )


def _notices(entries: list[dict[str, Any]], opens: datetime, before: datetime) -> None:
    for told in entries:
        at = opens + timedelta(hours=told["publish_at"])
        draft = Draft(
            told["text"],
            kind="notice",
            neighbourhood=Neighbourhood.objects.get(name=told["place"]),
            publish_at=at if at > opens else None,
            holds_from=opens + timedelta(hours=told["from"]),
            holds_until=opens + timedelta(hours=told["until"]),
        )
        author = Officer.objects.get(username=told["officer"])
        actions.compose(by=author, at=before if at > opens else at, draft=draft)


def _training(written: dict[str, Any], at: datetime) -> None:
    """Half of the way: cases passed and one not, a mentor who waits, what the desk was asked."""
    officer = Officer.objects.get(username=written["officer"])
    mentor = Officer.objects.get(username=written["mentor"])
    mentoring = training.name_mentor(
        by=_with_role("supervisor"), at=at, officer=officer, mentor=mentor
    )
    for told in written["answer"]:
        silent = not told["words"]
        training.answer_case(
            by=officer, at=at, case=told["case"], words=told["words"], silent=silent
        )
    training.say_not_yet(by=mentor, at=at, mentoring=mentoring, because=written["not_yet"])
    for told in written["question"]:
        _question(told, officer, at)


def _question(told: dict[str, Any], officer: Officer, at: datetime) -> None:
    post = actions.compose(by=officer, at=at, draft=Draft(told["draft"]), send="draft")
    question = training.ask(by=officer, at=at, post=post, words=told["ask"])
    then = at + timedelta(minutes=told["minutes"])
    training.answer(
        by=_with_role("digital_desk"),
        at=then,
        question=question,
        words=told["answer"],
        for_all=told["for_all"],
    )
    if told["sent"]:
        actions.submit(by=officer, at=then, post=post)


def _rumours(entries: list[dict[str, Any]], at: datetime) -> None:
    """One answered, one whose answer changed, one that nobody can answer yet."""
    for told in entries:
        rumour = rumours.enter(
            by=_with_role("neighbourhood_officer"),
            at=at,
            question=told["question"],
            claim=told["claim"],
            harm=told["harm"],
            owner=_with_role("digital_desk"),
            places=list(Neighbourhood.objects.filter(name__in=told["places"])),
            glimpse=Glimpse(told["source"], count=told["count"]),
        )
        for number, answer in enumerate(told.get("answer", ()), 1):
            then = at + timedelta(hours=number)
            again = then + timedelta(days=3)
            rumours.decide(
                by=_with_role("supervisor"),
                at=then,
                rumour=rumour,
                seen=number,
                answer=Answer(**answer, next_check_at=again),
            )
        if "answer" not in told:
            rumours.show(by=_with_role("supervisor"), at=at, rumour=rumour, seen=1)


def _cues(opens: datetime) -> None:
    CueRow.objects.bulk_create(
        CueRow(key=cue.key, what=cue.what, facts=cue.facts, due_at=cue.due(opens))
        for cue in script.cues()
    )


def _since_opening(clock: str) -> timedelta:
    return timedelta(minutes=script.minute_of(clock))


def _with_role(role: str) -> Officer:
    return Officer.objects.filter(roles__contains=[role]).earliest("pk")
