"""The guard stands between the words and the public, at each door that leads there."""

import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.governance.models import Removal
from hue.guard import check
from hue.guard.finding import Severity
from hue.guard.rule import Rule
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.media import actions as media
from hue.pages.models import Alarm
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions, jobs
from hue.publishing.access import Stopped
from hue.publishing.models import Look, Post
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.cases import CLEAN, PHONE, wrote

BURGLAR = "The burglar from last night is in custody, and we have his shoes."


def test_what_is_safe_goes_out_at_once_and_the_check_is_kept(cast: Cast) -> None:
    post = wrote(cast.officer, CLEAN)
    assert post.state == "published"
    look = Look.objects.get(post=post)
    assert (look.version, look.findings, look.edition) == (1, [], check.edition())


def test_what_the_guard_stops_stays_a_draft_with_the_reason(cast: Cast) -> None:
    post = wrote(cast.officer, PHONE)
    post.refresh_from_db()
    assert post.state == "draft"
    assert "telephone number" in post.note
    look = Look.objects.get(post=post)
    assert [one["rule"] for one in look.findings] == ["DATA.phone"]
    assert "07700" not in json.dumps(look.findings)
    stopped = Entry.objects.get(kind="post.stopped")
    assert read_aloud(stopped) == "The guard stopped a post of PCSO Amina: DATA.phone."


def test_mended_words_go_out(cast: Cast) -> None:
    post = wrote(cast.officer, PHONE)
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text=CLEAN)
    assert actions.submit(by=cast.officer, at=NOON, post=post).state == "published"


def test_mended_words_that_wait_for_their_time_carry_no_old_reason(cast: Cast) -> None:
    later = NOON + timedelta(hours=2)
    post = wrote(cast.officer, PHONE, publish_at=later)
    mended = actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text=CLEAN)
    planned = actions.submit(by=cast.officer, at=NOON, post=mended)
    assert (planned.state, planned.note) == ("approved", "")


def test_a_draft_says_what_stops_its_words_now_and_nothing_older(cast: Cast) -> None:
    post = wrote(cast.officer, PHONE)
    mail = "Write to dan@gmail.com if you saw the van."
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text=mail)
    assert "telephone" not in post.note
    assert "e-mail address" in post.note
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=2, text=CLEAN)
    post.refresh_from_db()
    assert (post.state, post.note) == ("draft", "")


def test_why_a_colleague_sent_it_back_stays_while_the_words_change(cast: Cast) -> None:
    post = wrote(cast.officer, CLEAN, "review")
    actions.send_back(by=cast.sergeant, at=NOON, post=post, reason="Please say it shorter.")
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text="All calm again.")
    assert post.note == "Please say it shorter."


def test_only_whom_the_rule_names_lets_a_stop_pass_and_says_why(
    cast: Cast, sio: Officer, burglary: Incident
) -> None:
    post = wrote(cast.officer, BURGLAR, "override", incident=burglary)
    assert post.state == "in_review"
    assert "senior investigating officer" in post.note
    with pytest.raises(Stopped, match="Only gold or a senior investigating officer"):
        actions.approve(by=cast.sergeant, at=NOON, post=post, seen=1, rationale="I say so")
    with pytest.raises(Stopped, match="say why"):
        actions.approve(by=sio, at=NOON, post=post, seen=1)
    why = "Threat to life: the public has to know him."
    actions.approve(by=sio, at=NOON, post=post, seen=1, rationale=why)
    post.refresh_from_db()
    assert post.state == "published"
    sentence = read_aloud(Entry.objects.get(kind="post.overridden"), personal=True)
    assert why in sentence
    assert "LAW-1" in sentence
    line = Removal.objects.get(what="overridden")
    assert line.reason == "Active proceedings"  # of contempt cases the register tells the kind only
    assert why not in line.reason + line.rule


def test_the_page_says_who_may_let_it_pass(cast: Cast, sio: Officer, client: Client) -> None:
    post = wrote(cast.officer, PHONE, "override")
    address = f"/desk/posts/{post.pk}/"
    client.force_login(cast.sergeant)
    page = client.get(address).content.decode()
    assert "Only gold or a senior investigating officer may let it pass as it is." in page
    assert "Approve and publish" not in page
    client.force_login(sio)
    assert 'name="rationale"' in client.get(address).content.decode()
    answer = client.post(address + "approve/", {"version": 1, "rationale": "His own wish."})
    assert answer.status_code == 302
    post.refresh_from_db()
    assert post.state == "published"


def test_nobody_overrides_a_stop_of_their_own_post(cast: Cast, sio: Officer) -> None:
    post = wrote(sio, PHONE, "override")
    with pytest.raises(Refused, match="own post"):
        actions.approve(by=sio, at=NOON, post=post, seen=1, rationale="I know him")


def test_changed_words_need_another_override(cast: Cast, sio: Officer, burglary: Incident) -> None:
    later = NOON + timedelta(hours=2)
    post = wrote(cast.officer, BURGLAR, "override", incident=burglary, publish_at=later)
    actions.approve(by=sio, at=NOON, post=post, seen=1, rationale="Agreed with the prosecutor.")
    post.refresh_from_db()
    assert post.state == "approved"
    post = actions.edit(by=cast.officer, at=NOON, post=post, seen=1, text=BURGLAR + " Again.")
    assert post.state == "in_review"
    with pytest.raises(Stopped):
        actions.approve(by=cast.sergeant, at=NOON, post=post, seen=2)


