"""What is hidden, taken back or not for everybody leaves every way that leads to it."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.config.export import posts as export
from hue.incidents.models import Incident
from hue.media import actions as media
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.cases import BURGLAR, CLEAN, PHONE, SOON, arrest, wrote
from tests.publishing.public import holding, written

FAR = NOON + timedelta(days=900)
ZEBRA = "We are back tomorrow with a zebra van."
NOTICE = {"kind": "notice", "holds_from": FAR, "holds_until": FAR + timedelta(days=1)}


@pytest.fixture
def root(cast: Cast, burglary: Incident) -> Post:
    return wrote(cast.officer, BURGLAR, incident=burglary)


def with_roles(officer: Officer, *roles: str) -> Officer:
    officer.roles = [*roles]
    officer.save()
    return officer


def test_the_versions_of_a_hidden_post_are_read_by_those_who_decide(
    cast: Cast, burglary: Incident, root: Post, client: Client
) -> None:
    words = {"text": f"{BURGLAR} It is Monday.", "reason": "The day."}
    actions.correct(by=cast.sergeant, at=NOON, post=root, seen=1, **words)  # type: ignore[arg-type]
    arrest(cast, burglary)
    for who, reads in ((cast.officer, False), (cast.sergeant, True)):
        client.force_login(who)
        page = client.get(f"/desk/posts/{root.pk}/").content.decode()
        assert ("garden door" in page) is reads
        assert ("Earlier versions" in page) is reads


def test_a_notice_leaves_the_front_pages_with_the_post_it_follows(
    cast: Cast, burglary: Incident, root: Post
) -> None:
    wrote(cast.officer, ZEBRA, thread=root, **NOTICE)
    written()
    assert "index.html" in holding("zebra")
    arrest(cast, burglary)
    written()
    assert holding("zebra") == []


def test_nothing_follows_up_what_is_gone(cast: Cast, burglary: Incident, root: Post) -> None:
    waiting = wrote(cast.officer, ZEBRA, "review", thread=root, **NOTICE)
    arrest(cast, burglary)
    with pytest.raises(Refused, match="is not shown any more"):
        actions.approve(by=cast.colleague, at=SOON, post=waiting, seen=1)


def test_an_export_tells_no_more_than_the_public_pages(
    cast: Cast, burglary: Incident, root: Post
) -> None:
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(300, 200), alt="A zebra van")
    wrote(cast.officer, ZEBRA, thread=root, pictures=[picture])
    assert "zebra" in "".join(export.month(export.months()[0]))
    assert not export.hidden_files()
    arrest(cast, burglary)
    assert "zebra" not in "".join(export.month(export.months()[0]))
    assert export.hidden_files() == set(picture.sizes.values())


def test_the_page_of_an_incident_shows_no_draft_to_another_team(
    cast: Cast, burglary: Incident, client: Client
) -> None:
    wrote(cast.officer, ZEBRA, "draft", incident=burglary)
    address = f"/desk/incidents/{burglary.pk}/"
    for who, reads in ((with_roles(cast.stranger, "intelligence"), False), (cast.officer, True)):
        client.force_login(who)
        answer = client.get(address)
        assert answer.status_code == 200
        assert ("zebra" in answer.content.decode()) is reads


def test_practice_of_another_team_is_no_parent(cast: Cast, client: Client) -> None:
    cast.officer.practice = True
    cast.officer.save()
    post = wrote(cast.officer, ZEBRA)
    assert (post.state, post.practice) == ("published", True)
    for who, reads in ((cast.guest, False), (cast.officer, True)):
        client.force_login(who)
        page = client.get(f"/desk/posts/new/?parent={post.pk}").content.decode()
        assert ("zebra" in page) is reads


def test_a_picture_that_was_taken_away_is_gone_from_the_desk(cast: Cast, client: Client) -> None:
    picture = media.take_in(
        by=cast.officer, at=NOON, content=photo(300, 200), alt="A man in a coat"
    )
    post = wrote(cast.officer, CLEAN, pictures=[picture])
    change = {"text": f"{CLEAN} Now.", "reason": "A face.", "redact": True, "without": [picture]}
    actions.correct(by=cast.sergeant, at=SOON, post=post, seen=1, **change)  # type: ignore[arg-type]
    for who in (cast.comms, cast.officer):
        client.force_login(who)
        assert "A man in a coat" not in client.get(f"/desk/posts/{post.pk}/").content.decode()
        assert client.get(f"/desk/media/{picture.pk}/480/").status_code == 403


def test_why_a_stop_may_pass_is_read_by_those_who_may_know_the_people(
    cast: Cast, sio: Officer, client: Client
) -> None:
    later = NOON + timedelta(days=900)
    post = wrote(cast.officer, PHONE, "override", publish_at=later)
    actions.approve(by=sio, at=NOON, post=post, seen=1, rationale="Zebedee Quill is dangerous.")
    for who, reads in ((with_roles(cast.stranger, "intelligence"), False), (cast.sergeant, True)):
        client.force_login(who)
        page = client.get(f"/desk/posts/{post.pk}/").content.decode()
        assert "DATA.phone" in page
        assert ("Zebedee" in page) is reads
