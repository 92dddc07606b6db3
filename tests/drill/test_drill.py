"""A drill is played through the real actions, is scored, and stays where it is."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from hue.drill import actions, scoring, script
from hue.drill.models import Drill, DrillCue
from hue.drill.play import play_due
from hue.governance.policy import Policy
from hue.guard import check as guard
from hue.guard.draft import Draft
from hue.guard.finding import Severity
from hue.lib import clock
from hue.listening import actions as listening
from hue.listening import reading, showing
from hue.listening.actions import rumours
from hue.listening.actions.rumours.decide import Answer
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.jobs import watches
from hue.listening.models import Asked, Bringing, Danger, Remark, Rumour, Watch
from hue.listening.queries import rumours as queries
from hue.listening.taking_up import heard_of
from hue.people.access import Refused
from tests.cast import NOON, Cast
from tests.listening.told import elsewhere

EVENT = "august-2011"
ROLE = "communications"  # nobody in the cast has the digital desk
# Kept for drama by Ofcom: they never ring anywhere.
DRAMA = re.compile(r"0121 496 0\d{3}|01632 960\d{3}|07700 900\d{3}|0808 157 0\d{3}")


@pytest.fixture
def place(settings: Any) -> Iterator[None]:
    settings.HUE_DRILL = f"{EVENT}:10"
    reading.forget()
    yield
    clock.reset()
    Path(settings.HUE_DATA, scoring.FILE).unlink(missing_ok=True)


def begun(cast: Cast) -> Drill:
    return actions.begin(by=cast.comms, at=NOON, event=EVENT, speed=10)


def after(minutes: int) -> Any:
    """The worker looked ten and five minutes ago, and now."""
    return [looked_at(max(0, minutes - ago)) for ago in (10, 5, 0)][-1]


def looked_at(minute: int) -> Any:
    at = NOON + timedelta(minutes=minute)
    while play_due(at=at):
        pass
    watches.bring_all(at=lambda: at)
    watches.read_all(at=lambda: at)
    return at


def taken_up(cast: Cast, words: str, at: Any, **also: Any) -> Rumour:
    """As the desk does it: entered from the question of the public."""
    asked = Asked.objects.filter(words__icontains=words, state="waiting").earliest("pk")
    told = {"question": "Is the hospital under attack?", "claim": asked.words, **also}
    return rumours.enter(by=cast.officer, at=at, asked=asked, **told)


def decided(cast: Cast, rumour: Rumour, at: Any, verdict: str, says: str) -> None:
    answer = Answer(verdict, says, "Hospital control.", "Asked there.", at + timedelta(hours=3))
    rumours.decide(by=cast.sergeant, at=at, rumour=rumour, seen=1, answer=answer)


def test_outside_its_own_place_nothing_begins(cast: Cast) -> None:
    with pytest.raises(Refused, match="place of its own"):
        begun(cast)
    with pytest.raises(CommandError, match="place of its own"):
        call_command("drill", EVENT)
    assert not DrillCue.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [({"event": "august-1911"}, "no drill"), ({"speed": 61}, "1 to 60"), ({"speed": 0.5}, "1 to")],
)
def test_a_drill_says_what_is_wrong_with_it(
    place: None, cast: Cast, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.begin(**{"by": cast.comms, "at": NOON, "event": EVENT, "speed": 10, **change})


def test_the_written_events_name_nobody_and_ring_nowhere() -> None:
    for event in script.events().values():
        said = [claim.question for claim in event.claims.values()]
        said += [words for claim in event.claims.values() for words in claim.words]
        said += [inject["says"] for inject in event.injects]
        said += {post.text for post in script.posts(event)}
        for words in said:
            found = guard.check(Draft(words, NOON), Policy().guard).findings
            named = {one.rule for one in found if one.severity is Severity.STOP}
            assert not {rule for rule in named if "name" in rule.lower()}, (words, named)
            for number in re.findall(r"\+?\d[\d ]{8,}", words):
                assert DRAMA.fullmatch(number.strip()), words


def test_the_evening_rises_stands_and_falls() -> None:
    event = script.events()[EVENT]
    seen = [cue for cue in script.cues(event) if cue.what == "seen" and cue.claim == "hospital"]
    said = [post for post in script.posts(event) if post.claim == "hospital"]
    starts, by_step = event.claims["hospital"].starts, Counter[int]()
    for cue in seen:
        by_step[(cue.minute - starts) // 30] += cue.facts["count"]
    for post in said:
        by_step[int(post.minute - starts) // 30] += 1
    counts = [by_step[step] for step in sorted(by_step)]
    assert len(said) > sum(counts) / 3
    highest = counts.index(max(counts))
    assert 1 <= highest <= 5
    assert counts[: highest + 1] == sorted(counts[: highest + 1])
    assert counts[highest:] == sorted(counts[highest:], reverse=True)
    assert abs(sum(counts) - event.claims["hospital"].total) < 30
    assert script.cues(event) == script.cues(event)


def test_it_is_played_once_however_often_the_worker_looks(place: None, cast: Cast) -> None:
    drill = begun(cast)
    at = after(75)
    played = drill.cues.exclude(played_at=None).count()
    assert played
    assert play_due(at=at) == 0
    asked = drill.cues.filter(what="asked").exclude(played_at=None).count()
    assert Asked.objects.count() == asked


def test_what_the_desk_spots_grows_and_what_it_answers_is_scored(place: None, cast: Cast) -> None:
    drill = begun(cast)
    at = after(75)
    rumour = taken_up(cast, "hospital", at, harm="life")
    decided(cast, rumour, NOON + timedelta(minutes=90), "false", "Nobody came in: all wards work.")
    at = after(200)
    assert rumour.sightings.exclude(source="form").exists()
    told = scoring.score(drill, at=at)
    line = next(line for line in told.lines if "hospital" in line.question)
    assert (line.spotted, line.answered, line.right) == (5, 20, True)
    # Dangerous, said before the last hour began, and left alone: none but the hospital, answered.
    assert "a dangerous claim without an answer for an hour" not in told.broken
    later = scoring.score(drill, at=after(230))
    assert later.broken["a dangerous claim without an answer for an hour"] == 1


def test_a_wrong_answer_is_a_rule_broken(place: None, cast: Cast) -> None:
    drill = begun(cast)
    at = after(75)
    rumour = taken_up(cast, "hospital", at)
    decided(cast, rumour, at, "true", "The hospital is under attack.")
    told = scoring.score(drill, at=after(80))
    assert told.broken["an answer that the facts do not bear"] == 1


def test_about_a_death_the_right_answer_is_that_others_investigate(place: None, cast: Cast) -> None:
    drill = begun(cast)
    at = after(235)
    rumour = taken_up(cast, "van", at, question="Did a police van hit somebody?", subject="iopc")
    rumours.show(by=cast.sergeant, at=at, rumour=rumour, seen=1)
    rumours.investigate(by=cast.sergeant, at=at, rumour=rumour, seen=1)
    told = scoring.score(drill, at=at)
    line = next(line for line in told.lines if "van" in line.question)
    assert (line.right, line.answered) == (True, 5)


def test_what_is_about_the_force_needs_its_second_decider_in_a_drill_too(
    place: None, cast: Cast
) -> None:
    begun(cast)
    at = after(185)
    rumour = taken_up(cast, "cops", at, question="Did officers leave?", subject="force")
    decided(cast, rumour, at, "false", "Officers protected the fire crew.")
    verdict = rumour.verdicts.get()
    assert verdict.state == "proposed"
    other = elsewhere(cast, cast.colleague)
    rumours.second(by=other, at=at, verdict=verdict, agrees=True, says="The log says so.")
    assert Rumour.objects.get(pk=rumour.pk).state == "false"


def test_the_page_begins_and_ends_it_and_the_score_is_kept(
    place: None, cast: Cast, client: Client, settings: Any
) -> None:
    client.force_login(cast.comms)
    assert "Begin" in client.get("/desk/drills/").content.decode()
    client.post("/desk/drills/begin/", {"event": EVENT, "speed": "60"})
    drill = Drill.objects.get()
    assert clock.rate() == 60
    play_due(at=drill.began_at + timedelta(minutes=60))
    page = client.get("/desk/drills/").content.decode()
    assert "Exercise control:" in page
    client.post("/desk/drills/end/")
    drill.refresh_from_db()
    assert drill.state == "ended"
    kept = json.loads(Path(settings.HUE_DATA, scoring.FILE).read_text())
    assert kept["event"] == EVENT
    assert kept["lines"]


def test_the_force_s_own_desk_reads_scores_and_begins_nothing(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HUE_DATA = tmp_path
    client.force_login(cast.comms)
    page = client.get("/desk/drills/").content.decode()
    assert "No drill ended here within the last twelve months." in page
    client.post("/desk/drills/begin/", {"event": EVENT, "speed": "10"})
    assert not Drill.objects.exists()
    folder = tmp_path / "drills" / EVENT
    folder.mkdir(parents=True)
    told = {"title": "An evening", "ended": clock.stamp(clock.now()), "lines": [], "broken": {}}
    (folder / scoring.FILE).write_text(json.dumps({**told, "spot": 4, "answer": 31}))
    page = client.get("/desk/drills/").content.decode()
    assert "An evening" in page
    assert "within the last twelve months" not in page


def test_what_is_said_goes_through_the_intake_and_fills_the_screens(
    place: None, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = begun(cast)
    for minute in range(0, 181, 30):
        at = looked_at(minute)
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(cast.comms)
    page = client.get("/desk/listening/").content.decode()
    assert "childrens hospital" in page
    assert page.count('data-danger="') == 2  # a family above a shop that burns, told twice
    told = showing.desk(ROLE, at=at)
    assert told["stories"][0]["new_60"]
    assert any(one["asked"] for one in told["asked"])
    assert told["places"][0]["place"] == "Kings Heath"
    said = [post for post in script.posts(script.events()[EVENT]) if post.minute <= 180]
    assert Bringing.objects.get().counts["seen"] == len(said)
    assert len(said) > 200
    assert drill.cues.filter(what="seen", facts__source="x").count() == 0


def test_a_claim_that_is_taken_up_from_what_is_said_is_spotted_and_grows(
    place: None, cast: Cast
) -> None:
    drill = begun(cast)
    at = after(75)
    rumour = _entered_from_what_is_said(cast, "hospital", at)
    assert _line(drill, "hospital", at).spotted == 5
    before = queries.growth(rumour, at=at)["all"]
    later = after(200)
    assert rumour.sightings.filter(source="x").exists()  # the file is named for where it is from
    assert queries.growth(rumour, at=later)["all"] > before


def test_the_time_to_spot_counts_from_when_the_engine_had_it(place: None, cast: Cast) -> None:
    drill = begun(cast)
    at = looked_at(82)  # said from 70 on; the engine reads it only now
    _entered_from_what_is_said(cast, "hospital", at + timedelta(minutes=9))
    assert _line(drill, "hospital", at + timedelta(minutes=9)).spotted == 9


def test_a_risk_to_life_that_nobody_hands_off_is_a_rule_broken(place: None, cast: Cast) -> None:
    drill = begun(cast)
    rule = "a risk to life that nobody handed off in two minutes of the room"
    assert rule not in scoring.score(drill, at=after(172)).broken
    assert scoring.score(drill, at=after(195)).broken[rule] == 2
    for danger in Danger.objects.all():
        at = danger.since + timedelta(minutes=19)  # at ten times: not yet two minutes
        listening.hand_off(by=cast.comms, at=at, danger=danger, reference="log 412")
    assert rule not in scoring.score(drill, at=after(196)).broken


def test_when_it_ends_nothing_more_is_said_and_another_one_says_it_anew(
    place: None, cast: Cast
) -> None:
    drill = begun(cast)
    at = after(80)
    heard = Remark.objects.count()
    actions.end(by=cast.comms, at=at, drill=drill)
    assert (Bringing.objects.get().state, Watch.objects.get().state) == ("stopped", "ended")
    after(120)
    assert Remark.objects.count() == heard
    again = actions.begin(by=cast.comms, at=after(200), event=EVENT, speed=10)
    after(280)
    assert Remark.objects.count() == 2 * heard
    assert again.cues.exclude(played_at=None).exists()


def _entered_from_what_is_said(cast: Cast, words: str, at: Any) -> Rumour:
    """As the desk does it from the page of a claim."""
    remark = Remark.objects.filter(text__icontains=words).earliest("pk")
    told = heard_of(ROLE, remark.claim, at=at)
    assert told
    glimpse = told.glimpse(Glimpse(told.source, count=told.count))
    question = "Is the hospital under attack?"
    return rumours.enter(
        by=cast.officer, at=at, question=question, claim=told.words, glimpse=glimpse
    )


def _line(drill: Drill, words: str, at: Any) -> scoring.Line:
    lines = scoring.score(drill, at=at).lines
    return next(line for line in lines if words in line.question)
