"""What another policy would have done with the posts of the last 90 days."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hue.governance import actions as governance
from hue.governance import policy
from hue.governance.models import Pack
from hue.governance.packfile import shipped
from hue.governance.packfile.write import signed
from hue.governance.policy import Policy
from hue.incidents import actions as incidents
from hue.incidents.models import Concerned, Identity
from hue.lib import clock
from hue.media import actions as media
from hue.media.models import Picture
from hue.people.models import Officer
from hue.publishing import actions, jobs, preview
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.governance.laid import laid_down
from tests.media.test_pictures import photo

BEFORE = Policy(text="Be kind.")
LATER = NOON + timedelta(days=1)


def said(cast: Cast, text: str, **also: object) -> Post:
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft(text, **also))  # type: ignore[arg-type]
    assert post.state == "published", post.note
    return post


def counted(after: Policy, *, before: Policy = BEFORE) -> dict[str, int]:
    posts = preview.published_lately(at=LATER)
    return dict(preview.preview(posts, before, after, lambda done: None).counts)


def stricter(**severities: str) -> Policy:
    told = tuple((f"TONE.{rule}", severity) for rule, severity in severities.items())
    return replace(BEFORE, guard=replace(BEFORE.guard, severities=told))


def test_a_stricter_rule_would_have_stopped_or_asked(cast: Cast) -> None:
    said(cast, "Moving forward, a robust response.")
    said(cast, "A quiet night.")
    assert counted(BEFORE) == {}
    assert counted(stricter(boilerplate="second person")) == {"needs_second": 1}
    stops = stricter(boilerplate="stop")
    assert counted(stops) == {"stopped": 1}
    assert counted(BEFORE, before=stops) == {"not_stopped": 1}
    asks = stricter(boilerplate="second person")
    assert counted(BEFORE, before=asks) == {"no_second": 1}


def test_the_rules_of_approval_count_too(cast: Cast) -> None:
    said(cast, "A quiet night.")
    assert counted(replace(BEFORE, approval_needed=True)) == {"needs_second": 1}
    roles = replace(BEFORE, second_person_roles=("neighbourhood_officer",))
    assert counted(roles) == {"needs_second": 1}
    assert counted(replace(BEFORE, second_person_roles=("press",))) == {}
    assert counted(replace(BEFORE, longest_post=10)) == {"stopped": 1}


def test_a_picture_of_somebody_asks_a_second_person_where_the_policy_says_so(
    cast: Cast, owner: Officer
) -> None:
    picture = media.take_in(
        by=cast.officer, at=NOON, content=photo(), alt="Two officers with a dog."
    )
    facts = {"purpose": "To show the team.", "approved_by": "senior_investigating_officer"}
    Picture.objects.filter(pk=picture.pk).update(shows="officer", **facts)
    said(cast, "Out with the dogs.", pictures=[picture])
    after = replace(BEFORE, second_person_for_pictures=True)
    assert counted(after) == {"needs_second": 1}
    laid_down(owner, values={"second_person_for_pictures": True})
    governance.accept_policy(by=cast.officer, at=NOON)
    again = Draft("Out with the dogs, again.", pictures=[picture])
    post = actions.compose(by=cast.officer, at=NOON, draft=again)
    assert (post.state, post.note) == (
        "in_review",
        "It shows somebody: the policy asks a second person.",
    )


def test_a_post_is_read_as_it_was_first_published(cast: Cast) -> None:
    post = said(cast, "Moving forward, a robust response.")
    actions.correct(
        by=cast.sergeant, at=NOON, post=post, seen=1, text="We came.", reason="Plainer."
    )
    assert counted(stricter(boilerplate="stop")) == {"stopped": 1}


def test_a_case_is_read_as_it_stood_then(cast: Cast) -> None:
    """Nobody was arrested when it was written."""
    burglary = incidents.report(by=cast.officer, at=NOON, kind="burglary", happened_at=NOON)
    said(cast, "The burglar came through the garden door. Call 101.", incident=burglary)
    then = NOON + timedelta(hours=2)
    incidents.add_step(by=cast.sergeant, at=then, incident=burglary, step="arrested", when=then)
    seen = preview.preview(preview.published_lately(at=LATER), BEFORE, BEFORE, lambda done: None)
    assert (seen.posts, dict(seen.counts)) == (1, {})
    assert counted(replace(BEFORE, approval_needed=True)) == {"needs_second": 1}


def test_what_a_victim_agreed_to_later_had_not_been_agreed_to_then(cast: Cast) -> None:
    burglary = incidents.report(by=cast.officer, at=NOON, kind="burglary", happened_at=NOON)
    said(cast, "Tara Quill told us what happened.", incident=burglary)
    later = NOON + timedelta(hours=3)
    victim = Concerned(incident=burglary, number=1, role="victim", by=cast.officer, at=NOON)
    victim.identity, victim.consent_at = Identity(name="Tara Quill"), later
    victim.save()
    lax = replace(BEFORE, guard=replace(BEFORE.guard, severities=(("PUB-9", "advice"),)))
    assert counted(lax) == {"not_stopped": 1}


def test_words_that_were_taken_back_are_not_read_again(cast: Cast) -> None:
    post = said(cast, "Moving forward, a robust response.")
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="It was wrong.", rule="")
    stops = stricter(boilerplate="stop")
    seen = preview.preview(preview.published_lately(at=LATER), BEFORE, stops, lambda done: None)
    assert (seen.sealed, dict(seen.counts)) == (1, {})


def test_the_same_words_of_a_colleague_are_known_as_they_passed(cast: Cast) -> None:
    words = "Please lock your doors tonight, and tell a neighbour when you go away."
    said(cast, words)
    later = NOON + timedelta(hours=1)
    actions.compose(by=cast.sergeant, at=later, draft=Draft(words))
    assert counted(stricter(same_text="second person")) == {"needs_second": 1}


def test_what_is_older_or_practice_is_left_out(cast: Cast) -> None:
    said(cast, "A quiet night.")
    assert preview.published_lately(at=NOON + timedelta(days=91)).count() == 0
    Post.objects.update(practice=True)
    assert preview.published_lately(at=LATER).count() == 0


def test_many_posts_cost_as_many_queries_as_one(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            counted(replace(BEFORE, approval_needed=True))
        return len(queries)

    burglary = incidents.report(by=cast.officer, at=NOON, kind="burglary", happened_at=NOON)
    said(cast, "Number one.", incident=burglary)
    one = asked()
    for number in range(20):
        said(cast, f"Number {number} of many.", incident=burglary)
    assert asked() == one


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def test_the_worker_leaves_what_it_found_on_the_proposal(
    cast: Cast, owner: Officer, today: None
) -> None:
    post = said(cast, "A quiet night.")
    text = shipped.england_and_wales().replace("approval_needed = false", "approval_needed = true")
    pack = governance.take_in(by=owner, at=NOON, file=signed(text).encode())
    jobs.preview_policy(pack.pk)
    pack.refresh_from_db()
    told = pack.preview
    assert (told["ready"], told["version"], told["posts"], pack.looked_at) == (True, 0, 1, 1)
    assert told["counts"] == {"needs_second": 1}
    (listed,) = told["listed"]["needs_second"]
    assert listed["address"] == f"/desk/posts/{post.pk}/"
    assert "A quiet night" not in str(told)  # it may be taken back later
    jobs.preview_policy(pack.pk)
    governance.drop(by=owner, at=NOON, pack=pack)
    jobs.preview_policy(pack.pk)


def test_the_page_tells_it_and_leads_to_the_posts(
    cast: Cast, owner: Officer, today: None, client: Client
) -> None:
    post = said(cast, "A quiet night.")
    pack = governance.propose(by=owner, at=NOON, text="Two.", values={"approval_needed": True})
    client.force_login(owner)
    address = f"/desk/policy/packs/{pack.pk}/"
    waiting = client.get(address).content.decode()
    assert f'hx-get="{address}progress/"' in waiting
    jobs.preview_policy(pack.pk)
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "1 post would have needed a second person" in page
    assert f'href="/desk/posts/{post.pk}/"' in page
    assert policy.in_force(at=NOON).number == 0
    assert Pack.objects.get().state == "waiting"
