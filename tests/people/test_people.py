"""Who works here: added, moved, named, practising; and the force's look."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.pages import shell
from hue.pages.build import write_stale
from hue.pages.models import Stale
from hue.people import actions, contrast, crest, queries
from hue.people.access import Refused
from hue.people.jobs import draw_everything_anew
from hue.people.models import Force, Officer, Priority, Team
from hue.publishing import actions as publishing
from hue.publishing import jobs as publishing_jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.media.test_pictures import bomb

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def admin(cast: Cast) -> Officer:
    return actions.add_person(
        by=queries.system(), at=NOON, username="ada", name="Ada", roles=["administrator"]
    )


def test_new_people_practise_and_cannot_sign_in_yet(admin: Officer) -> None:
    assert admin.practice
    assert not admin.has_usable_password()


def test_a_sign_in_name_is_one_persons(admin: Officer, cast: Cast) -> None:
    with pytest.raises(Refused, match="Somebody already"):
        actions.add_person(by=admin, at=NOON, username="AMINA", name="Amina", roles=[])


def test_nobody_is_made_the_software_and_nobody_changes_their_own_roles(
    admin: Officer, cast: Cast
) -> None:
    with pytest.raises(Refused, match="no role"):
        actions.change_roles(by=admin, at=NOON, officer=cast.guest, roles=["system"])
    with pytest.raises(Refused, match="their own roles"):
        actions.change_roles(by=admin, at=NOON, officer=admin, roles=["supervisor"])
    actions.change_roles(by=admin, at=NOON, officer=cast.guest, roles=["press"])
    assert Officer.objects.get(pk=cast.guest.pk).roles == ["press"]


def test_a_team_brings_its_unit(admin: Officer, cast: Cast) -> None:
    team = cast.officer.team
    actions.assign(by=admin, at=NOON, officer=cast.guest, unit=None, team=team)
    assert cast.guest.unit == cast.unit


def test_who_changes_teams_leaves_the_pages_of_the_old_one(admin: Officer, cast: Cast) -> None:
    old = cast.officer.team
    assert old
    new = Team.objects.create(neighbourhood=old.neighbourhood, slug="other", name="Other team")
    actions.assign(by=admin, at=NOON, officer=cast.officer, unit=None, team=new)
    marked = {(row.source, row.key) for row in Stale.objects.all()}
    assert {("publishing.team", "other"), ("publishing.team", old.slug)} <= marked
    assert ("publishing.officer", str(cast.officer.pk)) in marked


def test_somebody_is_always_left_who_can_add_people(admin: Officer, cast: Cast) -> None:
    other = actions.add_person(by=admin, at=NOON, username="bo", name="Bo", roles=["administrator"])
    actions.leave(by=admin, at=NOON, officer=other)
    with pytest.raises(Refused, match="Nobody else"):
        actions.leave(by=queries.system(), at=NOON, officer=admin)


def test_being_named_is_ones_own_choice_and_can_be_taken_back(cast: Cast, client: Client) -> None:
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    client.force_login(cast.officer)
    client.post("/desk/me/public/", {"public": "on", "line": "Ask me about bicycles."})
    publishing_jobs.sign_again(cast.officer.pk)
    assert "PCSO Amina" in Post.objects.get(pk=post.pk).html
    client.post("/desk/me/public/", {})
    publishing_jobs.sign_again(cast.officer.pk)
    assert "Amina" not in Post.objects.get(pk=post.pk).html


def test_practice_is_ended_by_somebody_else(cast: Cast) -> None:
    Officer.objects.filter(pk__in=[cast.officer.pk, cast.sergeant.pk]).update(practice=True)
    with pytest.raises(Refused, match="decide about their own practice"):
        actions.end_practice(by=cast.sergeant, at=NOON, officer=cast.sergeant)
    with pytest.raises(Refused, match="may not name mentors"):
        actions.end_practice(by=cast.comms, at=NOON, officer=cast.officer)
    actions.end_practice(by=cast.sergeant, at=NOON, officer=cast.officer)
    assert not Officer.objects.get(pk=cast.officer.pk).practice


def test_a_refusal_comes_back_on_the_persons_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.sergeant)
    answer = client.post(f"/desk/people/{cast.sergeant.pk}/suspend/", {"reason": "To see."})
    assert answer.status_code == 409
    assert b"Nobody may suspend themselves" in answer.content


def test_the_list_is_filtered_by_its_address(cast: Cast, client: Client) -> None:
    actions.suspend(by=cast.sergeant, at=NOON, officer=cast.officer, reason="Lost phone.")
    client.force_login(cast.sergeant)
    assert b"Amina" not in client.get("/desk/people/").content
    assert b"Amina" in client.get("/desk/people/?state=suspended").content
    assert b"Inspector Tom" in client.get("/desk/people/?role=supervisor&q=tom").content
    assert b"Nobody fits" in client.get("/desk/people/?role=press").content


# ---- priorities ----


def test_priorities_are_added_reviewed_and_ended(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = "/desk/priorities/kings-heath/"
    client.post(page, {"you_said": "Cars race on the High Street.", "we_did": "Speed checks."})
    priority = Priority.objects.get()
    change = f"/desk/priorities/change/{priority.pk}/"
    client.post(change, {"we_did": "Forty drivers stopped."})
    assert Priority.objects.get().we_did == "Forty drivers stopped."
    client.post(change, {"we_did": "It is quiet now.", "end": "yes"})
    assert Priority.objects.get().ended_at is not None
    assert client.post(change, {"we_did": "Again."}).status_code == 409


# ---- the look ----


def _look(cast: Cast, admin: Officer, **more: object) -> None:
    actions.change_look(
        by=admin, at=NOON, force=cast.force,
        **{"name": "New Police", "short_name": "New", "contact_email": "", "colours": {}, **more},
    )  # fmt: skip


def test_a_new_look_reaches_every_public_page(
    cast: Cast, admin: Officer, settings: LazySettings
) -> None:
    shell.forget()
    _look(cast, admin, colours={"lamp": "#AA1155"}, new_crest=SVG)
    write_stale(at=NOON)
    draw_everything_anew()
    root = Path(settings.PUBLIC_ROOT)
    home = (root / "index.html").read_text()
    drawn = crest.file_of(cast.force.crest)
    assert "New Police" in home
    assert drawn is not None
    assert f"/{drawn.path}" in home
    assert (root / drawn.path).read_bytes() == drawn.content
    assert "#aa1155" in (root / "colours.css").read_text()


def test_the_contact_for_mistakes_is_set_on_the_page_of_the_look(
    cast: Cast, client: Client
) -> None:
    cast.comms.roles = ["administrator"]
    cast.comms.save()
    client.force_login(cast.comms)
    told = {"name": "Test Police", "short_name": "Test", "contact_email": "not an address"}
    answer = client.post("/desk/force/", told)
    assert answer.status_code == 422
    assert "Enter a valid email address" in answer.content.decode()
    client.post("/desk/force/", {**told, "contact_email": "pages@police.example"})
    assert Force.objects.get().contact_email == "pages@police.example"
    says = [read_aloud(entry) for entry in Entry.objects.filter(kind="force.look_changed")]
    assert says == ["Sam changed the force's contact email."]


@pytest.mark.parametrize("colour", ["#ffff00", "#888888", "red", "#12", "#1f5fbf;}"])
def test_a_colour_that_cannot_be_read_is_refused(colour: str) -> None:
    with pytest.raises(Refused):
        contrast.readable({"lamp": colour})


def test_our_own_colours_can_be_read() -> None:
    ours = {"ink": "#0b1f3a", "lamp": "#1f5fbf", "amber": "#b45309", "green": "#17663a"}
    assert contrast.readable(ours) == ours


def test_a_crest_keeps_its_shapes_and_nothing_that_acts() -> None:
    bad = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script>'
        b'<foreignObject><b>x</b></foreignObject><style>*{}</style><a href="javascript:1">'
        b'<circle r="4" fill="url(http://evil.example/)" mask="URL(http://evil.example/)" stroke="url(#g)"/></a>'
        b'<image href="http://evil.example/x.png"/></svg>'
    )
    kept = crest.clean(bad)
    assert '<circle r="4" stroke="url(#g)">' in kept
    for word in ("script", "onload", "foreign", "href", "evil", "style", "ENTITY"):
        assert word not in kept


@pytest.mark.parametrize(
    "upload", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", b"<html>", b"\xff\xfe", SVG * 5000]
)
def test_what_is_no_crest_is_refused_with_a_sentence(upload: bytes) -> None:
    with pytest.raises(Refused):
        crest.clean(upload)


def test_a_png_is_written_anew_and_made_small() -> None:
    import pyvips

    big = pyvips.Image.black(900, 600).copy(interpretation="srgb")
    drawn = crest.file_of(crest.clean(big.pngsave_buffer()))
    assert drawn is not None
    assert drawn.path.endswith(".png")
    assert pyvips.Image.new_from_buffer(drawn.content, "").width == 256


def test_a_crest_of_billions_of_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Refused, match="make it smaller"):
        crest.clean(bomb(50_000, 50_000))
