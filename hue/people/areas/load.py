"""A GeoJSON file of areas, which may come from anywhere: what is wrong is said in a sentence."""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from hue.people.areas.area import Area, AreasRefused
from hue.people.areas.names import GUESSED, LONGEST, Naming, named, naming_of
from hue.people.areas.shapes import not_degrees, shape_of, simplified

MAX_BYTES = 200_000_000
MAX_AREAS = 20_000
DEGREES = ("CRS84", "4326", "4979")

Feature = Mapping[str, Any]


def load_areas(path: Path, *, wanted: Naming = GUESSED) -> list[Area]:
    """Every area of the file, in its order; one bad feature refuses the whole file.

    `wanted` names properties of the file; those left empty are guessed.
    """
    features = _features(_parsed(_unpacked(path)))
    properties = [_properties(number, feature) for number, feature in enumerate(features, 1)]
    naming = naming_of(properties, wanted)
    names = [named(number, own, naming) for number, own in enumerate(properties, 1)]
    _refuse_repeated([code for code, _, _ in names])
    shapes = [
        shape_of(name, feature.get("geometry"))
        for (_, name, _), feature in zip(names, features, strict=True)
    ]
    boundaries = simplified([geometry for geometry, _ in shapes])
    return [
        Area(*name, geometry, geometry.representative_point(), boundary, mended)
        for name, (geometry, mended), boundary in zip(names, shapes, boundaries, strict=True)
    ]


def _unpacked(path: Path) -> bytes:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as broken:
        raise AreasRefused("The .gz file is broken or cut short. Fetch it again.") from broken
    if len(content) > MAX_BYTES:
        raise AreasRefused("The file is larger than 200 MB. Take only the areas of your force.")
    return content


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as broken:
        raise AreasRefused("The file is not UTF-8 text. Export it again as GeoJSON.") from broken
    except json.JSONDecodeError as broken:
        raise AreasRefused(
            f"The file is not JSON: line {broken.lineno} cannot be read. Export it again."
        ) from broken
    except (RecursionError, ValueError) as broken:
        raise AreasRefused("The file is nested too deeply or holds impossible numbers.") from broken


def _no_number(constant: str) -> NoReturn:
    """Python reads NaN and Infinity; JSON has neither."""
    raise ValueError(constant)


def _features(parsed: Any) -> list[Feature]:
    if not isinstance(parsed, dict) or parsed.get("type") != "FeatureCollection":
        raise AreasRefused(
            "This is not a GeoJSON FeatureCollection. Export the layer of areas as GeoJSON."
        )
    _refuse_other_systems(parsed.get("crs"))
    features = parsed.get("features")
    if not isinstance(features, list) or not features:
        raise AreasRefused("The file holds no areas.")
    if len(features) > MAX_AREAS:
        raise AreasRefused(f"The file holds {len(features):,} areas; {MAX_AREAS:,} are allowed.")
    return features


def _refuse_other_systems(crs: Any) -> None:
    """Old GeoJSON could name its coordinate system; today's is always longitude and latitude."""
    if crs is not None and not any(known in json.dumps(crs) for known in DEGREES):
        raise not_degrees()


def _properties(number: int, feature: Any) -> Mapping[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise AreasRefused(f"Entry {number} of the file is not a GeoJSON feature.")
    properties = feature.get("properties")
    if not isinstance(properties, dict) or not properties:
        raise AreasRefused(f"Area {number} has no properties, so nothing tells its name.")
    return properties


def _refuse_repeated(codes: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, code in enumerate(codes, 1):
        if code in first:
            raise AreasRefused(
                f"Areas {first[code]} and {number} have the same code “{code[:LONGEST]}”. "
                "Each needs its own; choose another property as the code."
            )
        first[code] = number
