"""Where a case stands at a time, from its dated steps."""

from datetime import UTC, datetime, timedelta

import pytest

from hue.guard.draft import Incident, Step
from hue.guard.policy import Policy
from hue.guard.proceedings import is_active, state_of

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def _case(*states: str, person: str = "p1") -> Incident:
    steps = (Step(state, START + DAY * number, person) for number, state in enumerate(states))
    return Incident(proceedings=tuple(steps))


@pytest.mark.parametrize(
    ("states", "active"),
    [
        ((), False),
        (("no_arrest",), False),
        (("warrant",), True),
        (("summons",), True),
        (("arrested",), True),
        (("arrested", "bailed"), True),
        (("arrested", "rui"), True),
        (("arrested", "nfa"), False),
        (("arrested", "nfa", "arrested"), True),
        (("arrested", "charged"), True),
        (("arrested", "charged", "convicted"), True),
        (("arrested", "charged", "convicted", "sentenced"), False),
        (("arrested", "charged", "acquitted"), False),
        (("arrested", "charged", "discontinued"), False),
    ],
)
def test_a_case_is_active_from_its_first_step_to_its_end(
    states: tuple[str, ...], active: bool
) -> None:
    assert is_active(_case(*states), START + DAY * 30, Policy()) is active


def test_a_step_counts_from_its_moment_on() -> None:
    case = _case("arrested", "charged", "acquitted")
    for hours, state, active in (
        (-1, "no_arrest", False),
        (0, "arrested", True),
        (24, "charged", True),
        (47, "charged", True),
        (48, "acquitted", False),
    ):
        at = START + timedelta(hours=hours)
        assert state_of("p1", case, at) == state
        assert is_active(case, at, Policy()) is active


def test_of_two_steps_at_one_time_the_later_written_counts() -> None:
    steps = (Step("arrested", START, "p1"), Step("charged", START, "p1"))
    assert state_of("p1", Incident(proceedings=steps), START) == "charged"


def test_somebody_else_s_case_keeps_the_incident_active() -> None:
    steps = (*_case("arrested", "nfa").proceedings, *_case("arrested", person="p2").proceedings)
    incident = Incident(proceedings=steps)
    assert state_of("p1", incident, START + DAY * 5) == "nfa"
    assert is_active(incident, START + DAY * 5, Policy())


def test_a_step_without_a_name_holds_for_all_who_have_none_of_their_own() -> None:
    steps = (Step("charged", START), *_case("arrested", "nfa").proceedings)
    incident = Incident(proceedings=steps)
    assert state_of("p2", incident, START + DAY * 5) == "charged"
    assert state_of("p1", incident, START + DAY * 5) == "nfa"


def test_a_warrant_without_an_arrest_lapses_after_a_year() -> None:
    case = _case("warrant")
    assert is_active(case, START + DAY * 359, Policy())
    assert not is_active(case, START + DAY * 360, Policy())


def test_a_force_may_read_released_under_investigation_as_the_act_does() -> None:
    policy = Policy(released_under_investigation_is_active=False)
    assert not is_active(_case("arrested", "rui"), START + DAY * 5, policy)
