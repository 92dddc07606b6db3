"""The demonstration day is data that people read, so these are promises about words."""

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DAY = Path(__file__).parents[2] / "hue" / "demo" / "day"
Row = dict[str, Any]

PLACES = {
    "Weoley Castle",
    "Quinton",
    "Harborne",
    "Edgbaston",
    "Bournville",
    "Cotteridge",
    "Stirchley",
    "Kings Heath",
    "Kings Norton",
    "Northfield",
    "Longbridge",
    "West Heath",
}
KINDS = set(
    [
        "burglary",
        "robbery",
        "vehicle_crime",
        "theft",
        "shoplifting",
        "criminal_damage",
        "violence",
        "domestic",
        "antisocial_behaviour",
        "public_order",
        "drugs",
        "weapon",
        "fraud",
        "road_collision",
        "road_obstruction",
        "missing_person",
        "concern_for_safety",
        "found_animal",
        "found_property",
        "suspicious_circumstances",
        "alarm",
        "fire_assist",
        "nuisance_call",
        "community",
        "other",
    ]
)
ROLES = set(
    [
        "neighbourhood_officer",
        "supervisor",
        "communications",
        "digital_desk",
        "investigator",
        "senior_investigating_officer",
        "gold",
        "intelligence",
        "professional_standards",
        "press",
        "records",
        "information_asset_owner",
        "administrator",
    ]
)
RANKS = set(
    [
        "PC",
        "PCSO",
        "Sergeant",
        "Inspector",
        "Chief Inspector",
        "Special Constable",
        "Detective Constable",
        "Detective Sergeant",
        "Detective Inspector",
        "Police staff",
    ]
)
WHATS = {"follow_up", "outcome", "correction", "withdrawal"}
NEXT_PROCEEDING = {
    None: {"no_arrest", "arrested"},
    "no_arrest": {"arrested", "charged"},
    "arrested": {"bailed", "rui", "nfa", "charged"},
    "bailed": {"rui", "nfa", "charged"},
    "rui": {"bailed", "nfa", "charged"},
    "charged": {"convicted", "acquitted", "discontinued"},
    "convicted": {"sentenced"},
}
DRAWINGS = {f"drawn:{name}" for name in ["puppy", "bike", "keys", "road", "patrol", "phone", "van"]}
INCIDENT_KEYS = set(
    [
        "log",
        "at",
        "kind",
        "place",
        "where",
        "officer",
        "reported",
        "did",
        "text",
        "picture",
        "alt",
        "concerned",
        "then",
    ]
)
THEN_KEYS = {
    *("after", "what", "text", "proceeding", "code", "reason", "rule", "redacting"),
    *("picture", "alt", "order", "found"),
}
# Sensitive at home: the neighbourhood is as near as the public gets.
NO_STREET = {"domestic", "missing_person"}

FORBIDDEN = {
    "registration plate": r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b",
    "old registration plate": r"\b[A-Z]\d{1,3}\s?[A-Z]{3}\b",
    "postcode": r"\bB\d{1,2}(\s?\d[A-Z]{2})?\b",
    "house number": r"\b\d+[a-z]? (?:[A-Z][a-z]+ )+(?:Road|Street|Lane|Avenue|Close|Drive|Park)\b",
    "age": r"\b\d+[- ]years?[- ]old\b|\baged \d",
    "abbreviation": r"\b(?:ASB|RTC|RTA|IC\d|VRM|OIC|NFA|RUI|MOP|DV|TWOC|PNC|PSU|NPT|LPU|CPS|GBH|ABH)\b",
    "markup": r"[<>]|https?:|www\.",
}
TELEPHONE = re.compile(r"\b0\d[\d ]{7,}\d\b")
RESERVED = re.compile(r"0121 496 0\d{3}\b")
SHORT_NUMBERS = re.compile(r"\b(?:call|ring|rang|dial|dialled|text|on|:)\s(\d{3,6})\b")


def read(name: str) -> Row:
    return tomllib.loads((DAY / name).read_text(encoding="utf-8"))


def incidents() -> list[Row]:
    files = sorted(DAY.glob("day-*.toml"))
    return [row for file in files for row in read(file.name)["incident"]]


INCIDENTS = incidents()
FORCE = read("force.toml")
CAST = read("cast.toml")
NOTICES = read("notices.toml")
THENS = [(row, then) for row in INCIDENTS for then in row.get("then", [])]


def minute(clock: str) -> int:
    """Minutes since seven in the morning, when the event starts."""
    hour, minutes = clock.split(":")
    return (int(hour) - 7) % 24 * 60 + int(minutes)


def label(row: Row) -> str:
    return f"{row['at']} {row['place']} {row['kind']}"


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def everything() -> list[str]:
    return [text for part in (INCIDENTS, FORCE, CAST, NOTICES) for text in strings(part)]


