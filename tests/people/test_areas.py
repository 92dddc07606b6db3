"""Areas come from any GeoJSON; what is wrong with it is said in a sentence."""

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from hue.people.areas.area import AreasRefused
from hue.people.areas.gazetteer import Gazetteer
from hue.people.areas.load import load_areas
from hue.people.areas.match import same_name
from hue.people.areas.names import Naming
from hue.people.areas.shapes import boundary_json
from tests.place import SHARED

PUBLISHED = SHARED / "geo_birmingham"
WARDS = PUBLISHED / "west_midlands_wards_2011.geojson.gz"


def square(west: float, south: float, side: float = 0.1) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


NORTHFIELD = feature(square(-2.0, 52.4), name="Northfield", code="N1", borough="Birmingham")
KINGS_HEATH = feature(square(-1.9, 52.4), name="Kings Heath", code="K1", borough="Birmingham")


@pytest.fixture
def write(tmp_path: Path):
    def write_it(content: Any, name: str = "areas.geojson") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write_it


def test_an_area_has_its_code_name_borough_and_a_point_inside(write) -> None:
    north, heath = load_areas(write(collection(NORTHFIELD, KINGS_HEATH)))
    assert (north.code, north.name, north.borough) == ("N1", "Northfield", "Birmingham")
    assert north.geometry.contains(north.point)
    assert heath.boundary.equals(heath.geometry)
    assert not heath.mended


def test_a_gz_is_read_like_the_file_in_it(write) -> None:
    packed = gzip.compress(json.dumps(collection(NORTHFIELD)).encode())
    assert len(load_areas(write(packed, "areas.geojson.gz"))) == 1


def test_the_properties_of_the_statistics_office_are_known(write) -> None:
    own = {"OBJECTID": 7, "WD23CD": "E05", "WD23NM": "Stirchley", "LAD23NM": "Birmingham"}
    (area,) = load_areas(write(collection(feature(square(-1.9, 52.4), **own))))
    assert (area.code, area.name, area.borough) == ("E05", "Stirchley", "Birmingham")


def test_the_properties_can_be_named_by_hand(write) -> None:
    own = {"beat": "Harborne East", "number": 17, "name": "not this"}
    path = write(collection(feature(square(-1.9, 52.4), **own)))
    (area,) = load_areas(path, wanted=Naming("beat", "number"))
    assert (area.code, area.name, area.borough) == ("17", "Harborne East", "")


def test_without_a_code_the_name_serves_as_one(write) -> None:
    (area,) = load_areas(write(collection(feature(square(-1.9, 52.4), name="Quinton"))))
    assert area.code == "Quinton"


def test_a_code_that_several_areas_share_is_not_guessed(write) -> None:
    shared = [feature(square(-1.9, 52.4), name=name, id=1) for name in ("Quinton", "Harborne")]
    assert [area.code for area in load_areas(write(collection(*shared)))] == ["Quinton", "Harborne"]


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[-1.9, 52.4], [-1.8, 52.5], [-1.8, 52.4], [-1.9, 52.5], [-1.9, 52.4]]],
}
FOLDED = {
    "type": "Polygon",
    "coordinates": [[[-1.9, 52.4], [-1.8, 52.4], [-1.7, 52.4], [-1.9, 52.4]]],
}


