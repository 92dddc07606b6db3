"""What a phone installs: pictures of the force's own look, in the sizes that phones ask for."""

import json

import pytest
import pyvips
from django.test import Client

from hue.pages import stale
from hue.people import crest
from tests.cast import NOON, Cast
from tests.publishing.public import root, written

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#00ff00"/></svg>'


def icons() -> dict[str, pyvips.Image]:
    """As the manifest names them, and as they stand among the public files."""
    stale.mark(("people.look", ""), at=NOON)
    written()
    told = json.loads(Client().get("/desk/manifest.webmanifest").content)["icons"]
    return {
        f"{icon['purpose']} {icon['sizes']}": pyvips.Image.new_from_file(
            str(root() / icon["src"].lstrip("/"))
        )
        for icon in told
    }


def test_the_manifest_names_icons_that_are_there(cast: Cast) -> None:
    found = icons()
    assert set(found) == {"any 192x192", "any 512x512", "maskable 512x512"}
    for name, image in found.items():
        assert f"{image.width}x{image.height}" == name.split()[1]
        assert not image.hasalpha()
        assert [round(value) for value in image(0, 0)] == [0x0B, 0x1F, 0x3A]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_they_carry_the_forces_own_crest_and_colour(cast: Cast, kind: str) -> None:
    green = pyvips.Image.black(10, 10, bands=3).linear([1, 1, 1], [0, 255, 0])
    drawn = SVG.encode() if kind == "svg" else green.cast("uchar").write_to_buffer(".png")
    cast.force.crest = crest.clean(drawn)
    cast.force.colours = {"ink": "#402010"}
    cast.force.save()
    for image in icons().values():
        assert [round(value) for value in image(1, 1)] == [0x40, 0x20, 0x10]
        assert image(image.width // 2, image.height // 2)[1] > 200


def test_what_matters_of_a_maskable_one_stays_within_its_middle(cast: Cast) -> None:
    cast.force.crest = crest.clean(SVG.encode())
    cast.force.save()
    image = icons()["maskable 512x512"]
    edge = round(256 - 0.4 * 512 * 0.7071) - 2  # the corner of the square inside the safe circle
    assert [round(value) for value in image(edge, edge)] == [0x0B, 0x1F, 0x3A]
