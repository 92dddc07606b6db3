"""A watch is about topics and places, has a purpose and an end, and a second person approves it."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.incidents.models import Concerned, Identity, Incident
from hue.listening import actions
from hue.listening.jobs import watches as jobs
from hue.listening.models import Remark, Source, Watch
from hue.listening.queries import claims
from hue.listening.queries.watches import charters_for
from hue.people.access import Refused
from hue.people.models import Officer
from tests.cast import NOON, Cast, _officer
from tests.listening.conftest import approved, charter, heard, said, switched_on


def client_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.mark.parametrize(
    "topic",
    [
        "@darren_b",
        "darren_b",
        "https://social.example/@darren",
        "instagram.com/darren",
        "u/darren",
        "Darren Bloggs",
        "Mr Bloggs",
        "PCSO Amina",
    ],
)
def test_a_watch_that_looks_for_a_person_is_refused_with_the_reason(
    cast: Cast, source: Source, topic: str
) -> None:
    with pytest.raises(Refused, match="not people"):
        actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, topics=[topic]))


def test_names_of_colleagues_and_of_people_in_a_case_are_refused_however_they_are_written(
    cast: Cast, source: Source
) -> None:
    Officer.objects.filter(pk=cast.officer.pk).update(name="Amina Yusuf")
    for topic in ("amina yusuf", "AMINA YUSUF", "ａmina yusuf"):
        with pytest.raises(Refused, match="somebody's name"):
            actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, topics=[topic]))


def test_whoever_stands_in_a_case_is_refused_without_a_word_of_the_case(
    cast: Cast, source: Source
) -> None:
    incident = Incident.objects.create(
        kind="burglary", neighbourhood=cast.kings_heath, happened_at=NOON, by=cast.officer
    )
    person = Concerned(incident=incident, number=1, role="suspect", by=cast.officer, at=NOON)
    person.identity = Identity(name="Darren Bloggs", also=("mad dog",))
    person.save()
    for topic in ("darren bloggs", "Mad Dog"):
        with pytest.raises(Refused) as refusal:
            actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, topics=[topic]))
        assert str(refusal.value).startswith(f"“{topic}” reads as somebody's name.")


def test_a_place_of_two_words_is_no_person(cast: Cast, source: Source) -> None:
    topics = ["Kings Heath", "#bsp24", "looting", "road closed"]
    watch = actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, topics=topics))
    assert watch.topics == topics


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"expires_at": NOON + timedelta(days=28)}, "28 days"),
        ({"expires_at": NOON - timedelta(hours=2)}, "end after it starts"),
        ({"review_at": NOON + timedelta(days=9)}, "review"),
        ({"purpose": "Why not"}, "purpose"),
        ({"topics": []}, "one topic"),
        ({"sources": []}, "one source"),
        ({"role": "gold"}, "role of your own"),
        ({"topics": ["protest march"]}, "protest, which is lawful"),
        ({"topics": ["central mosque"]}, "religion"),
        ({"topics": ["unison strike"]}, "union"),
    ],
)
def test_what_a_watch_lacks_is_said(
    cast: Cast, source: Source, change: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, **change))


def test_nobody_approves_their_own_watch(cast: Cast, source: Source) -> None:
    own = actions.write(by=cast.sergeant, at=NOON, charter=charter(cast, source, role="supervisor"))
    with pytest.raises(Refused, match="ask a colleague"):
        actions.approve(by=cast.sergeant, at=NOON, watch=own)
    actions.approve(by=cast.colleague, at=NOON, watch=own)
    entry = Entry.objects.get(kind="watch.approved")
    assert "Inspector Tom approved the watch “Kings Heath tonight”" in read_aloud(entry)


def test_protest_needs_its_necessity_on_paper_and_the_information_asset_owner(
    cast: Cast, source: Source, owner: Officer
) -> None:
    told = {
        "topics": ["protest"],
        "necessity": "Two groups meet in one street; shops ask us where.",
    }
    watch = actions.write(by=cast.comms, at=NOON, charter=charter(cast, source, **told))
    with pytest.raises(Refused, match="information asset owner"):
        actions.approve(by=cast.sergeant, at=NOON, watch=watch)
    actions.approve(by=owner, at=NOON, watch=watch)
    assert Watch.objects.running(at=NOON).get() == watch


def test_a_watch_hears_nothing_before_it_is_approved_and_nothing_after_its_end(
    cast: Cast, source: Source
) -> None:
    watch = actions.write(by=cast.comms, at=NOON, charter=charter(cast, source))
    assert heard(source, said("Looting on the High Street")) == {"seen": 1, "other": 1}
    actions.approve(by=cast.sergeant, at=NOON, watch=watch)
    assert heard(source, said("Looting on the High Street"))["kept"] == 1
    later = watch.expires_at
    jobs.end_expired(at=later)
    assert Watch.objects.get().state == "ended"
    assert "kept" not in heard(source, said("Looting again", 2, at=later), at=later)


def test_one_role_sees_nothing_of_what_another_watches(cast: Cast, source: Source) -> None:
    gold = _officer("gol", "gold")
    ours = approved(cast, source)
    theirs = actions.write(by=gold, at=NOON, charter=charter(cast, source, role="gold", owner=gold))
    actions.approve(by=cast.sergeant, at=NOON, watch=theirs)
    heard(source, said("Looting on the High Street"))
    rows = {role: set(claims.heard(role)) for role in ("communications", "gold", "supervisor")}
    assert set(Remark.objects.all()) == rows["communications"] | rows["gold"]
    assert rows["communications"].isdisjoint(rows["gold"])
    assert not rows["supervisor"]
    assert {*charters_for(cast.comms)} == {ours}
    assert {*charters_for(gold)} == {theirs}
    assert not charters_for(cast.sergeant), "a supervisor approved both, and sees neither now"


def test_another_roles_screen_watch_and_words_are_not_there(cast: Cast, watch: Watch) -> None:
    heard(watch.sources.get(), said("Looting on the High Street"))
    remark, sergeant = Remark.objects.get(), client_of(cast.sergeant)
    assert "Looting" in client_of(cast.comms).get("/desk/listening/").content.decode()
    assert "Looting" not in sergeant.get("/desk/listening/").content.decode()
    for address in (
        "/desk/listening/?role=communications",
        f"/desk/listening/watches/{watch.pk}/",
    ):
        assert sergeant.get(address).status_code == 404
    other = f"/desk/listening/claims/communications/{remark.claim}/"
    assert sergeant.get(other).status_code == 403
    assert client_of(cast.comms).get(other).status_code == 200
    assert sergeant.post(f"/desk/listening/remarks/{remark.pk}/mark/").status_code == 404


def test_a_watch_is_written_and_approved_on_the_desk(cast: Cast, source: Source) -> None:
    comms, sergeant = client_of(cast.comms), client_of(cast.sergeant)
    form = {
        "name": "Kings Heath tonight",
        "role": "communications",
        "purpose": "To answer rumours about tonight.",
        "basis": "Common law duty; this page says so.",
        "topics": "looting\n@darren",
        "sources": [source.pk],
        "owner": cast.comms.pk,
        "starts_at": "2026-07-09T12:00",
        "review_at": "2099-07-12T12:00",
        "expires_at": "2099-07-16T12:00",
    }
    wrong = comms.post("/desk/listening/watches/new/", form)
    assert wrong.status_code == 422
    assert "“@darren” is somebody&#x27;s handle" in wrong.content.decode()
    times = {"starts_at": "2099-07-09T12:00"}
    comms.post("/desk/listening/watches/new/", {**form, **times, "topics": "looting"})
    watch = Watch.objects.get()
    address = f"/desk/listening/watches/{watch.pk}/"
    assert "Waits for a second person" in comms.get(address).content.decode()
    assert "Approve it" in sergeant.get(address).content.decode()
    sergeant.post(f"{address}approve/")
    assert Watch.objects.get().state == "approved"


def test_a_source_is_off_until_somebody_has_read_its_terms(cast: Cast) -> None:
    made = actions.name(
        by=cast.comms, at=NOON, name="A feed", kind="feed", address="https://a.example/f"
    )
    with pytest.raises(Refused, match="terms of use"):
        actions.switch(by=cast.comms, at=NOON, source=made, state="on")
    with pytest.raises(Refused, match="address of its terms"):
        actions.read_terms(
            by=cast.comms,
            at=NOON,
            source=made,
            terms="",
            terms_say="They allow it.",
            basis="Common law.",
        )
    assert (
        switched_on(cast, "Another", "feed", address="https://b.example/f").terms_read_by
        == cast.comms
    )
