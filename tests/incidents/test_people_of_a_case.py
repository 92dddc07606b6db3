"""The people of a case: who may know them, who may be named, and who is forgotten."""

from datetime import timedelta

import pytest
from django.core.serializers import serialize

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.incidents import actions
from hue.incidents.models import Concerned, CourtOrder, Incident
from hue.people.access import Refused
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.incidents.told import LATER, NAME, note, stops, told


def test_a_copy_of_the_tables_tells_no_name(
    detective: Officer, sio: Officer, burglary: Incident
) -> None:
    person = note(
        detective, burglary, role="wanted", details=(NAME,), ethnicity_purpose=f"To find {NAME}."
    )
    actions.allow_naming(
        by=sio,
        at=NOON,
        person=person,
        purpose="wanted_warning",
        rationale=f"{NAME} is armed.",
        consulted="nobody",
    )
    victim = note(detective, burglary, role="victim")
    actions.agree_to_be_named(
        by=detective, at=NOON, person=victim, when=NOON, scope=f"As {NAME}, once."
    )
    actions.note_order(
        by=detective, at=NOON, incident=burglary, kind="words", made_at=NOON, words=[NAME]
    )
    rows = [*Concerned.objects.all(), *CourtOrder.objects.all(), *Entry.objects.all()]
    assert "Fennimore" not in serialize("json", rows)
    assert told(burglary).persons[0].name == NAME
    spoken = [read_aloud(entry, personal=True) for entry in Entry.objects.order_by("pk")]
    assert f"Dee noted in incident {burglary.pk} wanted 1: {NAME}." in spoken
    assert any(one.endswith(f"consulted: Nobody: there was no time): {NAME} is armed.")
               for one in spoken)  # fmt: skip


def test_who_may_not_know_the_people_notes_none_and_changes_none(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary)
    with pytest.raises(Refused, match="see and note the people of a case"):
        note(cast.officer, burglary)
    with pytest.raises(Refused, match="see and note"):
        actions.change_person(by=cast.officer, at=NOON, person=person, age=20)
    with pytest.raises(Refused, match="see and note"):
        actions.note_order(
            by=cast.officer, at=NOON, incident=burglary, kind="postpone", made_at=NOON
        )


def test_a_change_says_what_was_changed_and_no_change_leaves_no_trace(
    detective: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary)
    entries = Entry.objects.count()
    actions.change_person(by=detective, at=NOON, person=person, name=NAME, age=34)
    assert Entry.objects.count() == entries
    actions.change_person(by=detective, at=NOON, person=person, role="witness", also=["O"])
    entry = Entry.objects.latest("pk")
    assert read_aloud(entry) == "Dee changed role, number among the suspects, other names of "\
        "witness (person 1), [personal data]."  # fmt: skip
    assert told(burglary).persons[0].also == ("O",)


def test_only_command_lets_somebody_be_named_before_charge_and_says_why(
    cast: Cast, detective: Officer, sio: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary)
    says = {"purpose": "threat_to_life", "rationale": "He is armed.", "consulted": "both"}
    with pytest.raises(Refused, match="Only the senior investigating officer or gold"):
        actions.allow_naming(by=cast.sergeant, at=NOON, person=person, **says)
    for wrong, why in (
        ({"rationale": " "}, "Say why"),
        ({"purpose": "curiosity"}, "Choose the purpose"),
        ({"purpose": "wanted_warning"}, "note first that they are wanted"),
    ):
        with pytest.raises(Refused, match=why):
            actions.allow_naming(by=sio, at=NOON, person=person, **{**says, **wrong})
    victim = note(detective, burglary, role="victim", name="Una Vale")
    with pytest.raises(Refused, match="others agree to be named"):
        actions.allow_naming(by=sio, at=NOON, person=victim, **says)
    actions.allow_naming(by=sio, at=NOON, person=person, **says)
    assert "PUB-2" not in stops(burglary, f"Have you seen {NAME}?")
    assert "PUB-2" in stops(burglary, f"Have you seen {NAME}?", at=NOON - timedelta(minutes=1))
    actions.end_naming(by=detective, at=NOON, person=person)
    assert "PUB-2" in stops(burglary, f"Have you seen {NAME}?")


