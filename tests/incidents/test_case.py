"""What the guard is told of a case: whose steps they are, what a court forbade, who was told."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hue.guard.draft import Step
from hue.guard.policy import Policy
from hue.guard.proceedings import is_active
from hue.incidents import actions
from hue.incidents.case import Cases
from hue.incidents.kinds import ACCUSED, OFFENCES, ROLES
from hue.incidents.models import Incident
from hue.people.access import Refused
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.incidents.told import LATER, NAME, note, step, stops, told


def test_a_noted_suspect_is_not_named_until_charged(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    note(detective, burglary, also=("Orls",), details=["Fennimore Tiles", " "])
    step(cast, burglary, "arrested")
    for words in (f"{NAME} is in custody.", "Orls is in custody.", "He owns Fennimore Tiles."):
        assert "PUB-2" in stops(burglary, words)
    step(cast, burglary, "charged")
    assert "PUB-2" not in stops(burglary, f"{NAME} is charged with burglary.")


def test_steps_belong_to_the_suspect_they_were_noted_for(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    step(cast, burglary, "charged")
    other = note(detective, burglary)
    assert (str(other), other.suspect) == ("suspect 2, 34", 2)
    assert "PUB-2" in stops(burglary, f"{NAME} was there.")  # nobody said that they are charged
    assert told(burglary).incident.proceedings == (Step("charged", NOON, "suspect 1"),)
    actions.change_person(by=detective, at=NOON, person=other, suspect=1)
    assert told(burglary).incident.proceedings == (Step("charged", NOON, str(other.pk)),)
    assert "PUB-2" not in stops(burglary, f"{NAME} was there.")
    with pytest.raises(Refused, match="Somebody else is suspect 1"):
        note(detective, burglary, suspect=1)


def test_a_noted_suspect_may_get_the_first_step_before_the_others(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    note(detective, burglary)
    second = note(detective, burglary, name="Bryn Ashdown")
    step(cast, burglary, "arrested", suspect=2)
    assert told(burglary).incident.proceedings[0].person == str(second.pk)
    with pytest.raises(Refused, match="one after the other"):
        step(cast, burglary, "arrested", suspect=9)


def test_an_order_holds_from_the_day_it_was_made_until_it_is_lifted(
    detective: Officer, burglary: Incident
) -> None:
    with pytest.raises(Refused, match="Write the words"):
        actions.note_order(by=detective, at=NOON, incident=burglary, kind="words", made_at=NOON)
    with pytest.raises(Refused, match="no kind of order"):
        actions.note_order(by=detective, at=NOON, incident=burglary, kind="asbo", made_at=NOON)
    order = actions.note_order(
        by=detective, at=NOON, incident=burglary, kind="words", made_at=NOON, words=["the twins"]
    )
    assert "LAW-6" in stops(burglary, "The twins were there.")
    assert "LAW-6" not in stops(burglary, "The twins were there.", at=NOON - timedelta(hours=1))
    with pytest.raises(Refused, match="before it was made"):
        actions.lift_order(by=detective, at=NOON, order=order, when=NOON - timedelta(days=1))
    actions.lift_order(by=detective, at=LATER, order=order, when=LATER)
    assert "LAW-6" not in stops(burglary, "The twins were there.")
    with pytest.raises(Refused, match="lifted already"):
        actions.lift_order(by=detective, at=LATER, order=order, when=LATER)


def test_an_order_about_one_person_is_about_nobody_else(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary, role="defendant")
    note(detective, burglary, role="defendant", name="Bryn Ashdown")
    step(cast, burglary, "charged", suspect=1)
    step(cast, burglary, "charged", suspect=2)
    actions.note_order(
        by=detective, at=NOON, incident=burglary, kind="anonymity", made_at=NOON, person=person
    )
    assert "LAW-6" in stops(burglary, f"{NAME} is charged.")
    assert "LAW-6" not in stops(burglary, "Bryn Ashdown is charged.")
    other = Incident.objects.create(kind="theft", happened_at=NOON, by=detective)
    with pytest.raises(Refused, match="another incident"):
        actions.note_order(
            by=detective, at=NOON, incident=other, kind="anonymity", made_at=NOON, person=person
        )


def test_every_change_of_the_case_is_left_for_the_rooms_above(
    cast: Cast, detective: Officer, sio: Officer, keeper: Officer, burglary: Incident
) -> None:
    by, at = detective, NOON
    person = note(detective, burglary, role="wanted")
    victim = note(detective, burglary, role="victim")
    order = actions.note_order(by=by, at=at, incident=burglary, kind="postpone", made_at=at)
    naming = {"purpose": "crime", "rationale": "Seen with a knife.", "consulted": "nobody"}
    classes = {"offence": "", "has_victim": True, "small_place": True}
    changes = [
        lambda: note(detective, burglary),
        lambda: actions.change_person(by=by, at=at, person=person, age=20),
        lambda: actions.allow_naming(by=sio, at=at, person=person, **naming),
        lambda: actions.end_naming(by=by, at=at, person=person),
        lambda: actions.agree_to_be_named(by=by, at=at, person=victim, when=at, scope="Name"),
        lambda: actions.take_consent_back(by=by, at=at, person=victim),
        lambda: actions.forget_person(by=keeper, at=at, person=victim, reason="ended"),
        lambda: actions.note_order(by=by, at=at, incident=burglary, kind="postpone", made_at=at),
        lambda: actions.lift_order(by=by, at=at, order=order, when=at),
        lambda: actions.mark_found(by=by, at=at, incident=burglary, when=at),
        lambda: actions.mark_sought(by=by, at=at, incident=burglary),
        lambda: actions.classify(by=by, at=at, incident=burglary, **classes),  # type: ignore[arg-type]
        lambda: step(cast, burglary, "arrested"),
        lambda: actions.note_outcome(by=by, at=at, incident=burglary, code="1"),
        lambda: actions.inform_victim(by=by, at=at, incident=burglary, when=at),
        lambda: actions.amend(by=by, at=at, incident=burglary, seen=1, kind="robbery"),
    ]
    for number, change in enumerate(changes):
        Incident.objects.update(case_changed=False)
        change()
        assert list(Incident.objects.case_changed()) == [burglary], f"change {number}"


def test_many_cases_cost_as_many_queries_as_one(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    theft = actions.report(by=cast.officer, at=NOON, kind="theft", happened_at=NOON)
    for incident in (burglary, theft):
        note(detective, incident)
        step(cast, incident, "arrested")
        actions.note_order(by=detective, at=NOON, incident=incident, kind="postpone", made_at=NOON)
    with CaptureQueriesContext(connection) as asked:
        known = Cases([burglary, theft])
        cases = {one.pk: known.of(one, at=NOON) for one in (burglary, theft)}
    assert len(asked) <= 3
    assert [len(cases[one.pk].persons) for one in (burglary, theft)] == [1, 1]
    assert [len(cases[one.pk].orders) for one in (burglary, theft)] == [1, 1]
    assert cases[theft.pk].incident.proceedings[0].person == cases[theft.pk].persons[0].id


def test_a_kind_with_a_victim_says_so_and_the_victim_hears_first(
    cast: Cast, burglary: Incident
) -> None:
    outcome = "A man has been cautioned."
    assert "RSK-7" in stops(burglary, outcome)
    actions.inform_victim(by=cast.officer, at=NOON, incident=burglary, when=NOON)
    assert "RSK-7" not in stops(burglary, outcome)
    alarm = actions.report(by=cast.officer, at=NOON, kind="alarm", happened_at=NOON)
    assert not told(alarm).incident.has_victim
    actions.amend(by=cast.officer, at=NOON, incident=alarm, seen=1, kind="burglary")
    assert told(alarm).incident.has_victim


def test_incidents_from_before_get_a_victim_by_their_kind(cast: Cast, burglary: Incident) -> None:
    alarm = actions.report(by=cast.officer, at=NOON, kind="alarm", happened_at=NOON)
    Incident.objects.update(has_victim=False)
    migration = import_module("hue.incidents.migrations.0005_victims_by_kind")
    with connection.schema_editor(atomic=False) as schema:
        migration.by_kind(apps, schema)
    assert set(Incident.objects.filter(has_victim=True)) == {burglary}
    assert alarm not in Incident.objects.filter(has_victim=True)


@pytest.mark.parametrize("first", ["warrant", "summons"])
def test_a_warrant_and_a_summons_make_proceedings_active(
    cast: Cast, burglary: Incident, first: str
) -> None:
    step(cast, burglary, first)
    assert is_active(told(burglary).incident, LATER, Policy())


def test_a_case_is_told_in_words_that_the_guard_knows(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    assert set(OFFENCES) - {""} == set(Policy().anonymous_offences)
    assert set(ROLES) > ACCUSED
    classes = {"has_victim": False, "small_place": True}
    actions.classify(by=cast.officer, at=NOON, incident=burglary, offence="fgm", **classes)
    case = told(burglary).incident
    assert (case.kind, case.offence) == ("burglary", "fgm")
    assert (case.has_victim, case.small_place) == (False, True)
    with pytest.raises(Refused, match="no class of offence"):
        actions.classify(by=cast.officer, at=NOON, incident=burglary, offence="din", **classes)
    with pytest.raises(Refused, match="nothing that somebody can be"):
        note(detective, burglary, role="culprit")
