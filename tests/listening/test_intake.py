"""What comes in is counted once, without the people in it; a crash changes no count."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hue.audit.models import Entry
from hue.lib import sealing
from hue.listening import actions, keys, reading
from hue.listening.arrival import Haul
from hue.listening.bringing import due_lines
from hue.listening.jobs import watches as jobs
from hue.listening.models import Bringing, Danger, Reader, Remark, Source, Watch
from hue.listening.nameless import LONGEST
from hue.listening.queries import claims
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Officer
from hue.states.moving import MovedMeanwhile
from hue.streams.models import Told
from tests.cast import NOON, Cast
from tests.listening.conftest import approved, heard, ndjson, read, said

MINUTE = timedelta(minutes=1)


def test_words_are_kept_and_who_said_them_is_sealed(source: Source, watch: Watch) -> None:
    text = "Looting! @darren_b told me, see https://pic.example/1 or call 07700 900123"
    heard(source, said(text, author="@sue@social.example", address="https://social.example/1"))
    remark = Remark.objects.get()
    assert remark.text == "Looting! @… told me, see [link] or call [number]"
    told = keys.unseal(remark.key, remark.sealed)
    assert told["handle"] == "@sue@social.example"
    assert told["in it"] == ["@darren_b", "https://pic.example/1", "07700 900123"]


def test_the_same_again_changes_nothing(source: Source, watch: Watch) -> None:
    for _ in range(3):
        heard(source, said("Looting on the High Street"), said("A fire in Kings Heath", 2))
    watch.refresh_from_db()
    assert (Remark.objects.count(), watch.heard) == (2, 2)
    source.refresh_from_db()
    assert source.counts == {"seen": 6, "kept": 2, "repeated": 4}


def test_what_no_watch_asked_for_is_not_kept(source: Source, watch: Watch) -> None:
    counts = heard(source, said("Lovely weather"), said("looting", 2), said("#KingsHeath", 3))
    assert counts == {"seen": 3, "other": 1, "kept": 2}


def test_with_places_only_what_names_one_of_them_is_kept(cast: Cast, source: Source) -> None:
    approved(cast, source, places=(cast.kings_heath,), topics=["looting"])
    counts = heard(source, said("Looting in Kings  Heath"), said("looting in Leeds", 2))
    assert counts == {"seen": 2, "kept": 1, "other": 1}


def test_a_source_that_misbehaves_is_shown_as_such_and_the_rest_goes_on(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said("Looting now"))
    counts = heard(
        source,
        said("Looting " + "x" * 1_000_000, 2),
        said("Looting \ufffd\ufffd\x00", 3),
        said("Looting, an hour ago", 4, at=NOON - timedelta(hours=1)),
        said("Looting, last month", 5, at=NOON - timedelta(days=30)),
        said("Looting, tomorrow", 6, at=NOON + timedelta(days=1)),
        said("", 7),
        said("Looting, do not index me", 8, indexable=False),
    )
    assert counts == {
        "seen": 7,
        "kept": 4,
        "too_long": 1,
        "mended": 1,
        "back_in_time": 2,
        "old": 1,
        "ahead": 1,
        "empty": 1,
        "left_out": 1,
    }
    assert max(map(len, Remark.objects.values_list("text", flat=True))) == LONGEST
    client = Client()
    client.force_login(cast.comms)
    shown = client.get("/desk/listening/sources/").content.decode()
    assert "1 came in a broken encoding" in shown
    assert "2 are older than what came before" in shown


def test_a_flood_of_one_source_is_cut_and_said(
    source: Source, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hue.listening.sieve.MOST_A_MINUTE", 3)
    Source.objects.update(kind="feed")
    counts = heard(source, *(said("Looting", n) for n in range(5)))
    assert (counts["kept"], counts["flood"]) == (3, 2)
    counts = heard(source, said("Looting", 9, at=NOON + MINUTE), at=NOON + MINUTE)
    assert counts == {"seen": 1, "kept": 1}


def test_what_was_taken_back_there_is_gone_here(source: Source, watch: Watch) -> None:
    heard(source, said("Looting on the High Street"), said("A fire", 2))
    haul = Haul(deleted=["post-1"])
    actions.take(by=people.system(), at=NOON, source=source, haul=haul)
    assert [one.text for one in Remark.objects.all()] == ["A fire"]


def test_a_source_that_is_off_brings_nothing(cast: Cast, source: Source, watch: Watch) -> None:
    actions.switch(by=cast.comms, at=NOON, source=source, state="off")
    with pytest.raises(Refused, match="is off"):
        heard(source, said("Looting"))


def test_the_desk_shows_what_to_look_at_first_and_why(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(
        source,
        said("Lovely fire at the pub tonight", 1),
        *(
            said(f"Looting at the electrics shop on the High Street, {n} of them", n)
            for n in range(2, 9)
        ),
        said("People trapped inside the shop, fire on the stairs, send help", 20),
    )
    client = Client()
    client.force_login(cast.comms)
    shown = client.get("/desk/listening/").content.decode()
    first, second = claims.ranked("communications", at=NOON)[:2]
    assert first["text"].startswith("People trapped")
    assert second["posts"] == 7
    assert "Why here:" in shown
    assert first["reasons"][0].partition(" (")[0] in shown
    assert "Risk to life" in shown
    wall = client.get("/desk/listening/?mode=wall").content.decode()
    assert "People trapped" in wall
    assert Told.objects.filter(topic="listening/communications", kind="heard").exists()


def test_a_file_is_handed_in_and_taken_in(cast: Cast, source: Source, watch: Watch) -> None:
    rows = [
        {
            "id": n,
            "text": f"Looting at shop {n}",
            "at": f"2026-07-09T1{n}:00:00Z",
            "author": f"a{n}",
        }
        for n in range(2)
    ]
    body = ndjson(*rows) + b"not json\n" + b'{"id": 7}\n'
    client = Client()
    client.force_login(cast.comms)
    file = SimpleUploadedFile("night.ndjson", body)
    told = {"source": source.pk, "file": file, "speed": 0}
    assert client.post("/desk/listening/files/", told).status_code == 302
    Bringing.objects.update(at=NOON)
    bring_on(NOON)
    brought = Bringing.objects.get()
    assert (brought.state, brought.line) == ("done", 4)
    assert brought.counts == {"seen": 2, "kept": 2, "broken": 2}


def test_csv_and_a_replay_at_sixty_times(cast: Cast, source: Source, watch: Watch) -> None:
    rows = "".join(f"{n},Looting {n},2011-08-09T2{n}:00:00Z\n" for n in range(3))
    chunks = [f"id,text,at\n{rows}".encode()]
    actions.hand_in(by=cast.comms, at=NOON, source=source, name="x.csv", chunks=chunks, speed=60)
    for minutes, kept in ((0, 1), (0, 1), (1, 2), (2, 3)):
        bring_on(NOON + minutes * MINUTE)
        assert Remark.objects.count() == kept, minutes
    assert set(Remark.objects.values_list("said_at", flat=True)) == {
        NOON + n * MINUTE for n in range(3)
    }
    assert Bringing.objects.get().state == "done"


def test_two_workers_at_one_file_count_it_once(cast: Cast, source: Source, watch: Watch) -> None:
    body = ndjson(*({"id": n, "text": "Looting", "at": NOON.isoformat()} for n in range(3)))
    told = {"by": cast.comms, "at": NOON, "source": source, "name": "x.ndjson", "chunks": [body]}
    first = actions.hand_in(**told)  # type: ignore[arg-type]
    second = Bringing.objects.get()
    ((found, ended),) = due_lines(first, at=NOON)
    assert ended
    system = people.system()
    actions.take_lines(by=system, at=NOON, bringing=first, found=found)
    with pytest.raises(MovedMeanwhile):
        actions.take_lines(by=system, at=NOON, bringing=second, found=found)
    assert Bringing.objects.get().counts == {"seen": 3, "kept": 3}


def bring_on(at: object) -> None:
    jobs.bring_all(at=lambda: at)  # type: ignore[arg-type, return-value]
    read(at=at)  # type: ignore[arg-type]


def test_a_restored_engine_counts_as_one_that_never_stopped(source: Source, watch: Watch) -> None:
    texts = [f"Looting at shop number {n % 4} on the High Street" for n in range(30)]
    for n, text in enumerate(texts):
        heard(source, said(text, n), at=NOON + n * timedelta(seconds=7))
        if n % 5 == 0:
            reading.forget()  # as after a crash: what is not kept is taken anew from the rows
    with_crashes = [(r.claim, r.story, r.copy) for r in Remark.objects.order_by("turn")]
    Remark.objects.update(state="waiting", turn=None, claim="", story="", copy=False)
    Reader.objects.all().delete()
    reading.forget()
    read(at=NOON)
    assert with_crashes == [(r.claim, r.story, r.copy) for r in Remark.objects.order_by("turn")]


def test_who_is_the_same_person_is_gone_half_a_minute_after_reading(
    source: Source, watch: Watch
) -> None:
    heard(source, said("Looting on the High Street", author="@sue"))
    heard(source, said("A fire in the park", 2, author="@sue"), at=NOON + 2 * MINUTE)
    kept = Remark.objects.all()
    assert {one.author for one in kept} == {""}
    assert len({one.voice for one in kept}) == 2


def test_a_risk_to_life_closes_with_a_reference_alone(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said("Fire! People trapped inside, send help"))
    danger = Danger.objects.get()
    client = Client()
    client.force_login(cast.comms)
    address = f"/desk/listening/dangers/{danger.pk}/hand-off/"
    client.post(address, {"reference": " "})
    danger.refresh_from_db()
    assert danger.state == "open"
    client.post(address, {"reference": "LOG 412"})
    danger.refresh_from_db()
    assert (danger.state, danger.reference, danger.handed_by) == (
        "handed_off",
        "LOG 412",
        cast.comms,
    )


def test_who_said_it_is_opened_by_a_named_person_with_a_reason_and_recorded(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said("Fire! People trapped inside, send help", author="@sue"))
    heard(source, said("Looting", 2, author="@tim"))
    remark = Remark.objects.get(text__startswith="Fire")
    Officer.objects.filter(pk=cast.sergeant.pk).update(roles=["supervisor", "communications"])
    sergeant = Client()
    sergeant.force_login(Officer.objects.get(pk=cast.sergeant.pk))
    address = f"/desk/listening/remarks/{remark.pk}/open/"
    assert "@sue" not in sergeant.post(address, {"why": "x"}).content.decode()
    shown = sergeant.post(address, {"why": "The control room must find the flat."})
    assert "@sue" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Entry.objects.get(kind="remark.opened").data["why"].startswith("The control room")
    other = Remark.objects.get(text="Looting")
    refused = sergeant.post(
        f"/desk/listening/remarks/{other.pk}/open/", {"why": "I would like to know it."}
    )
    assert "@tim" not in refused.content.decode()


def test_sealed_words_do_not_open_with_another_key(source: Source, watch: Watch) -> None:
    heard(source, said("Looting"))
    remark = Remark.objects.get()
    other = keys.key_of(NOON + timedelta(days=8))
    with pytest.raises(sealing.CannotOpen):
        keys.unseal(other, remark.sealed)
