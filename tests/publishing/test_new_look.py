"""A force with another name or other colours: whatever was drawn with the old ones goes."""

from io import BytesIO
from pathlib import Path

from django.conf import LazySettings
from pypdf import PdfReader

from hue.people import actions as people
from hue.people.jobs import draw_everything_anew
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.jobs import new_look
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.publishing.public import holding, read, root, written

POSTER = "events/day24/poster.pdf"


def poster() -> str:
    pages = PdfReader(BytesIO((root() / POSTER).read_bytes())).pages
    return " ".join(page.extract_text() for page in pages)


def renamed(cast: Cast) -> None:
    admin = Officer.objects.create(username="ada", name="Ada", roles=["administrator"])
    people.change_look(
        by=admin,
        at=NOON,
        force=cast.force,
        name="New Police",
        short_name="New",
        contact_email="",
        colours={},
    )
    new_look()
    draw_everything_anew()
    written()


def test_the_poster_the_pages_and_the_cards_are_made_again(cast: Cast) -> None:
    actions.compose(by=cast.officer, at=NOON, draft=Draft("Found.", event=cast.event))
    draw_everything_anew()
    written()
    before = Post.objects.get().card
    assert "Test Police" in poster()
    renamed(cast)
    post = Post.objects.get()
    assert "New Police" in poster()
    assert "Test Police" not in poster()
    assert holding("Test Police") == []
    assert post.card != before
    assert not (root() / f"cards/{before}.png").exists()
    assert (root() / f"cards/{post.card}.png").exists()
    assert f"cards/{post.card}.png" in read(f"posts/{post.id}.html")


def test_a_process_that_was_not_told_learns_it_with_its_next_page(
    cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    settings.HUE_DATA = tmp_path
    actions.compose(by=cast.officer, at=NOON, draft=Draft("Found."))
    written()
    cast.force.name = "New Police"
    cast.force.save()
    (tmp_path / "look").touch()  # another process did that
    actions.compose(by=cast.officer, at=NOON, draft=Draft("And lost."))
    written()
    assert "New Police" in read("index.html").split("<main")[0]