def test_the_guard_is_asked_again_at_the_moment_of_publication(
    cast: Cast, burglary: Incident
) -> None:
    """Right when it was planned; then somebody was arrested."""
    text = "The burglar came through the garden door. Did you see anything? Call 101."
    later = NOON + timedelta(minutes=10)
    post = wrote(cast.officer, text, incident=burglary, publish_at=later)
    assert post.state == "approved"
    incidents.add_step(by=cast.sergeant, at=NOON, incident=burglary, step="arrested", when=NOON)
    jobs.publish_by(at=later)
    post.refresh_from_db()
    assert post.state == "in_review"
    assert "Since it was approved" in post.note


def test_a_correction_does_not_bring_in_what_the_guard_stops(cast: Cast) -> None:
    post = wrote(cast.officer, CLEAN)
    with pytest.raises(Stopped, match="withdraw it"):
        actions.correct(by=cast.sergeant, at=NOON, post=post, seen=1, text=PHONE, reason="More.")
    post.refresh_from_db()
    assert post.text == CLEAN


def test_a_rule_that_fails_lets_nothing_pass_and_raises_an_alarm(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(reading: object) -> object:
        raise ZeroDivisionError("by accident")

    broken = Rule("TEST.broken", "tone", Severity.ADVICE, "", "", "", fails, (), ())  # type: ignore[arg-type]
    monkeypatch.setattr(check, "_guard", lambda policy: check.Guard(policy, [broken]))
    post = wrote(cast.officer, CLEAN)
    assert post.state == "in_review"
    assert "TEST.broken" in post.note
    assert "by accident" in Alarm.objects.get(slug="guard.TEST.broken").says


def test_a_picture_of_a_suspect_waits_until_its_facts_allow_it(
    cast: Cast, client: Client, settings: LazySettings
) -> None:
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(), alt="A man at a counter")
    media.describe_picture(by=cast.officer, at=NOON, picture=picture, shows="suspect")
    picture.refresh_from_db()
    post = wrote(cast.officer, "Do you know this man? Call 101, log 12.", pictures=[picture])
    assert post.state == "draft"
    rules = {one["rule"] for one in Look.objects.get(post=post).findings}
    assert any(rule.startswith("PUB-1") for rule in rules), rules
    client.force_login(cast.officer)
    page = client.get(f"/desk/posts/{post.pk}/").content.decode()
    assert "What it shows, and who approved it" in page


def test_while_typing_the_findings_come_with_place_and_mend(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    answer = client.post("/desk/posts/check/", {"text": "\U0001f436 " + PHONE})
    (found,) = answer.json()["findings"]
    assert (found["rule"], found["severity"]) == ("DATA.phone", "stop")
    assert ("\U0001f436 " + PHONE)[found["start"] : found["end"]] == "07700 900123"
    assert "senior investigating officer" in found["who"]
    assert not Post.objects.exists()


def test_what_a_court_forbids_to_say_stands_in_no_post_whatever_it_is_about(
    cast: Cast, sio: Officer, burglary: Incident
) -> None:
    llama = "We saw a purple llama in Kings Heath today. All calm again."
    say = {"by": sio, "at": NOON, "incident": burglary, "made_at": NOON}
    other = incidents.note_order(**say, kind="postpone", words=["purple llama"])  # type: ignore[arg-type]
    assert wrote(cast.officer, llama).state == "published"
    order = incidents.note_order(**say, kind="words", words=["purple llama"])  # type: ignore[arg-type]
    post = wrote(cast.officer, llama)
    assert (post.state, post.note) == ("draft", "A court order forbids this.")
    incidents.lift_order(by=sio, at=NOON, order=order, when=NOON)
    assert other.lifted_at is None
    assert wrote(cast.officer, llama).state == "published"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "x" * 1001}, "The post is 1 characters too long"),
        ({"text": "x", "alts": ["a"] * 5}, "At most 4 pictures a post."),
        ({"text": "x", "alts": ["a" * 1001]}, "The description of a picture is 1 characters too"),
    ],
)
def test_more_than_a_post_may_hold_is_not_read_while_typing(
    cast: Cast, client: Client, typed: dict[str, object], says: str
) -> None:
    client.force_login(cast.officer)
    answer = client.post("/desk/posts/check/", typed)
    assert answer.status_code == 422
    assert says in " ".join(one["text"] for one in answer.json()["trouble"])


def test_the_item_underlines_and_mends_in_one_tap(cast: Cast, client: Client) -> None:
    post = wrote(cast.officer, PHONE)
    client.force_login(cast.officer)
    page = client.get(f"/desk/posts/{post.pk}/").content.decode()
    assert '<mark class="mark-stop">07700 900123</mark>' in page
    assert "Ask gold or a senior investigating officer to let it pass" in page
    sent = client.post("/desk/posts/new/", {"text": PHONE, "action": "publish"}, follow=True)
    assert b'<mark class="mark-stop">' in sent.content


def test_when_nobody_answers_everybody_who_may_approve_is_called(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = wrote(cast.officer, CLEAN, "review")
    client.force_login(cast.sergeant)
    for minutes, called in ((19, False), (21, True)):
        at = NOON + timedelta(minutes=minutes)
        monkeypatch.setattr("hue.lib.clock.now", lambda at=at: at)
        jobs.escalate()
        page = client.get("/desk/queues/approve/").content.decode()
        assert ("and nobody answers" in page) is called
    jobs.escalate()
    entry = Entry.objects.get(kind="post.escalated")
    assert "waits 21 minutes" in read_aloud(entry)
    actions.approve(by=cast.sergeant, at=at, post=post, seen=1)
    assert "nobody answers" not in client.get("/desk/queues/approve/").content.decode()