def test_leave_to_name_somebody_wanted_ends_when_they_are_found(
    cast: Cast, detective: Officer, sio: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary, role="wanted")
    actions.allow_naming(
        by=sio,
        at=NOON,
        person=person,
        purpose="wanted_warning",
        rationale="Armed.",
        consulted="nobody",
    )
    assert told(burglary).persons[0].override
    found = NOON + timedelta(hours=1)
    actions.mark_found(by=cast.officer, at=found, incident=burglary, when=found)
    assert told(burglary).incident.resolved_at == found
    assert not told(burglary).persons[0].override
    actions.mark_sought(by=cast.officer, at=found, incident=burglary)
    assert told(burglary).persons[0].override
    actions.change_person(by=detective, at=found, person=person, role="suspect")
    assert not told(burglary).persons[0].override


def test_a_victim_agrees_and_takes_it_back(detective: Officer, burglary: Incident) -> None:
    victim = note(detective, burglary, role="victim")
    says = f"{NAME} lost her mother's ring."
    assert "PUB-9" in stops(burglary, says)
    with pytest.raises(Refused, match="Say what they agreed to"):
        actions.agree_to_be_named(by=detective, at=NOON, person=victim, when=NOON, scope="")
    with pytest.raises(Refused, match="still to come"):
        actions.agree_to_be_named(by=detective, at=NOON, person=victim, when=LATER, scope="Name")
    actions.agree_to_be_named(by=detective, at=NOON, person=victim, when=NOON, scope="Her name.")
    assert "PUB-9" not in stops(burglary, says)
    actions.take_consent_back(by=detective, at=NOON, person=victim)
    assert "PUB-9" in stops(burglary, says)
    with pytest.raises(Refused, match="when the law allows it"):
        actions.agree_to_be_named(
            by=detective, at=NOON, person=note(detective, burglary), when=NOON, scope="Name"
        )


@pytest.mark.parametrize(("age", "why"), [(15, "Nobody under 16"), (None, "Note their age")])
def test_nobody_under_16_gives_up_anonymity(
    detective: Officer, burglary: Incident, age: int | None, why: str
) -> None:
    victim = note(detective, burglary, role="victim", age=age)
    with pytest.raises(Refused, match=why):
        actions.agree_to_be_named(
            by=detective, at=NOON, person=victim, when=NOON, scope="Name", waived=True
        )


def test_a_waiver_does_not_hold_once_the_age_is_put_right(
    cast: Cast, detective: Officer, burglary: Incident
) -> None:
    actions.classify(
        by=cast.officer,
        at=NOON,
        incident=burglary,
        offence="sexual",
        has_victim=True,
        small_place=False,
    )
    victim = note(detective, burglary, role="victim", age=17)
    assert "LAW-4" in stops(burglary, f"{NAME} spoke.")
    actions.agree_to_be_named(
        by=detective, at=NOON, person=victim, when=NOON, scope="Name", waived=True
    )
    assert "LAW-4" not in stops(burglary, f"{NAME} spoke.")
    assert "LAW-4.tie" not in stops(burglary, "Her stepfather was there.")
    actions.change_person(by=detective, at=NOON, person=victim, age=15)
    assert "LAW-4" in stops(burglary, f"{NAME} spoke.")
    assert "LAW-4.tie" in stops(burglary, "Her stepfather was there.")


def test_to_forget_somebody_empties_the_tables_and_the_record(
    detective: Officer, keeper: Officer, burglary: Incident
) -> None:
    person = note(detective, burglary, role="victim")
    actions.change_person(by=detective, at=NOON, person=person, age=35)
    order = actions.note_order(
        by=detective,
        at=NOON,
        incident=burglary,
        kind="anonymity",
        made_at=NOON,
        person=person,
        words=["the Fennimore boy"],
    )
    with pytest.raises(Refused, match="shred personal data"):
        actions.forget_person(by=detective, at=NOON, person=person, reason="asked")
    with pytest.raises(Refused, match="order protects them"):
        actions.forget_person(by=keeper, at=NOON, person=person, reason="asked")
    actions.lift_order(by=detective, at=NOON, order=order, when=NOON)
    with pytest.raises(Refused, match="Choose why"):
        actions.forget_person(by=keeper, at=NOON, person=person, reason="bored")
    actions.forget_person(by=keeper, at=NOON, person=person, reason="asked")
    assert told(burglary).persons == ()
    assert [order.words for order in told(burglary).orders] == [()]
    spoken = [read_aloud(entry, personal=True) for entry in Entry.objects.order_by("pk")]
    assert not any("Fennimore" in one for one in spoken)
    assert spoken[-1] == (
        f"Rec forgot victim (person 1) of incident {burglary.pk}: they asked for it and it was granted."
    )
