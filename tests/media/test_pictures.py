"""A picture from somebody's phone to what the desk keeps of it."""

import io
import os
import resource
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import pyvips
from django.conf import LazySettings

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.media import files, public
from hue.media.actions import take_in
from hue.media.jobs import prune
from hue.media.models import Picture
from hue.media.reencode import NoPicture
from hue.people.access import Refused
from tests.cast import NOON, Cast

ALT = "A brown puppy on a blanket"


def photo(width: int = 2000, height: int = 1000, kind: str = ".jpg", **how: object) -> bytes:
    noise = pyvips.Image.gaussnoise(width, height, mean=120, sigma=20, seed=7)
    image = noise.bandjoin([noise * 0.8, noise * 0.6]).cast("uchar").copy(interpretation="srgb")
    half = image.crop(0, 0, width // 2, height).linear([0.2], [0]).cast("uchar")
    return bytes(image.insert(half, 0, 0).write_to_buffer(kind, **how))


def take(cast: Cast, content: bytes, alt: str = ALT) -> Picture:
    return take_in(by=cast.officer, at=NOON, content=content, alt=alt)


def opened(name: str) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(files.where(name)))


@pytest.mark.parametrize("kind", [".jpg", ".png", ".webp"])
def test_a_photograph_is_kept_in_three_sizes_named_by_their_content(cast: Cast, kind: str) -> None:
    picture = take(cast, photo(kind=kind))
    assert [int(width) for width in picture.sizes] == [480, 960, 1600]
    assert (picture.width, picture.height) == (1600, 800)
    for width, name in picture.sizes.items():
        assert opened(name).width == int(width)
        assert opened(name).get("vips-loader") == "jpegload"
    entry = Entry.objects.get(kind="picture.taken_in")
    assert read_aloud(entry, personal=True).endswith(f"added a picture: {ALT}")


def test_a_small_picture_is_not_enlarged(cast: Cast) -> None:
    assert list(take(cast, photo(300, 200)).sizes) == ["300"]


def test_a_stream_is_taken_as_well_as_bytes(cast: Cast) -> None:
    assert take_in(by=cast.officer, at=NOON, content=io.BytesIO(photo()), alt=ALT).pk


def test_the_place_the_picture_was_taken_at_is_not_kept_and_it_stands_upright(cast: Cast) -> None:
    image = pyvips.Image.new_from_buffer(photo(1000, 500), "").copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)  # the phone was held upright
    for name, value in (("ifd3-GPSLatitudeRef", "N"), ("ifd0-Make", "Zebraphone")):
        image.set_type(pyvips.GValue.gstr_type, f"exif-{name}", value)
    sent = image.write_to_buffer(".jpg")
    assert b"Zebraphone" in sent
    picture = take(cast, sent)
    assert picture.height > picture.width
    for name in picture.sizes.values():
        assert b"Zebraphone" not in files.where(name).read_bytes()
        assert b"Exif" not in files.where(name).read_bytes()
        assert not [f for f in opened(name).get_fields() if f.startswith(("exif", "icc", "xmp"))]


def test_what_hides_behind_a_picture_does_not_get_through(cast: Cast) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as box:
        box.writestr("run.js", "alert('zebra')")
    script = b"<script>alert('zebra')</script>"
    picture = take(cast, photo() + script + archive.getvalue())
    for name in picture.sizes.values():
        kept = files.where(name).read_bytes()
        assert not zipfile.is_zipfile(io.BytesIO(kept))
        assert b"<script" not in kept
        assert b"zebra" not in kept


def test_transparent_and_grey_and_tall_pictures_are_taken(cast: Cast) -> None:
    grey = pyvips.Image.black(600, 700).cast("uchar").copy(interpretation="b-w")
    clear = grey.bandjoin([grey, grey, grey]).copy(interpretation="srgb")
    assert opened(take(cast, clear.write_to_buffer(".png")).sizes["600"])(5, 5) == [255.0] * 3
    assert opened(take(cast, grey.write_to_buffer(".png")).sizes["600"]).bands == 3
    tall = take(cast, photo(500, 5000))
    assert tall.height <= 3200


