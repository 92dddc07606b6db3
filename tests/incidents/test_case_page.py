"""The case on the page of its incident: noted, changed, and seen by those who may."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.incidents import actions
from hue.incidents.models import Concerned, CourtOrder, Incident
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.incidents.told import NAME, note, step

WHEN = "2026-07-09T12:00"  # noon where the force is


@pytest.fixture
def desk(detective: Officer, client: Client) -> Client:
    client.force_login(detective)
    return client


def address(incident: Incident, *parts: object) -> str:
    return "/".join(["/desk/incidents", str(incident.pk), *map(str, parts)]) + "/"


def page_of(desk: Client, incident: Incident) -> str:
    return desk.get(address(incident)).content.decode()


def test_an_empty_case_teaches_what_to_note(desk: Client, burglary: Incident) -> None:
    page = page_of(desk, burglary)
    assert "A name that was never noted cannot be stopped" in page
    assert "When a court forbids something about this case" in page
    assert "None that gives somebody anonymity by law" in page
    assert "Still looked for" not in page


def test_somebody_is_noted_and_changed_in_place(desk: Client, burglary: Incident) -> None:
    said = {"role": "victim", "name": NAME, "age": "29", "also": "Orls\r\n\r\nFenn"}
    page = desk.post(address(burglary, "people"), said, follow=True).content.decode()
    assert f'{NAME} <span class="soft">victim (person 1), 29</span>' in page
    assert "Also Orls, Fenn" in page
    person = Concerned.objects.get()
    changed = {**said, "name": "Orla Fenwick", "also": "Orls\r\nFenn"}
    assert desk.post(address(burglary, "people", person.pk), changed).status_code == 302
    person.refresh_from_db()
    identity = person.identity
    assert (identity.name, identity.also, person.age) == ("Orla Fenwick", ("Orls", "Fenn"), 29)


def test_what_says_nothing_is_not_noted(desk: Client, burglary: Incident) -> None:
    empty = desk.post(address(burglary, "people"), {"role": "", "name": " "})
    assert "Choose what they are in the case." in empty.content.decode()
    assert "Say at least one thing that is known" in empty.content.decode()
    assert desk.post(address(burglary, "people"), {"role": "missing"}).status_code == 422
    assert not Concerned.objects.exists()


def test_whoever_may_not_know_them_sees_what_they_are_and_no_name(
    cast: Cast, detective: Officer, burglary: Incident, client: Client
) -> None:
    person = note(detective, burglary, details=("Fennimore Tiles",))
    actions.note_order(
        by=detective, at=NOON, incident=burglary, kind="words", made_at=NOON, words=["Fennimore"]
    )
    client.force_login(cast.officer)
    page = page_of(client, burglary)
    assert "suspect 1, 34" in page
    assert "Certain words may not be said" in page
    assert "Fennimore" not in page
    assert "Note somebody" not in page
    for parts in (
        ("people",),
        ("people", person.pk),
        ("people", person.pk, "consent"),
        ("orders",),
    ):
        assert client.post(address(burglary, *parts), {}).status_code == 403
    client.force_login(cast.sergeant)
    assert "Fennimore" in page_of(client, burglary)


def test_the_proceedings_wait_for_the_first_step_of_a_noted_suspect(
    desk: Client, detective: Officer, burglary: Incident
) -> None:
    note(detective, burglary)
    page = page_of(desk, burglary)
    assert "First step of suspect 1" in page
    assert "Another suspect" in page
    another = {"suspect": "2", "step": "summons", "when": WHEN}
    assert desk.post(address(burglary, "suspects", 2), another).status_code == 302
    page = page_of(desk, burglary)
    assert "Summoned to court" in page
    assert '<option value="2">Suspect 2</option>' in page  # whose steps nobody has claimed yet
    desk.post(
        address(burglary, "people"), {"role": "defendant", "name": "Bryn Ashdown", "suspect": "2"}
    )
    assert Concerned.objects.get(suspect=2).identity.name == "Bryn Ashdown"
    wrong = {"role": "defendant", "name": "Cai Ashdown", "suspect": "2"}
    answer = desk.post(address(burglary, "people"), wrong)
    assert answer.status_code == 422
    assert "Cai Ashdown" in answer.content.decode()


def test_the_class_of_offence_is_noted(desk: Client, burglary: Incident) -> None:
    said = {"offence": "sexual", "small_place": "on"}
    page = desk.post(address(burglary, "offence"), said, follow=True).content.decode()
    assert "The victim stays unnamed for life" in page
    assert "Few people live there" in page
    assert "Nobody is noted as wronged" in page
    assert "the victim was told" not in page
    burglary.refresh_from_db()
    assert (burglary.offence, burglary.has_victim, burglary.small_place) == ("sexual", False, True)


def test_who_was_looked_for_is_found_and_looked_for_again(
    cast: Cast, desk: Client, detective: Officer, burglary: Incident
) -> None:
    note(detective, burglary, role="wanted")
    assert "Still looked for" in page_of(desk, burglary)
    answer = desk.post(address(burglary, "found"), {"when": "2199-01-01T10:00"})
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    page = desk.post(address(burglary, "found"), {"when": WHEN}, follow=True).content.decode()
    assert "Found on Thursday 9 July 2026, 12:00" in page
    desk.post(address(burglary, "sought"))
    assert "Still looked for" in page_of(desk, burglary)


def test_a_victim_agrees_and_takes_it_back_on_the_page(
    desk: Client, detective: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary, role="victim", age=15)
    consent = address(burglary, "people", person.pk, "consent")
    said = {"when": WHEN, "scope": "Her first name.", "waived": "on"}
    answer = desk.post(consent, said)
    assert answer.status_code == 422
    assert "Nobody under 16" in answer.content.decode()
    assert "Her first name." in answer.content.decode()  # what was typed stays
    page = desk.post(consent, {**said, "waived": ""}, follow=True).content.decode()
    assert "Agreed to be named on 9 July 2026. Her first name." in page
    page = desk.post(f"{consent}back/", follow=True).content.decode()
    assert "Agreed to be named on" not in page


def test_command_lets_a_suspect_be_named_and_anybody_on_the_case_ends_it(
    cast: Cast, desk: Client, detective: Officer, sio: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary)
    naming = address(burglary, "people", person.pk, "naming")
    said = {"purpose": "crime", "consulted": "both", "rationale": "He may hurt more people."}
    assert "Name them before charge" not in page_of(desk, burglary)
    answer = desk.post(naming, said)
    assert answer.status_code == 403
    assert "Only the senior investigating officer or gold" in answer.content.decode()
    assert "May be named before charge." not in page_of(desk, burglary)
    above = Client()
    above.force_login(sio)
    assert "Name them before charge" in page_of(above, burglary)
    page = above.post(naming, said, follow=True).content.decode()
    assert "May be named before charge.</b> To prevent or detect a crime" in page
    assert "He may hurt more people." in page
    desk.post(f"{naming}end/")
    assert "May be named before charge." not in page_of(desk, burglary)
    step(cast, burglary, "charged")
    assert "Name them before charge" not in page_of(above, burglary)


def test_an_order_is_noted_and_lifted(desk: Client, detective: Officer, burglary: Incident) -> None:
    person = note(detective, burglary, role="witness", age=9)
    said = {"kind": "anonymity", "person": str(person.pk), "words": "the twins", "made_at": WHEN}
    page = desk.post(address(burglary, "orders"), said, follow=True).content.decode()
    assert f"It protects {NAME}." in page
    assert "Not to be said: the twins" in page
    assert "in force" in page
    order = CourtOrder.objects.get()
    early = desk.post(address(burglary, "orders", order.pk, "lift"), {"when": "2026-07-01T12:00"})
    assert early.status_code == 422
    assert "before it was made" in early.content.decode()
    lift = address(burglary, "orders", order.pk, "lift")
    page = desk.post(lift, {"when": WHEN}, follow=True).content.decode()
    assert "✓ lifted" in page
    assert "It was lifted" not in page


def test_only_who_may_shred_forgets(
    desk: Client, detective: Officer, keeper: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary)
    forget = address(burglary, "people", person.pk, "forget")
    assert "Forget them" not in page_of(desk, burglary)
    assert desk.post(forget, {"reason": "mistake"}).status_code == 403
    records = Client()
    records.force_login(keeper)
    assert "Forget them" in page_of(records, burglary)
    page = records.post(forget, {"reason": "mistake"}, follow=True).content.decode()
    assert NAME not in page
    assert not Concerned.objects.exists()


def test_a_person_of_another_incident_is_not_reached(
    cast: Cast, desk: Client, detective: Officer, burglary: Incident
) -> None:
    later = NOON + timedelta(hours=1)
    other = actions.report(by=cast.officer, at=later, kind="theft", happened_at=NOON)
    person = note(detective, other)
    assert desk.post(address(burglary, "people", person.pk), {"role": "victim"}).status_code == 404