def posts() -> list[str]:
    guests = [post for guest in CAST["guest"] for post in guest["post"]]
    rows = [*INCIDENTS, *(then for _, then in THENS), *guests, *NOTICES["notice"]]
    return [row["text"] for row in rows if "text" in row]


def test_every_incident_is_spelled_with_known_words() -> None:
    for row in INCIDENTS:
        assert set(row) <= INCIDENT_KEYS, label(row)
        assert row["kind"] in KINDS, label(row)
        assert row["place"] in PLACES, label(row)
        assert row["reported"].endswith("."), label(row)
        assert "did" in row, label(row)
        assert re.fullmatch(r"[0-2]\d:[0-5]\d", row["at"]), label(row)


def test_every_later_step_is_spelled_with_known_words() -> None:
    for row, then in THENS:
        assert set(then) <= THEN_KEYS, label(row)
        assert then["what"] in WHATS, label(row)
        assert 0 < then["after"] <= 5 * 24 * 60, label(row)


def test_the_day_is_as_full_as_promised() -> None:
    assert len(INCIDENTS) >= 262
    assert {row["place"] for row in INCIDENTS} == PLACES
    assert {row["kind"] for row in INCIDENTS} == KINDS
    followed = sum("then" in row for row in INCIDENTS)
    assert 0.55 <= followed / len(INCIDENTS) <= 0.70


def test_what_came_of_it_is_counted_as_promised() -> None:
    what = Counter(then["what"] for _, then in THENS)
    assert what["correction"] == 4
    assert what["withdrawal"] == 3
    assert sum(then.get("redacting", False) for _, then in THENS) == 1
    kinds = Counter(row["kind"] for row in INCIDENTS)
    assert 8 <= kinds["community"] <= 10
    assert kinds["nuisance_call"] >= 5
    arrests = sum(then.get("proceeding") == "arrested" for _, then in THENS)
    assert 17 <= arrests <= 25


def test_everybody_missing_is_found_safe_and_one_after_many_hours() -> None:
    missing = [row for row in INCIDENTS if row["kind"] == "missing_person"]
    assert 3 <= len(missing) <= 5
    ends = [row["then"][-1] for row in missing]
    assert all(end["what"] == "outcome" for end in ends)
    assert max(end["after"] for end in ends) > 8 * 60


def test_the_lost_puppy_is_found() -> None:
    [puppy] = [row for row in INCIDENTS if row["log"] == 412 and row["kind"] == "found_animal"]
    assert (puppy["at"], puppy["place"]) == ("16:12", "Kings Heath")
    assert puppy["then"][-1]["text"] == "Back home, safe and sound."
    assert minute(puppy["at"]) + puppy["then"][-1]["after"] == minute("17:40")


def test_incidents_stand_in_the_order_in_which_they_came() -> None:
    minutes = [minute(row["at"]) for row in INCIDENTS]
    assert minutes == sorted(minutes)


def test_the_control_rooms_log_starts_again_at_midnight_and_nowhere_else() -> None:
    for before, after in itertools.pairwise(INCIDENTS):
        midnight = before["at"] > after["at"]
        assert (after["log"] < before["log"]) == midnight, label(after)
        assert after["log"] != before["log"], label(after)


def test_calls_come_in_when_they_do_on_a_real_day() -> None:
    hours = Counter(int(row["at"][:2]) for row in INCIDENTS)
    assert len(hours) == 24
    order = sorted(hours, key=lambda hour: hours[hour])
    assert set(order[-3:]) <= {16, 17, 18, 19}
    assert set(order[:3]) <= {3, 4, 5}
    assert min(hours[23], hours[0]) > max(hours[20], hours[21], hours[22])
    assert hours[7] < hours[9] < hours[16]


def test_nothing_runs_backwards_within_one_story() -> None:
    for row in INCIDENTS:
        after = [then["after"] for then in row.get("then", [])]
        assert after == sorted(set(after)), label(row)


def test_proceedings_take_legal_steps() -> None:
    for row in INCIDENTS:
        state = None
        for then in row.get("then", []):
            if "proceeding" not in then:
                continue
            assert then["proceeding"] in NEXT_PROCEEDING[state], label(row)
            state = then["proceeding"]


def test_outcome_codes_are_ones_that_may_be_shown() -> None:
    for row, then in THENS:
        if "code" in then:
            assert then["what"] == "outcome", label(row)
            assert then["code"] in set(range(1, 23)) - {14, 16}, label(row)


def test_only_corrections_and_withdrawals_give_reasons_and_they_all_do() -> None:
    for row, then in THENS:
        needs = then["what"] in {"correction", "withdrawal"}
        assert ("reason" in then) == needs, label(row)
        assert ("rule" in then) == (then["what"] == "withdrawal"), label(row)
        assert re.fullmatch(r"PUB-\d+", then.get("rule", "PUB-1")), label(row)
        assert ("text" in then) == (then["what"] != "withdrawal"), label(row)


