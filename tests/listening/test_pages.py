"""What the public reads of watches, what stays when the words are gone, and the assessment."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from hue.incidents.models import Incident
from hue.lib import clock
from hue.listening import actions
from hue.listening.jobs import watches as jobs
from hue.listening.map import shaded
from hue.listening.models import Remark, Source, Summary, Watch
from hue.listening.queries import claims
from hue.pages.sources import REGISTRY
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from tests.cast import NOON, Cast
from tests.listening.conftest import BASIS, PURPOSE, approved, charter, heard, said
from tests.place import HERE

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
SHOPS = [
    "bakery",
    "chemist",
    "florist",
    "butcher",
    "jeweller",
    "hatter",
    "grocer",
    "cobbler",
    "saddler",
    "tailor",
]
SQUARE = [[-1.90, 52.42], [-1.88, 52.42], [-1.88, 52.44], [-1.90, 52.44], [-1.90, 52.42]]


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.run_at(0, shown=NOON)
    yield
    clock.reset()


def client_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(officer: Officer, address: str) -> str:
    answer = client_of(officer).get(f"/desk/listening/{address}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def public() -> str:
    (file,) = REGISTRY["listening.public"].files("")
    assert file.path == "listening.html"
    return file.content.decode()


def test_the_public_reads_what_is_watched_why_and_how_much(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, *(said(f"Looting {n}", n) for n in range(3)))
    shown = public()
    assert PURPOSE in shown
    assert BASIS in shown
    assert "looting, fire, #kingsheath" in shown
    assert "fewer than 10 remarks" in shown
    heard(source, *(said(f"Looting {n}", n) for n in range(3, 30)))
    assert "30 remarks" in public()


def test_a_watch_that_waits_is_not_on_the_public_page(cast: Cast, source: Source) -> None:
    actions.write(by=cast.comms, at=NOON, charter=charter(cast, source))
    assert PURPOSE not in public()


def test_the_figures_of_a_week_stay_and_a_person_says_what_they_mean(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(
        source,
        said("Fire! People trapped inside, send help", 1),
        said("I saw the looting from my window in Kings Heath", 2),
        said("Bring petrol bombs tonight, looting at nine", 3),
        *(said(f"Looting in Kings Heath, now the {shop}", 10 + n) for n, shop in enumerate(SHOPS)),
    )
    Incident.objects.create(
        kind="burglary", neighbourhood=cast.kings_heath, happened_at=NOON, by=cast.officer
    )
    monday = NOON + timedelta(days=4)
    summary = actions.summarise_week(by=people.system(), at=monday, role="communications")
    assert summary is not None
    assert actions.summarise_week(by=people.system(), at=monday, role="communications") is None
    told = summary.figures
    assert (told["remarks"], told["evidenced"], told["potential"]) == (13, 1, 1)
    assert (told["dangers"], told["handed_off"]) == (1, 0)
    assert ["Kings Heath", told["places"][0][1]] == told["places"][0]
    actions.erase(by=people.system(), at=NOON + 5 * WEEK)
    assert not Remark.objects.exists()
    shown = page(cast.comms, f"summaries/{summary.pk}/")
    assert "Remarks: 13" in shown
    parts = {"experienced": "Shops shut early.", "evidenced": "", "potential": "", "missed": ""}
    client_of(cast.comms).post(f"/desk/listening/summaries/{summary.pk}/", parts)
    pdf = client_of(cast.comms).get(f"/desk/listening/summaries/{summary.pk}/paper.pdf")
    words = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Shops shut early." in words
    assert "Written by Sam." in words
    assert (
        client_of(cast.sergeant).get(f"/desk/listening/summaries/{summary.pk}/").status_code == 404
    )


def test_a_report_is_made_when_a_watch_ends_by_itself(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said("Looting on the High Street"))
    jobs.end_expired(at=watch.expires_at)
    report = Summary.objects.get(watch=watch)
    assert report.figures["times"][0][1] == 1
    assert "After “Kings Heath tonight”" in page(cast.comms, "summaries/")


def test_a_report_of_a_watch_that_has_not_begun_is_refused(cast: Cast, source: Source) -> None:
    later = {"starts_at": NOON + timedelta(hours=2), "review_at": NOON + timedelta(hours=3)}
    with pytest.raises(Refused, match="has not begun"):
        actions.report(by=cast.comms, at=NOON, watch=approved(cast, source, **later))


def test_the_assessment_is_filled_from_what_is_configured(
    cast: Cast, source: Source, watch: Watch
) -> None:
    shown = page(cast.comms, "impact/")
    for told in (PURPOSE, "They allow to read what is public.", "Read by Sam", "7 days, 30"):
        assert told in shown


def test_a_correction_teaches_the_engine_at_once(cast: Cast, source: Source, watch: Watch) -> None:
    words = "Looting sale at the carpet shop, everything half price"
    heard(source, said(words))
    remark = Remark.objects.get()
    for _ in range(3):
        address = f"/desk/listening/remarks/{remark.pk}/teach/"
        answer = client_of(cast.comms).post(
            address, {"kind": "nothing to do with it", "urgency": "low"}
        )
        assert answer.status_code == 302
    heard(source, said(f"{words} today", 2))
    newest = Remark.objects.get(text__endswith="today")
    assert (newest.kind, newest.urgency) == ("nothing to do with it", "low")
    wrong = client_of(cast.comms).post(address, {"kind": "gossip"})
    assert wrong.status_code == 409
    assert "Choose a kind" in wrong.content.decode()


def test_the_map_says_what_the_table_says(cast: Cast, source: Source, watch: Watch) -> None:
    Neighbourhood.objects.update(boundary={"type": "Polygon", "coordinates": [SQUARE]})
    heard(source, said("Looting in Kings Heath now"))
    (row,) = claims.by_place("communications", at=NOON)
    assert (row["place"], row["posts"]) == ("Kings Heath", 1)
    drawn = shaded([row])
    assert drawn is not None
    assert [(one["name"], one["posts"], one["shade"]) for one in drawn["places"]] == [
        ("Kings Heath", 1, 1)
    ]
    assert drawn["places"][0]["path"].startswith("M0 ")


def test_no_process_but_the_one_that_reads_loads_the_engine() -> None:
    code = "import django; django.setup(); import hue.config.urls, sys; print(*sys.modules)"
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "hue.config.settings"}
    loaded = subprocess.check_output([sys.executable, "-c", code], env=told, cwd=HERE)
    assert "sklearn" not in loaded.decode().split()


def test_growth_is_a_picture_that_also_reads_as_words(
    cast: Cast, source: Source, watch: Watch, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    earlier = [said("Looting on the High Street", n, at=NOON - 12 * MINUTE) for n in (1, 2)]
    heard(source, *earlier, said("Looting on the High Street!", 3, at=NOON - MINUTE))
    client.force_login(cast.comms)
    page = client.get("/desk/listening/").content.decode()
    assert "the oldest first: 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1" in page


def test_without_boundaries_the_map_has_a_dot_where_each_place_lies(
    cast: Cast, source: Source, watch: Watch
) -> None:
    north = {"slug": "moseley", "name": "Moseley", "latitude": 52.446, "longitude": -1.886}
    Neighbourhood.objects.create(unit=cast.unit, **north)
    drawn = shaded([{"place": "Kings Heath", "posts": 3, "new_60": 1}])
    assert drawn
    here, there = sorted(drawn["dots"], key=lambda dot: dot["name"])
    assert (here["posts"], there["posts"]) == (3, 0)
    assert here["r"] > there["r"]
    assert here["y"] > there["y"]


def test_the_page_of_a_claim_shows_each_wording_once_and_copies_when_asked(
    cast: Cast, source: Source, watch: Watch, client: Client
) -> None:
    heard(source, *(said("Looting on the High Street", n) for n in range(4)))
    client.force_login(cast.comms)
    claim = claims.ranked("communications", at=NOON)[0]["claim"]
    address = f"/desk/listening/claims/communications/{claim}/"
    page = client.get(address).content.decode()
    assert page.count('<p class="words">') == 1
    assert "Show the 3 copies too" in page
    assert client.get(f"{address}?copies=yes").content.decode().count('<p class="words">') == 4