SVG = (
    b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>"""
)
NO_PICTURES = {
    "nothing": b"",
    "text": b"hello",
    "svg named jpg": SVG,
    "svg behind a jpeg's first bytes": b"\xff\xd8\xff" + SVG,
    "pdf": b"%PDF-1.7 ...",
    "gif": b"GIF89a" + b"\0" * 40,
    "html": b"<html><img src=x>",
    "only a header": photo(60, 40)[:30],
    "half a jpeg": photo()[: len(photo()) // 2],
    "half a png": photo(kind=".png")[: len(photo(kind=".png")) // 2],
    "half a webp": photo(kind=".webp")[: len(photo(kind=".webp")) // 2],
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_with_a_sentence(cast: Cast, name: str) -> None:
    with pytest.raises(NoPicture, match=r"send") as refusal:
        take(cast, NO_PICTURES[name])
    assert str(refusal.value).endswith(".")
    assert Picture.objects.count() == 0


def test_an_iphones_own_format_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(NoPicture, match="Most compatible"):
        take(cast, b"\0\0\0\x18ftypheic" + b"\0" * 100)


def test_a_picture_says_what_it_shows(cast: Cast) -> None:
    with pytest.raises(NoPicture, match="cannot see it"):
        take(cast, photo(), alt=" \u200b ")
    with pytest.raises(NoPicture, match="1000"):
        take(cast, photo(), alt="x" * 1001)


def test_too_many_megabytes_are_refused_before_anything_is_opened(cast: Cast) -> None:
    with pytest.raises(NoPicture, match="25 MB"):
        take_in(by=cast.officer, at=NOON, content=io.BytesIO(b"\0" * (25 * 2**20 + 9)), alt=ALT)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that would be 7.5 GB of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 5_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("shape", [(50_000, 50_000), (50_000, 2), (9_000, 9_000)])
def test_a_picture_of_fifty_thousand_pixels_is_refused_before_it_is_decoded(
    cast: Cast, shape: tuple[int, int]
) -> None:
    take(cast, photo(60, 40))  # what loads once is loaded
    sent = bomb(*shape)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(NoPicture, match="pixels"):
        take(cast, sent)
    assert time.process_time() - start < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KB


def test_who_may_not_write_posts_adds_no_pictures(cast: Cast) -> None:
    with pytest.raises(Refused, match="write posts"):
        take_in(by=cast.stranger, at=NOON, content=photo(60, 40), alt=ALT)


def test_files_without_a_row_are_pruned_after_a_day_and_others_stay(
    cast: Cast, settings: LazySettings
) -> None:
    kept = set(take(cast, photo()).sizes.values())
    orphan, fresh = files.keep(b"upload that ended early", ".jpg"), files.keep(b"just now", ".jpg")
    yesterday = time.time() - 2 * 24 * 3600
    for name in {orphan, *kept}:
        os.utime(files.where(name), (yesterday, yesterday))
    prune()
    assert {file.name for file in Path(settings.MEDIA_ROOT).iterdir()} == {fresh, *kept}


def test_a_picture_is_shown_and_hidden_and_the_same_pixels_of_another_stay(cast: Cast) -> None:
    first, second = take(cast, photo(500, 300)), take(cast, photo(500, 300), alt="The same dog")
    public.show(first)
    public.show(first)
    names = list(first.sizes.values())
    assert files.public(names[0]).read_bytes() == files.where(names[0]).read_bytes()
    public.hide(first, but=frozenset(second.sizes.values()))
    assert files.public(names[0]).exists()
    public.hide(first)
    assert not files.public(names[0]).exists()
    assert files.where(names[0]).exists()


def test_only_we_look_into_the_folder_and_the_web_server_reads_what_is_public(
    cast: Cast, settings: LazySettings
) -> None:
    Path(settings.MEDIA_ROOT).mkdir(mode=0o755)
    usual = os.umask(0o027)  # as deploy/hue-serve.service
    try:
        picture = take(cast, photo(300, 200))
    finally:
        os.umask(usual)
    public.show(picture)
    assert Path(settings.MEDIA_ROOT).stat().st_mode & 0o777 == 0o700
    assert files.public(picture.sizes["300"]).stat().st_mode & 0o777 == 0o644
