"""A named mentor, what they see and say, and the end of the practice."""

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.streams.models import Told
from hue.training import actions
from hue.training.models import Mentoring
from tests.cast import NOON, Cast, _officer
from tests.governance.laid import laid_down
from tests.training.test_cases import pass_all


@pytest.fixture
def novice(cast: Cast) -> Officer:
    team = cast.officer.team
    return _officer("ellis", "neighbourhood_officer", rank="PC", team=team, practice=True)


@pytest.fixture
def mentoring(cast: Cast, novice: Officer) -> Mentoring:
    return actions.name_mentor(by=cast.sergeant, at=NOON, officer=novice, mentor=cast.officer)


def client_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(officer: Officer, address: str) -> str:
    return str(client_of(officer).get(address).content.decode())


def test_the_supervisor_names_a_mentor_and_both_see_each_other(cast: Cast, novice: Officer) -> None:
    sergeant, address = client_of(cast.sergeant), f"/desk/training/officers/{novice.pk}/"
    assert "no mentor" in sergeant.get("/desk/training/").content.decode()
    sergeant.post(f"{address}mentor/", {"mentor": cast.officer.pk})
    assert Mentoring.objects.get().mentor == cast.officer
    assert "PCSO Amina" in page(novice, "/desk/training/")
    assert "PC Ellis" in page(cast.officer, "/desk/training/")
    told = Told.objects.filter(kind="reminder").values_list("topic", flat=True)
    assert set(told) == {f"officer/{novice.pk}", f"officer/{cast.officer.pk}"}


def test_the_mentor_sees_answers_and_practice_posts_and_others_do_not(
    cast: Cast, novice: Officer, mentoring: Mentoring
) -> None:
    words = "Found outside 14 Pershore Road."
    actions.answer_case(by=novice, at=NOON, case="found-dog", words=words)
    publishing.compose(by=novice, at=NOON, draft=Draft("My first try."))
    address = f"/desk/training/officers/{novice.pk}/"
    for officer in (cast.officer, cast.sergeant, novice):
        shown = page(officer, address)
        assert "14 Pershore Road" in shown
        assert "My first try." in shown
    other = _officer("other", "neighbourhood_officer", team=cast.officer.team)
    refused = client_of(other).get(address)
    assert refused.status_code == 403
    assert "14 Pershore Road" not in refused.content.decode()


def test_practice_ends_only_with_every_case_and_the_mentors_yes(
    cast: Cast, novice: Officer, mentoring: Mentoring
) -> None:
    sergeant, address = client_of(cast.sergeant), f"/desk/training/officers/{novice.pk}/"
    refused = sergeant.post(f"{address}end/")
    assert refused.status_code == 409
    assert "PC Ellis has passed 0 of 12 practice cases." in refused.content.decode()
    assert "PCSO Amina, their mentor, has not said yes." in refused.content.decode()
    pass_all(novice)
    with pytest.raises(Refused, match="has not said yes"):
        actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    assert "has passed every practice case: are they ready?" in page(cast.officer, "/desk/phone/")
    client_of(cast.officer).post(f"{address}ready/")
    assert "PCSO Amina says that PC Ellis is ready" in page(cast.sergeant, "/desk/posts/mine/")
    sergeant.post(f"{address}end/")
    assert not Officer.objects.get(pk=novice.pk).practice
    assert Mentoring.objects.get().state == "over"
    novice.refresh_from_db()
    post = publishing.compose(by=novice, at=NOON, draft=Draft("In public."))
    assert (post.state, post.practice) == ("published", False)
    aloud = [read_aloud(one, personal=True) for one in Entry.objects.filter(kind="mentor.ready")]
    assert aloud == ["PCSO Amina, the mentor, said that PC Ellis is ready to post in public."]


def test_not_yet_says_why_and_can_become_ready(
    cast: Cast, novice: Officer, mentoring: Mentoring
) -> None:
    pass_all(novice)
    address = f"/desk/training/officers/{novice.pk}/"
    mentor = client_of(cast.officer)
    assert mentor.post(f"{address}not-yet/", {"because": " "}).status_code == 422
    mentor.post(f"{address}not-yet/", {"because": "You still name streets."})
    assert "You still name streets." in page(novice, "/desk/training/")
    with pytest.raises(Refused, match="not yet, because You still name streets"):
        actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    mentor.post(f"{address}ready/")
    actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    assert not Officer.objects.get(pk=novice.pk).practice


def test_a_new_practice_asks_for_a_new_yes(
    cast: Cast, novice: Officer, mentoring: Mentoring
) -> None:
    from hue.people import actions as people

    pass_all(novice)
    actions.say_ready(by=cast.officer, at=NOON, mentoring=mentoring)
    actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    people.set_practice(by=cast.sergeant, at=NOON, officer=novice)
    with pytest.raises(Refused, match="They have no mentor"):
        actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)


def test_a_force_may_do_without(cast: Cast, novice: Officer) -> None:
    owner = _officer("owner", "information_asset_owner")
    with pytest.raises(Refused, match="Practice does not end yet"):
        actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    laid_down(owner, values={"training_needed": False})
    actions.end_practice(by=cast.sergeant, at=NOON, officer=novice)
    assert not Officer.objects.get(pk=novice.pk).practice


def test_who_may_be_a_mentor_and_who_may_say_so(
    cast: Cast, novice: Officer, mentoring: Mentoring
) -> None:
    name = actions.name_mentor
    with pytest.raises(Refused, match="be their own mentor"):
        name(by=cast.sergeant, at=NOON, officer=novice, mentor=novice)
    with pytest.raises(Refused, match="cannot be a mentor"):
        name(by=cast.sergeant, at=NOON, officer=novice, mentor=cast.guest)
    with pytest.raises(Refused, match="does not practise"):
        name(by=cast.sergeant, at=NOON, officer=cast.officer, mentor=cast.colleague)
    with pytest.raises(Refused, match="may not name mentors"):
        name(by=cast.comms, at=NOON, officer=novice, mentor=cast.colleague)
    with pytest.raises(Refused, match="PCSO Amina is the mentor"):
        actions.say_ready(by=cast.sergeant, at=NOON, mentoring=mentoring)
    second = name(by=cast.sergeant, at=NOON, officer=novice, mentor=cast.colleague)
    assert Mentoring.objects.going_on().get() == second
    former = client_of(cast.officer).get(f"/desk/training/officers/{novice.pk}/")
    assert former.status_code == 403, "whoever watches no more sees no more"
