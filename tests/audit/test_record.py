"""The record only grows, is sealed within a second, and reads as sentences."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from hue.audit import chain
from hue.audit.models import Entry, Seal, SealedKey, Unsealed
from hue.audit.record import read_aloud, shred
from hue.audit.seal import head, seal_committed
from hue.audit.verify import verify
from tests.audit.conftest import Somebody
from tests.cast import NOON

CHANGES = (
    "UPDATE audit_entry SET by_name = 'Nobody'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry CASCADE",
    "UPDATE audit_seal SET digest = ''",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_removes_or_empties_the_record(change: str, role: str, note: Any) -> None:
    note("something")
    seal_committed(at=NOON)
    refused = pytest.raises(DatabaseError, match=r"only grows|permission denied")
    with refused, connections[role].cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.get().by_name == "PC Amina Khan"
    assert Seal.objects.count() == 1


@pytest.mark.django_db
def test_the_application_cannot_switch_the_guard_off() -> None:
    for attempt in (
        "ALTER TABLE audit_entry DISABLE TRIGGER only_grows",
        "SET session_replication_role = replica",
        "DROP TRIGGER only_grows ON audit_seal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)


@pytest.mark.django_db
def test_an_entry_is_a_sentence_and_personal_data_stays_closed_until_opened(note: Any) -> None:
    plain, personal = note("a lost dog"), note("a lost dog", whom="Mr Smith")
    assert read_aloud(plain) == "PC Amina Khan noted a lost dog about nobody."
    assert read_aloud(personal) == "PC Amina Khan noted a lost dog about [personal data]."
    assert read_aloud(personal, personal=True) == "PC Amina Khan noted a lost dog about Mr Smith."
    assert "Smith" not in "".join(line["sealed"] for line in chain.lines() if line["number"])


@pytest.mark.django_db
def test_shredded_data_is_gone_for_everybody_and_the_chain_holds(
    note: Any, somebody: Somebody
) -> None:
    entry = note("a lost dog", whom="Mr Smith")
    seal_committed(at=NOON)
    shred(by=somebody, at=NOON, entry=entry, why="the time to keep it is over")
    shred(by=somebody, at=NOON, entry=entry, why="again")
    seal_committed(at=NOON)
    assert read_aloud(entry, personal=True) == "PC Amina Khan noted a lost dog about [shredded]."
    assert not SealedKey.objects.exists()
    last = Entry.objects.latest("id")
    assert read_aloud(last) == (
        f"PC Amina Khan shredded the personal data of entry {entry.pk}: the time to keep it is over"
    )
    report = verify(at=timezone.now(), head=None)
    assert report.verdict.sealed == 2
    assert not report.unreadable


@pytest.mark.django_db
def test_a_key_that_went_without_a_word_is_reported(note: Any) -> None:
    entry = note("a lost dog", whom="Mr Smith")
    SealedKey.objects.all().delete()
    assert verify(at=NOON, head=None).unreadable == [entry.pk]


@pytest.mark.django_db
def test_what_waits_too_long_for_its_seal_is_reported(note: Any) -> None:
    entry = note("something")
    assert verify(at=NOON, head=None).late == []
    assert verify(at=NOON.replace(minute=5), head=None).late == [entry.pk]
    seal_committed(at=NOON)
    assert verify(at=NOON.replace(minute=5), head=None).late == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain(note: Any) -> None:
    for number in range(60):
        note(str(number))
    start, done = threading.Barrier(4), []

    def sealer() -> None:
        start.wait()
        done.append(seal_committed(at=NOON))
        connection.close()

    sealers = [threading.Thread(target=sealer) for _ in range(4)]
    for one in sealers:
        one.start()
    for one in sealers:
        one.join()
    assert sum(done) == 60
    assert verify(at=NOON, head=None).verdict.sealed == 60
    assert head()[0] == 60


@pytest.mark.django_db(transaction=True)
def test_an_entry_committed_after_a_later_one_was_sealed_is_sealed_too(note: Any) -> None:
    inserted, later_sealed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            note("slow")
            inserted.set()
            later_sealed.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    inserted.wait(10)
    # Straight into the table: the queue's own lock would make this one wait for the slow one.
    Entry.objects.create(
        kind="test.noted",
        at=NOON,
        by_id="7",
        by_name="PC",
        by_role="",
        subject="note:quick",
        data={"what": "quick", "whom": "nobody"},
    )
    assert seal_committed(at=NOON) == 1
    later_sealed.set()
    thread.join()
    assert seal_committed(at=NOON) == 1
    assert not Unsealed.objects.exists()
    assert verify(at=NOON, head=None).verdict.sealed == 2


@pytest.mark.django_db(transaction=True)
def test_a_sealer_that_dies_in_the_middle_leaves_nothing_half(
    note: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        note(str(number))
    monkeypatch.setattr(Unsealed.objects, "filter", _dies)
    with pytest.raises(InterruptedError):
        seal_committed(at=NOON)
    monkeypatch.undo()
    assert not Seal.objects.exists()
    assert seal_committed(at=NOON) == 5
    assert verify(at=NOON, head=None).verdict.sealed == 5


def _dies(**_: object) -> None:
    raise InterruptedError