def test_a_boundary_that_crosses_itself_is_mended_and_says_so(write) -> None:
    (area,) = load_areas(write(collection(feature(BOW_TIE, name="Longbridge"))))
    assert area.mended
    assert area.geometry.is_valid


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON: line 1"),
        (b'{"type": "FeatureCollection",\n "features": [}', "not JSON: line 2"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "impossible numbers"),
        (b"\x1f\x8bnot really", ".gz file is broken"),
        ([], "not a GeoJSON FeatureCollection"),
        (square(-1.9, 52.4), "not a GeoJSON FeatureCollection"),
        (collection(), "holds no areas"),
        ({"type": "FeatureCollection", "features": {"a": 1}}, "holds no areas"),
        (collection(3), "Entry 1 of the file is not"),
        (collection(feature(square(-1.9, 52.4))), "Area 1 has no properties"),
        (collection(feature(square(-1.9, 52.4), colour="red")), "there are: colour"),
        (collection(NORTHFIELD, NORTHFIELD), "1 and 2 have the same code “Northfield”"),
        (collection(feature(square(-1.9, 52.4), name="x" * 101)), "longer than 100"),
        (collection(feature(None, name="Quinton")), "not drawn as an area"),
        (
            collection(feature({"type": "Point", "coordinates": [-1.9, 52.4]}, name="Quinton")),
            "not drawn as an area",
        ),
        (
            collection(feature({"type": "Polygon", "coordinates": []}, name="Quinton")),
            "has no boundary",
        ),
        (
            collection(feature({"type": "Polygon", "coordinates": [[[1, 2]]]}, name="Quinton")),
            "cannot be read",
        ),
        (
            collection(feature({"type": "Polygon", "coordinates": "POLYGON"}, name="Quinton")),
            "cannot be read",
        ),
        (collection(feature(square(52.4, -1.9), name="Quinton")), "swapped in “Quinton”"),
        (collection(feature(square(400_000, 280_000), name="Quinton")), "eastings and northings"),
        (
            collection(NORTHFIELD, crs={"type": "name", "properties": {"name": "EPSG:27700"}}),
            "eastings and northings",
        ),
        (collection(feature(square(10.0, 50.0), name="Quinton")), "outside the United Kingdom"),
        (collection(feature(FOLDED, name="Quinton")), "cannot be mended"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(write, content, says) -> None:
    with pytest.raises(AreasRefused, match=says):
        load_areas(write(content))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


@given(json_values, st.sampled_from(["Polygon", "MultiPolygon"]))
def test_no_coordinates_at_all_end_in_anything_but_an_area_or_a_refusal(
    tmp_path_factory, coordinates, kind
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.geojson"
    geometry = {"type": kind, "coordinates": coordinates}
    path.write_text(json.dumps(collection(feature(geometry, name="Quinton"))))
    with suppress(AreasRefused):
        assert load_areas(path)


def test_points_are_placed_in_a_batch(write) -> None:
    areas = load_areas(write(collection(NORTHFIELD, KINGS_HEATH)))
    gazetteer = Gazetteer([(area.code, area.geometry) for area in areas])
    inside, border, other, nowhere = (-1.95, 52.45), (-1.9, 52.45), (-1.85, 52.41), (0.0, 51.0)
    found = gazetteer.codes([other, None, inside, nowhere, border])
    assert found == ["K1", None, "N1", None, "N1"]
    assert gazetteer.codes([]) == []
    assert gazetteer.codes([None]) == [None]


def test_an_area_of_the_map_goes_out_as_geojson_of_a_metre(write) -> None:
    drawn = feature(square(-1.912345678, 52.4), name="Quinton")
    (area,) = load_areas(write(collection(drawn)))
    out = boundary_json(area.boundary)
    assert out["type"] == "Polygon"
    assert [-1.91235, 52.4] in out["coordinates"][0]


@pytest.mark.skipif(not WARDS.exists(), reason=f"the published wards are not at {PUBLISHED}")
def test_the_wards_of_the_west_midlands_are_taken_and_know_their_own_points() -> None:
    areas = load_areas(WARDS)
    assert len({area.code for area in areas}) == 163
    assert {area.borough for area in areas} >= {"Birmingham", "Coventry", "Wolverhampton"}
    gazetteer = Gazetteer([(area.code, area.geometry) for area in areas])
    found = gazetteer.codes([(area.point.x, area.point.y) for area in areas])
    assert found == [area.code for area in areas]
    assert shapely.coverage_is_valid([area.boundary for area in areas])
    assert all(area.geometry.contains(Point(area.point)) for area in areas)


@pytest.mark.parametrize("other", ["King's Heath", "King’s Heath", "KINGS-HEATH", "Kings  Heath."])
def test_a_name_is_the_same_whatever_its_punctuation(other: str) -> None:
    assert same_name("Kings Heath", other)