def test_a_withdrawn_post_says_nothing_more() -> None:
    for row, then in THENS:
        if then["what"] == "withdrawal":
            assert row["then"][-1] is then, label(row)


def test_homes_are_never_placed_in_a_street() -> None:
    for row in INCIDENTS:
        if row["kind"] in NO_STREET:
            assert "where" not in row, label(row)


def test_the_people_of_a_case_are_in_no_post() -> None:
    told = [person for row in INCIDENTS for person in row.get("concerned", ())]
    known = {one["name"] for one in told} | {word for one in told for word in one.get("also", ())}
    known |= {word for one in told for word in one.get("details", ())}
    parts = {part for words in known for part in words.split() if part not in {"Lane", "Bakery"}}
    assert len(told) >= 5
    assert [text for text in posts() if parts & set(re.findall(r"\w+", text))] == []


def test_those_who_post_are_in_the_cast_and_not_practising() -> None:
    posting = {o["key"] for o in CAST["officer"] if not o.get("practice", False)}
    assert {row["officer"] for row in INCIDENTS} <= posting
    assert {row["officer"] for row in NOTICES["notice"]} <= posting
    assert NOTICES["event"]["owner"] in posting


def test_the_cast_has_somebody_for_every_role() -> None:
    officers = CAST["officer"]
    assert {role for officer in officers for role in officer["roles"]} == ROLES
    assert {officer["rank"] for officer in officers} <= RANKS
    assert sum(officer.get("practice", False) for officer in officers) == 1
    assert {officer["neighbourhood"] for officer in officers} == PLACES | {""}


@pytest.mark.parametrize("field", ["key", "name", "collar_number"])
def test_nobody_in_the_cast_is_taken_for_somebody_else(field: str) -> None:
    values = [officer[field] for officer in CAST["officer"]]
    assert len(values) == len(set(values))


def test_guests_post_only_in_their_hours() -> None:
    hosts = {officer["key"] for officer in CAST["officer"]}
    assert len(CAST["guest"]) == 2
    for guest in CAST["guest"]:
        assert guest["with"] in hosts
        assert guest["neighbourhood"] in PLACES
        for post in guest["post"]:
            assert guest["from"] <= post["at"] < guest["until"], guest["key"]


def test_every_neighbourhood_has_a_point_a_team_and_fresh_priorities() -> None:
    assert {area["name"] for area in FORCE["neighbourhood"]} == PLACES
    for area in FORCE["neighbourhood"]:
        assert area["slug"] == area["name"].lower().replace(" ", "-")
        assert 52.38 < area["lat"] < 52.48
        assert -2.02 < area["lon"] < -1.87
        assert area["about"]
        assert area["ask"]
        assert area["team"]["days_hint"]
        assert 2 <= len(area["priority"]) <= 3
        assert all(0 < p["reviewed"] <= 90 for p in area["priority"])


def test_a_teams_hours_are_a_hint_and_never_a_shift() -> None:
    for area in FORCE["neighbourhood"]:
        assert not re.search(r"\d", area["team"]["days_hint"]), area["name"]


def test_the_event_and_its_notices_are_planned() -> None:
    event = NOTICES["event"]
    assert event["hashtag"] == "bsp24"
    assert all(event[key] for key in ("purpose", "owner", "start", "end", "afterwards"))
    assert event["landing"]["before"]
    assert len(NOTICES["notice"]) == 4
    for notice in NOTICES["notice"]:
        assert notice["place"] in PLACES
        assert notice["publish_at"] < notice["from"] < notice["until"]


def test_every_post_fits_and_no_two_are_alike() -> None:
    texts = posts()
    assert all(0 < len(text) <= 280 for text in texts)
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    openings = Counter(" ".join(text.split()[:4]).lower() for text in texts)
    assert [words for words, times in openings.items() if times > 3] == []


def test_every_picture_is_one_of_our_drawings_with_words() -> None:
    for row in [*INCIDENTS, *(then for _, then in THENS)]:
        assert ("picture" in row) == ("alt" in row)
        assert row.get("picture", "drawn:van") in DRAWINGS


@pytest.mark.parametrize("name", FORBIDDEN)
def test_nothing_points_to_a_person_or_talks_like_a_form(name: str) -> None:
    assert [text for text in everything() if re.search(FORBIDDEN[name], text)] == []


def test_only_reserved_telephone_numbers_are_used() -> None:
    for text in everything():
        assert all(RESERVED.fullmatch(number) for number in TELEPHONE.findall(text)), text
        assert set(SHORT_NUMBERS.findall(RESERVED.sub("", text))) <= {"999", "101"}, text
