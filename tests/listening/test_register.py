"""Merging, splitting, lateness, independent investigations, and posts that answer."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.lib import clock
from hue.listening import jobs, register
from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Rebuttal, Rumour
from hue.listening.queries import rumours as queries
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.channels.opened import opened
from tests.listening.told import CLAIM, FACT, QUESTION, decided, elsewhere, entered, public

OTHER = "Is the high street in Kings Heath closed?"


def fresh(rumour: Rumour) -> Rumour:
    return Rumour.objects.get(pk=rumour.pk)


def test_what_is_merged_counts_with_the_other_and_its_page_leads_there(cast: Cast) -> None:
    part, whole = entered(cast), entered(cast, question=OTHER, glimpse=Glimpse("x", count=6))
    decided(cast, part)
    decided(cast, whole, says="The high street is open.")
    actions.merge(
        by=cast.sergeant, at=NOON, rumour=part, seen=2, into=fresh(whole), why="The same fire."
    )
    assert queries.growth(fresh(whole), at=NOON)["all"] == 20
    page = public(f"rumours/{part.pk}.html")
    assert f'<a href="/rumours/{whole.pk}/">{OTHER}</a>' in page
    assert f"/rumours/{part.pk}/" not in public("rumours.html")
    with pytest.raises(Refused, match="part of another"):
        decided(cast, part)
    actions.see(by=cast.officer, at=NOON, rumour=fresh(part), glimpse=Glimpse("x"))
    assert queries.growth(fresh(whole), at=NOON)["all"] == 21
    assert "The same fire." in queries.story(fresh(whole), opened=False)[-2]["sentence"]


def test_two_claims_in_one_entry_are_split_with_their_sightings(cast: Cast) -> None:
    rumour = entered(cast)
    seen = actions.see(by=cast.officer, at=NOON, rumour=rumour, glimpse=Glimpse("x", count=5))
    part = actions.split(
        by=cast.sergeant,
        at=NOON,
        rumour=rumour,
        seen=1,
        question=OTHER,
        claim="street closed",
        sightings=[seen.pk],
        why="Another thing.",
    )
    assert [(one["source"], one["n"]) for one in queries.where_seen(part)] == [("x", 5)]
    assert [one["source"] for one in queries.where_seen(fresh(rumour))] == ["facebook"]
    assert part.split_from == rumour


def test_who_is_late_is_called_out_once_and_the_page_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rumour = entered(cast, harm="life")
    actions.show(by=cast.sergeant, at=NOON, rumour=rumour, seen=1)
    late = NOON + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: late)
    for _ in range(2):
        jobs.rumours.late()
    assert Alarm.objects.filter(slug=f"rumour.{rumour.pk}", over_at=None).count() == 1
    kinds = [entry["sentence"] for entry in queries.story(rumour, opened=False)]
    called = "called more people: nobody looked at it by 9 July 2026, 12:15."
    assert sum(called in sentence for sentence in kinds) == 1
    assert "have not done so yet" in public(f"rumours/{rumour.pk}.html")
    actions.look_later(
        by=cast.officer,
        at=late,
        rumour=rumour,
        seen=1,
        next_check_at=late + timedelta(hours=1),
        why="We wait for the fire service.",
    )
    jobs.rumours.late()
    assert not Alarm.objects.filter(over_at=None).exists()


def test_under_independent_investigation_there_is_no_verdict_until_it_is_over(cast: Cast) -> None:
    rumour = entered(cast, subject="iopc", question="Did the police cause the crash?")
    actions.show(by=cast.sergeant, at=NOON, rumour=rumour, seen=1)
    actions.investigate(by=cast.sergeant, at=NOON, rumour=rumour, seen=1, reference="2026/0417")
    page = public(f"rumours/{rumour.pk}.html")
    assert "Somebody independent of us is looking into this." in page
    assert "2026/0417" in page
    with pytest.raises(Refused, match="independent investigation"):
        decided(cast, rumour)
    actions.end_investigation(
        by=cast.sergeant,
        at=NOON,
        rumour=rumour,
        seen=fresh(rumour).version,
        result="Published on their site.",
    )
    verdict = decided(cast, rumour)
    assert verdict.state == "proposed"
    other = elsewhere(cast, cast.colleague)
    actions.second(by=other, at=NOON, verdict=verdict, agrees=True, says="As published.")
    assert fresh(rumour).state == "false"


def test_only_what_is_about_us_is_under_independent_investigation(cast: Cast) -> None:
    with pytest.raises(Refused, match="about the force itself"):
        actions.investigate(by=cast.sergeant, at=NOON, rumour=entered(cast), seen=1)


def test_a_post_answers_with_the_fact_first_and_stands_on_the_page_while_it_is_public(
    cast: Cast,
) -> None:
    rumour = entered(cast)
    with pytest.raises(Refused, match="no answer in public"):
        actions.draft_rebuttal(by=cast.officer, at=NOON, rumour=rumour)
    decided(cast, rumour)
    post = actions.draft_rebuttal(by=cast.officer, at=NOON, rumour=rumour)
    assert post.state == "draft"
    assert post.text.startswith(FACT)
    assert f"/rumours/{rumour.pk}/" in post.text
    assert post.neighbourhood == cast.kings_heath
    jobs.rumours.rebuttals()
    assert f"/posts/{post.pk}/" not in public(f"rumours/{rumour.pk}.html")
    publishing.submit(by=cast.officer, at=NOON, post=post)
    post.refresh_from_db()
    if post.state == "in_review":
        publishing.approve(by=cast.sergeant, at=NOON, post=post, seen=post.version, confirmed=True)
    jobs.rumours.rebuttals()
    assert f"/posts/{post.pk}/" in public(f"rumours/{rumour.pk}.html")
    post = Post.objects.get(pk=post.pk)
    publishing.withdraw(
        by=cast.sergeant, at=NOON, post=post, reason="A second fire began.", rule=""
    )
    jobs.rumours.rebuttals()
    assert f"/posts/{post.pk}/" not in public(f"rumours/{rumour.pk}.html")
    assert not Rebuttal.objects.get().shown


def test_the_desk_says_where_a_post_reaches_those_who_saw_it(cast: Cast, owner: Officer) -> None:
    rumour = entered(cast)
    actions.see(by=cast.officer, at=NOON, rumour=rumour, glimpse=Glimpse("whatsapp", count=30))
    opened(cast, owner, "facebook", "https://f.example", {"page": "7", "token": "t"})
    told = register.advice(queries.where_seen(rumour))
    assert told[0].startswith("Seen 30 of 44 times on WhatsApp, where we have no open account")
    assert told[1] == "Seen 14 of 44 times on Facebook: the post goes to our account there."


def test_the_pane_does_what_it_offers(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    client.force_login(cast.sergeant)
    rumour, other = entered(cast), entered(cast, question=OTHER)
    base = f"/desk/rumours/{rumour.pk}"
    for deed, sent in (
        ("seen", {"source": "x", "count": "2"}),
        ("check", {"what": "Control's log", "found": "One call."}),
        ("hand-over", {"owner": cast.comms.pk}),
        ("show", {"seen": 1}),
        ("later", {"seen": 1, "next_check_at": "2026-07-09T15:00", "why": "Waiting."}),
    ):
        assert client.post(f"{base}/{deed}/", sent).status_code == 302, deed
    assert client.post(f"{base}/seen/", {"source": "x", "count": "0"}).status_code == 409
    assert client.post(f"{base}/nothing/").status_code == 404
    assert client.get(f"{base}/split/").status_code == 200
    merged = client.post(f"{base}/merge/", {"seen": 2, "into": other.pk, "why": "One."})
    assert merged.status_code == 302
    page = client.get(f"{base}/").content.decode()
    assert "It is part of" in page
    assert CLAIM in page
    assert QUESTION in page
