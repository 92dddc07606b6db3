"""What somebody agreed to counts for what they saw: these words, this rule, at this place."""

from datetime import timedelta

import pytest

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.governance.models import Removal
from hue.guard.rule import examples
from hue.guard.rules.tone import mockery
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.lib import clock
from hue.media import actions as media
from hue.media.models import Picture
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions, jobs
from hue.publishing.access import Stopped
from hue.publishing.models import Post, Review
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.cases import CALM, CLEAN, PHONE, SOON, happened, wrote

TWO_NAMES = "We are looking for Kieran Holloway. With him may be Zebedee Quill."
(MOCKERY, *_) = (one.text for one in examples(mockery.RULE.caught))


@pytest.fixture
def burglary(cast: Cast) -> Incident:
    incident = happened(cast)
    incidents.add_step(by=cast.sergeant, at=NOON, incident=incident, step="arrested", when=NOON)
    return incident


def suspect(sio: Officer, incident: Incident, name: str) -> None:
    incidents.note_person(by=sio, at=NOON, incident=incident, role="suspect", name=name)


def test_a_stop_that_may_pass_for_one_name_stands_for_the_next(
    cast: Cast, sio: Officer, burglary: Incident
) -> None:
    suspect(sio, burglary, "Kieran Holloway")
    post = wrote(cast.officer, TWO_NAMES, "override", incident=burglary)
    actions.approve(by=sio, at=NOON, post=post, seen=1, rationale="He is dangerous.")
    actions.recheck(by=system(), at=SOON, incident=burglary)
    post.refresh_from_db()
    assert post.state == "published"
    suspect(sio, burglary, "Zebedee Quill")
    actions.recheck(by=system(), at=SOON, incident=burglary)
    post.refresh_from_db()
    assert post.state == "hidden"
    actions.restore(by=sio, at=SOON, post=post, reason="Both.", rationale="He is dangerous too.")
    actions.recheck(by=system(), at=SOON, incident=burglary)
    post.refresh_from_db()
    assert post.state == "published"


def test_a_second_picture_is_another_place(cast: Cast, sio: Officer, burglary: Incident) -> None:
    def shows_a_suspect(picture: Picture) -> None:
        told = {"shows": "suspect", "source": "cctv", "age": 30, "purpose": "Who is this?"}
        review_at = clock.now() + timedelta(days=20)
        media.describe_picture(
            by=cast.officer, at=NOON, picture=picture, review_at=review_at, **told
        )
        picture.refresh_from_db()
        media.approve_picture(by=sio, at=NOON, picture=picture, seen=picture.facts_digest)

    coat, hat = (
        media.take_in(by=cast.officer, at=NOON, content=photo(width, 200), alt="A man")
        for width in (300, 310)
    )
    shows_a_suspect(coat)
    later = NOON + timedelta(hours=1)
    also = {"incident": burglary, "pictures": [coat, hat], "publish_at": later}
    post = wrote(cast.officer, "Do you know this man?", **also)
    actions.approve(by=sio, at=NOON, post=post, seen=1)
    shows_a_suspect(hat)
    jobs.publish_by(at=later + timedelta(seconds=1))
    post.refresh_from_db()
    assert post.state == "in_review"


def test_nobody_lets_their_own_words_pass(cast: Cast, sio: Officer) -> None:
    post = wrote(cast.officer, CLEAN, "review")
    with pytest.raises(Stopped, match="You wrote words of this post"):
        actions.edit_and_approve(by=sio, at=NOON, post=post, seen=1, text=PHONE, rationale="So.")
    post.refresh_from_db()
    assert (post.state, post.text) == ("in_review", CLEAN)


def test_why_it_may_pass_is_sealed_in_the_record_and_never_in_the_register(
    cast: Cast, sio: Officer
) -> None:
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(300, 200), alt="A man")
    media.describe_picture(by=cast.officer, at=NOON, picture=picture, shows="suspect", age=30)
    post = wrote(cast.officer, CALM, "override", pictures=[picture])
    why = "Zebedee Quill, 07700 900123, must be found."
    actions.approve(by=sio, at=NOON, post=post, seen=1, rationale=why)
    for line in Removal.objects.filter(what="overridden"):
        assert line.reason == "Pictures"
    entry = Entry.objects.get(kind="post.overridden")
    assert "Zebedee" not in read_aloud(entry)
    assert why in read_aloud(entry, personal=True)


def correct(by: Officer, post: Post, text: str) -> Post:
    seen = Post.objects.get(pk=post.pk).version
    return actions.correct(by=by, at=SOON, post=post, seen=seen, text=text, reason="It was wrong.")


def test_a_correction_that_brings_in_what_asks_for_a_second_person_needs_one(cast: Cast) -> None:
    post = wrote(cast.sergeant, CLEAN)
    with pytest.raises(Refused, match="These words need a second person"):
        correct(cast.sergeant, post, MOCKERY)
    correct(cast.colleague, post, MOCKERY)
    correct(cast.sergeant, post, f"Again: {MOCKERY}")  # what stood there already needs no one new
    assert post.looks.order_by("-id").values_list("version", flat=True)[0] == 3


def test_a_correction_by_its_author_settles_no_review(cast: Cast, burglary: Incident) -> None:
    Incident.objects.update(case_changed=True)
    post = wrote(cast.sergeant, CALM, incident=burglary)
    actions.recheck(by=system(), at=SOON, incident=burglary)
    waiting = Review.objects.open().filter(post=post)
    correct(cast.sergeant, post, f"{CALM} Thanks.")
    assert waiting.exists()
    correct(cast.colleague, post, f"{CALM} Thank you.")
    assert not waiting.exists()
