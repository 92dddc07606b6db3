"""Wards come from a file; neighbourhoods take their boundary from it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.pages.models import Stale
from hue.people.access import Refused
from hue.people.areas.load import load_areas
from hue.people.boundaries import AreasImported, gazetteer, import_areas
from hue.people.models import Area, Neighbourhood, Officer
from tests.cast import NOON, Cast
from tests.people.test_areas import WARDS, collection, feature, square

# The cast's Kings Heath lies at -1.893, 52.43.
HEATH = feature(square(-1.9, 52.42, 0.02), name="Kings Heath", code="K1", borough="Birmingham")
OTHER = feature(square(-1.88, 52.42, 0.02), name="Brandwood", code="B1", borough="Birmingham")
FAR = feature(square(-1.5, 52.42, 0.02), name="Binley", code="C1", borough="Coventry")


@pytest.fixture
def write(tmp_path: Path):
    def write_it(*features: Any) -> Path:
        path = tmp_path / "wards.geojson"
        path.write_text(json.dumps(collection(*features)))
        return path

    return write_it


@pytest.fixture
def admin(cast: Cast) -> Officer:
    return Officer.objects.create(username="ann", name="Ann", roles=["administrator"])


def take(path: Path, by: Officer, **also: Any) -> AreasImported:
    return import_areas(by=by, at=NOON, name=path.name, areas=load_areas(path), **also)


def test_a_neighbourhood_takes_the_boundary_of_the_area_of_its_name(cast, admin, write) -> None:
    done = take(write(HEATH, OTHER), admin)
    assert (done.added, done.without) == (2, [])
    cast.kings_heath.refresh_from_db()
    assert cast.kings_heath.boundary["type"] == "Polygon"
    assert Area.objects.get(code="K1").neighbourhood == cast.kings_heath
    assert Stale.objects.filter(source="publishing.neighbourhood", key="kings-heath").exists()
    sentence = read_aloud(Entry.objects.get(kind="areas.imported"))
    assert sentence.startswith("Ann imported 2 areas from wards.geojson; 1 neighbourhoods took")


def test_the_same_file_again_changes_nothing(cast, admin, write) -> None:
    path = write(HEATH, OTHER)
    take(path, admin)
    Stale.objects.all().delete()
    done = take(path, admin)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 2)
    assert not Stale.objects.exists()
    assert Entry.objects.filter(kind="areas.imported").count() == 1


def test_an_area_whose_longer_name_holds_a_neighbourhoods_is_its_ground(cast, admin, write) -> None:
    long = feature(square(-1.9, 52.42, 0.02), name="Moseley & Kings Heath", code="M1")
    done = take(write(long), admin)
    assert done.taken == [(cast.kings_heath, "Moseley & Kings Heath")]


def test_where_two_names_fit_an_area_nobody_says_whose_it_is(cast, admin, write) -> None:
    Neighbourhood.objects.create(
        unit=cast.unit, slug="moseley", name="Moseley", latitude=52.431, longitude=-1.89
    )
    long = feature(square(-1.9, 52.42, 0.02), name="Moseley and Kings Heath", code="M1")
    done = take(write(long), admin)
    assert done.taken == []
    assert [str(place) for place in done.without] == ["Kings Heath", "Moseley"]


def test_an_area_of_the_same_name_in_another_town_is_not_its_ground(cast, admin, write) -> None:
    far = feature(square(-1.5, 52.42, 0.02), name="Kings Heath", code="K9", borough="Coventry")
    assert take(write(far), admin).taken == []


def test_a_unit_can_make_neighbourhoods_of_all_other_areas(cast, admin, write) -> None:
    done = take(write(HEATH, OTHER), admin, unit=cast.unit)
    assert [place.slug for place in done.created] == ["brandwood"]
    assert [team.name for team in done.created[0].teams.all()] == ["Brandwood team"]
    made = Neighbourhood.objects.get(slug="brandwood")
    assert made.unit == cast.unit
    assert made.boundary
    assert -1.88 < made.longitude < -1.86


def test_who_may_not_change_the_force_imports_no_areas(cast, write) -> None:
    with pytest.raises(Refused, match="may not change the force"):
        take(write(HEATH), cast.sergeant)
    assert not Area.objects.exists()


def test_a_point_is_found_in_what_was_imported(cast, admin, write) -> None:
    take(write(HEATH, OTHER), admin)
    assert gazetteer().codes([(-1.893, 52.43), (-1.87, 52.43), (0.0, 51.0)]) == ["K1", "B1", None]


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_areas", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did(cast, write) -> None:
    said = run(write(HEATH, OTHER, FAR), "--only", "birmingham", "--unit", "south")
    assert "2 areas: 2 new, 0 changed, 0 as they were." in said
    assert "1 neighbourhoods are new." in said
    assert not Area.objects.filter(code="C1").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--only", "Dudley"], "No area lies in Dudley. Boroughs in the file: Birmingham"),
        (["--unit", "nowhere"], "There is no unit 'nowhere'. There are: south"),
        (["--by", "nobody"], "Nobody signs in as 'nobody'"),
        (["--by", "amina"], "You may not change the force"),
        (["--name", "colour"], "Area 1 has no “colour”"),
    ],
)
def test_the_command_refuses_in_a_sentence(cast, write, arguments, says) -> None:
    with pytest.raises(CommandError, match=says):
        run(write(HEATH), *arguments)
    assert not Area.objects.exists()


def test_a_file_that_is_not_there_is_named(cast, tmp_path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "missing.geojson")


@pytest.mark.skipif(not WARDS.exists(), reason=f"the published wards are not at {WARDS}")
def test_the_wards_of_the_west_midlands_are_imported(cast) -> None:
    said = run(WARDS)
    assert "163 areas: 163 new" in said
    assert "Kings Heath has the boundary of Moseley and Kings Heath." in said
