"""What the force lays down, and the one action that stops everything."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from hue.audit.models import Entry
from hue.governance import actions, policy
from hue.governance.models import Acceptance, Halt, PolicyVersion
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.jobs import publish_due
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.governance.laid import gold, laid_down


def _set(owner: Officer, text: str = "Be kind.", **values: object) -> PolicyVersion:
    return laid_down(owner, text, values)


def test_nobody_posts_before_they_accepted_the_policy(cast: Cast, owner: Officer) -> None:
    _set(owner)
    with pytest.raises(Refused, match="accept"):
        publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    actions.accept_policy(by=cast.officer, at=NOON)
    publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))


def test_a_new_version_asks_everybody_again(cast: Cast, owner: Officer) -> None:
    _set(owner)
    actions.accept_policy(by=cast.officer, at=NOON)
    _set(owner, "Be kind and quick.")
    with pytest.raises(Refused, match="The policy has changed"):
        publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))


def test_what_is_accepted_is_what_was_on_the_screen(cast: Cast, owner: Officer) -> None:
    _set(owner)
    _set(owner, "Be kind and quick.")
    with pytest.raises(Refused, match="Version 2 came into force"):
        actions.accept_policy(by=cast.officer, at=NOON, seen=1)


def test_accepting_twice_is_accepting_once(cast: Cast, owner: Officer) -> None:
    _set(owner)
    actions.accept_policy(by=cast.officer, at=NOON)
    actions.accept_policy(by=cast.officer, at=NOON + timedelta(hours=1))
    assert Acceptance.objects.get().at == NOON
    assert Entry.objects.filter(kind="policy.accepted").count() == 1


def test_a_version_waits_for_its_time(cast: Cast, owner: Officer) -> None:
    later = NOON + timedelta(days=1)
    laid_down(owner, "Later.", {"longest_post": 280}, in_force_at=later)
    assert policy.in_force(at=NOON).longest_post == 1000
    assert policy.in_force(at=later).longest_post == 280


@pytest.mark.parametrize(
    "values",
    [{"longest_post": 3}, {"longest_post": "280"}, {"approval_needed": 1}, {"no_such": 1}],
)
def test_nonsense_is_no_policy(owner: Officer, values: dict[str, object]) -> None:
    with pytest.raises(Refused):
        _set(owner, **values)


def test_the_policy_page_sets_shows_and_takes_an_acceptance(
    cast: Cast, owner: Officer, client: Client
) -> None:
    client.force_login(owner)
    shown = client.get("/desk/policy/new/").content.decode()
    assert 'value="1000"' in shown
    form = {entry.name: entry.default for entry in policy.rules()}
    form = {name: value for name, value in form.items() if value is not False and value != ()}
    wrong = client.post("/desk/policy/new/", {**form, "text": "Be kind.", "longest_post": 3})
    assert wrong.status_code == 422
    proposed = client.post("/desk/policy/new/", {**form, "text": "Be kind."})
    assert proposed.status_code == 302
    assert client.post(f"{proposed.url}agree/", {"seen": 0}).status_code == 409  # one's own
    client.force_login(gold(cast))
    assert client.post(f"{proposed.url}agree/", {"seen": 0}).status_code == 302
    client.force_login(cast.officer)
    assert b"You have not accepted this version" in client.get("/desk/policy/").content
    client.post("/desk/policy/", {"number": "1"})
    assert b"You accepted this version" in client.get("/desk/policy/").content
    assert b"Be kind." in client.get("/desk/policy/1/").content


def test_the_policy_page_tells_its_numbers(cast: Cast, owner: Officer, client: Client) -> None:
    _set(owner, longest_post=1234, approval_needed=True)
    client.force_login(cast.sergeant)
    page = client.get("/desk/policy/").content.decode()
    assert '<th scope="row">Characters in a post</th><td>1,234</td>' in page
    assert "without a second person</th><td>yes</td>" in page


def test_stop_all_holds_what_waits_and_nothing_goes_out_by_itself_afterwards(
    cast: Cast, client: Client
) -> None:
    planned = Draft("Road closed.", publish_at=NOON + timedelta(days=400))
    post = publishing.compose(by=cast.officer, at=NOON, draft=planned)
    client.force_login(cast.sergeant)
    assert client.post("/desk/stop/now/", {"reason": " "}).status_code == 422
    client.post("/desk/stop/now/", {"reason": "A death was announced."})
    assert b"A death was announced." in client.get("/desk/stop/").content
    with pytest.raises(Refused, match="Everything is stopped"):
        publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    publish_due()
    halt = Halt.objects.in_force().get()
    client.post(f"/desk/stop/{halt.pk}/lift/", {"reason": "The family knows."})
    publish_due()
    assert not Halt.objects.in_force().exists()
    assert Post.objects.get(pk=post.pk).state == "held"
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"halt.called", "halt.lifted", "post.held"} <= kinds


def test_a_second_stop_keeps_the_first(cast: Cast) -> None:
    first = actions.stop_all(by=cast.sergeant, at=NOON, reason="One.")
    assert actions.stop_all(by=cast.colleague, at=NOON, reason="Two.") == first


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gave, or raised, all of them begun together."""
    ready, given = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            given.append(work())
        except (Refused, IntegrityError) as raised:
            given.append(raised)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.django_db(transaction=True)
def test_two_who_stop_everything_at_once_stop_it_once(cast: Cast) -> None:
    def stop() -> Halt:
        return actions.stop_all(by=cast.comms, at=NOON, reason="A false report.")

    halts = at_once(*[stop] * 6)
    assert halts == [Halt.objects.get()] * 6
    assert Entry.objects.filter(kind="halt.called").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_policies_agreed_to_at_once_are_told_of_each_other(cast: Cast, owner: Officer) -> None:
    packs = [actions.propose(by=owner, at=NOON, text=f"Be {n}.", values={}) for n in range(6)]
    later, chief = NOON + timedelta(days=1), gold(cast)
    given = at_once(
        *[
            partial(actions.agree, by=chief, at=NOON, pack=pack, seen=0, in_force_at=later)
            for pack in packs
        ]
    )
    made = [one for one in given if isinstance(one, PolicyVersion)]
    assert {one.number for one in made} == set(range(1, len(made) + 1))
    others = [one for one in given if one not in made]
    assert all(isinstance(one, Refused) and "very moment" in str(one) for one in others)
