"""A drill is played through the real actions, is scored, and stays where it is."""

import json
import re
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
from hue.listening.actions import rumours
from hue.listening.actions.rumours.decide import Answer
from hue.listening.models import Asked, Rumour
from hue.people.access import Refused
from tests.cast import NOON, Cast
from tests.listening.told import elsewhere

EVENT = "august-2011"
# Kept for drama by Ofcom: they never ring anywhere.
DRAMA = re.compile(r"0121 496 0\d{3}|01632 960\d{3}|07700 900\d{3}|0808 157 0\d{3}")


@pytest.fixture
def place(settings: Any) -> Iterator[None]:
    settings.HUE_DRILL = f"{EVENT}:10"
    yield
    clock.reset()
    Path(settings.HUE_DATA, scoring.FILE).unlink(missing_ok=True)


def begun(cast: Cast) -> Drill:
    return actions.begin(by=cast.comms, at=NOON, event=EVENT, speed=10)


def after(minutes: int) -> Any:
    at = NOON + timedelta(minutes=minutes)
    while play_due(at=at):
        pass
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
        for words in said:
            found = guard.check(Draft(words, NOON), Policy().guard).findings
            named = {one.rule for one in found if one.severity is Severity.STOP}
            assert not {rule for rule in named if "name" in rule.lower()}, (words, named)
            for number in re.findall(r"\+?\d[\d ]{8,}", words):
                assert DRAMA.fullmatch(number.strip()), words


def test_the_evening_rises_stands_and_falls() -> None:
    event = script.events()[EVENT]
    seen = [cue for cue in script.cues(event) if cue.what == "seen" and cue.claim == "hospital"]
    by_step: dict[int, int] = {}
    for cue in seen:
        by_step[cue.minute] = by_step.get(cue.minute, 0) + cue.facts["count"]
    counts = list(by_step.values())
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
