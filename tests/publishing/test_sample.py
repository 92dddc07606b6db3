"""Each week supervisors judge the guard by a sample of the posts of their own unit."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.desk import queries as desk
from hue.governance.models import PolicyVersion
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import LocalPolicingUnit, Officer
from hue.people.queries import system
from hue.publishing import actions, jobs, report, sampling
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post, Sample
from tests.cast import NOON, Cast
from tests.publishing.cases import PHONE

CALM = "A man was helped home from the High Street. Call {n} of the day. All calm again."
ADVICE = "The MOP is home again. Call {n} of the day."
WEEK = date(2026, 7, 6)  # the Monday before NOON
NEXT = NOON + timedelta(days=5)  # Tuesday of the week after it
FRIDAY = NOON + timedelta(days=8)


def wrote(by: Officer, text: str, at: object = NOON) -> Post:
    return actions.compose(by=by, at=at, draft=Draft(text))  # type: ignore[arg-type]


@pytest.fixture
def week(cast: Cast) -> list[Post]:
    """Ten silent posts, three with advice, one stopped and mended, one stopped and left."""
    posts = [wrote(cast.officer, CALM.format(n=n)) for n in range(1, 11)]
    posts += [wrote(cast.officer, ADVICE.format(n=n)) for n in range(1, 4)]
    mended = wrote(cast.officer, PHONE)
    actions.edit(by=cast.officer, at=NOON, post=mended, seen=1, text="Did you see the van?")
    mended.refresh_from_db()
    actions.submit(by=cast.officer, at=NOON, post=mended)
    return [*posts, mended, wrote(cast.officer, "Call Eve on 07700 900124.")]


def drawn(cast: Cast, size: int = 12) -> list[Sample]:
    PolicyVersion.objects.create(
        number=1, text="x", values={"review_sample": size}, in_force_at=NOON, by=cast.comms
    )
    actions.draw_sample(by=system(), at=NEXT, week=WEEK, unit=cast.unit)
    return list(Sample.objects.order_by("pk"))


def test_each_pile_has_its_share_and_the_draw_can_be_repeated(cast: Cast, week: list[Post]) -> None:
    found = drawn(cast, size=6)
    assert sorted(one.pile for one in found) == [
        "silent",
        "silent",
        "spoke",
        "spoke",
        "stopped",
        "stopped",
    ]
    again = sampling.draw(WEEK, cast.unit, 6)
    assert [one.post for one in again] == [one.post_id for one in found]
    stopped = [one for one in found if one.pile == "stopped"]
    assert all("DATA.phone" in one.spoke for one in stopped)
    assert {one.post.state for one in stopped} == {"published", "draft"}
    assert actions.draw_sample(by=system(), at=NEXT, week=WEEK, unit=cast.unit) == 0
    sentence = read_aloud(Entry.objects.get(kind="sample.drawn"))
    assert "drew 6 posts of South" in sentence


def test_a_pile_that_is_empty_leaves_its_places_to_the_others(cast: Cast) -> None:
    for n in range(1, 9):
        wrote(cast.officer, CALM.format(n=n))
    assert [one.pile for one in drawn(cast, size=5)] == ["silent"] * 5


def test_other_weeks_other_units_and_practice_are_not_drawn(cast: Cast) -> None:
    wrote(cast.officer, CALM.format(n=1), NOON - timedelta(days=7))
    wrote(cast.officer, CALM.format(n=2), NOON + timedelta(days=7))
    cast.officer.practice = True
    cast.officer.save()
    wrote(cast.officer, CALM.format(n=3))
    other = LocalPolicingUnit.objects.create(force=cast.force, slug="north", name="North")
    assert drawn(cast) == []
    assert sampling.draw(WEEK, other, 12) == []
    assert not Entry.objects.filter(kind="sample.drawn").exists()


def test_supervisors_judge_their_own_unit_this_week_and_never_themselves(
    cast: Cast, week: list[Post]
) -> None:
    wrote(cast.sergeant, "Sergeant here: all calm in the park today.")
    one, *_ = [s for s in drawn(cast, size=30) if s.post.author == cast.officer]
    own = Sample.objects.get(post__author=cast.sergeant)
    with pytest.raises(Refused, match="may not judge"):
        actions.judge(by=cast.officer, at=NEXT, sample=one, answer="right", rules=[])
    with pytest.raises(Refused, match="own post"):
        actions.judge(by=cast.sergeant, at=NEXT, sample=own, answer="right", rules=[])
    late = NEXT + timedelta(days=7)
    with pytest.raises(Refused, match="Its week is over"):
        actions.judge(by=cast.sergeant, at=late, sample=one, answer="right", rules=[])
    cast.colleague.unit = None
    cast.colleague.save()
    with pytest.raises(Refused, match="own unit"):
        actions.judge(by=cast.colleague, at=NEXT, sample=one, answer="right", rules=[])
    actions.judge(by=cast.sergeant, at=NEXT, sample=one, answer="right", rules=[])
    with pytest.raises(Refused, match="meanwhile"):
        actions.judge(by=cast.sergeant, at=NEXT, sample=one, answer="right", rules=[])


def test_wrong_says_which_rule_or_what_it_should_have_seen(cast: Cast, week: list[Post]) -> None:
    spoke = next(s for s in drawn(cast) if s.pile == "spoke")
    silent = Sample.objects.filter(pile="silent").earliest("pk")
    told = {"by": cast.sergeant, "at": NEXT}
    for sample, answer, rules, says in (
        (spoke, "nothing", [], "which of the rules"),
        (spoke, "nothing", ["LAW-1"], "which of the rules"),
        (silent, "missed", [], "Choose the rule"),
        (silent, "missed", ["NO-SUCH"], "no such rule"),
        (silent, "perhaps", [], "Say whether"),
    ):
        with pytest.raises(Refused, match=says):
            actions.judge(**told, sample=sample, answer=answer, rules=rules)  # type: ignore[arg-type]
    actions.judge(**told, sample=spoke, answer="nothing", rules=spoke.spoke)  # type: ignore[arg-type]
    actions.judge(**told, sample=silent, answer="missed", rules=[], words="A nickname.")  # type: ignore[arg-type]
    sentences = [read_aloud(one) for one in Entry.objects.filter(kind="sample.judged")]
    assert any("spoke for nothing." in sentence for sentence in sentences)
    silent.refresh_from_db()
    assert (silent.answer, silent.words) == ("missed", "A nickname.")


def test_the_last_answer_is_taken_back(cast: Cast, week: list[Post]) -> None:
    first, second = drawn(cast)[:2]
    with pytest.raises(Refused, match="nothing this week"):
        actions.take_back(by=cast.sergeant, at=NEXT)
    for minutes, one in enumerate((first, second)):
        at = NEXT + timedelta(minutes=minutes)
        actions.judge(by=cast.sergeant, at=at, sample=one, answer="right", rules=[])
    assert actions.take_back(by=cast.sergeant, at=NEXT).pk == second.pk
    assert set(Sample.objects.exclude(answered_at=None)) == {first}


def test_from_friday_the_desk_reminds_of_what_is_left(cast: Cast, week: list[Post]) -> None:
    drawn(cast, size=3)

    def said(at: object) -> list[str]:
        return [r["text"] for r in desk.reminders(cast.sergeant, at=at)]  # type: ignore[arg-type]

    assert not [text for text in said(NEXT) if "sample" in text]
    assert "3 of 3 posts of last week's sample wait" in " ".join(said(FRIDAY))
    for one in Sample.objects.all():
        actions.judge(by=cast.sergeant, at=FRIDAY, sample=one, answer="right", rules=[])
    assert not [text for text in said(FRIDAY) if "sample" in text]


# ---- the screens, on the clock of the machine: the sample of last week is made for them ----


@pytest.fixture
def sample(cast: Cast, week: list[Post]) -> list[Sample]:
    last = sampling.week_to_judge(clock.now())
    drawn(cast, size=4)
    Sample.objects.update(week=last)
    return list(Sample.objects.order_by("pk"))


def test_one_card_at_a_time_with_progress_and_undo(
    cast: Cast, sample: list[Sample], client: Client
) -> None:
    client.force_login(cast.sergeant)
    page = client.get("/desk/sample/").content.decode()
    assert "<b>0 of 4</b> this week" in page
    assert "DATA.phone" in page
    assert '<mark class="mark-stop">' in page  # what it stopped, in the words as they were
    address = f"/desk/sample/{sample[0].pk}/"
    wrong = client.post(address, {"answer": "nothing"})
    assert wrong.status_code == 409
    assert "Choose which of the rules spoke for nothing." in wrong.content.decode()
    assert client.post(address, {}).status_code == 422
    page = client.post(address, {"answer": "right"}, follow=True).content.decode()
    assert "<b>1 of 4</b> this week" in page
    page = client.post("/desk/sample/back/", follow=True).content.decode()
    assert "<b>0 of 4</b> this week" in page
    assert client.post("/desk/sample/back/").status_code == 409
    for one in sample:
        said = {"answer": "missed", "rules": "", "words": "A nickname."}
        assert client.post(f"/desk/sample/{one.pk}/", said).status_code == 302
    assert "All judged." in client.get("/desk/sample/").content.decode()


def test_an_empty_week_teaches_and_a_person_without_a_unit_is_told(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.sergeant)
    assert "Nothing was drawn for South" in client.get("/desk/sample/").content.decode()
    cast.sergeant.unit = None
    cast.sergeant.save()
    assert "You belong to no unit" in client.get("/desk/sample/").content.decode()
    client.force_login(cast.officer)
    assert client.get("/desk/sample/").status_code == 403


def test_a_draw_that_was_missed_on_monday_is_made_up(cast: Cast, week: list[Post]) -> None:
    Post.objects.filter(state="published").update(published_at=_last_week())
    jobs.draw_samples()
    drawn_once = Sample.objects.count()
    assert drawn_once == 12
    jobs.draw_samples()
    assert Sample.objects.count() == drawn_once


def _last_week() -> object:
    begins, _ = sampling.moments(sampling.week_to_judge(clock.now()), WEEK)
    return begins + timedelta(days=2)


def test_the_report_counts_what_was_said_and_what_was_thought_of_it(
    cast: Cast, week: list[Post]
) -> None:
    drawn(cast, size=30)
    stopped = Sample.objects.filter(pile="stopped").earliest("pk")
    silent = Sample.objects.filter(pile="silent").earliest("pk")
    told = {"by": cast.sergeant, "at": NEXT}
    actions.judge(**told, sample=stopped, answer="nothing", rules=["DATA.phone"])  # type: ignore[arg-type]
    actions.judge(**told, sample=silent, answer="missed", rules=["DATA.email"])  # type: ignore[arg-type]
    found = report.of_weeks(WEEK, WEEK + sampling.WEEK)
    lines = {line.rule: line for line in found.lines}
    phone = lines["DATA.phone"]
    assert (phone.stops, phone.spoke, phone.overrides) == (2, 2, 0)
    assert (phone.for_nothing.hits, phone.for_nothing.of) == (1, 1)
    assert phone.for_nothing.interval()[0] < 0.3  # one answer proves little
    assert (lines["DATA.email"].missed, lines["DATA.email"].spoke) == (1, 0)
    assert (found.missed.hits, found.missed.of) == (1, 1)
    assert (found.posts, found.judged) == (14, 2)
    before = report.of_weeks(WEEK - sampling.WEEK, WEEK)
    assert (before.lines, before.posts, before.drawn) == ([], 0, 0)


def test_time_to_the_public_is_told_by_rule_beside_what_nothing_was_said_about(
    cast: Cast, week: list[Post]
) -> None:
    def takes(text: str, minutes: int) -> None:
        post = wrote(cast.officer, text)
        later = NOON + timedelta(minutes=minutes)
        actions.edit(by=cast.officer, at=later, post=post, seen=1, text=f"A van, {minutes}.")
        post.refresh_from_db()
        actions.submit(by=cast.officer, at=later, post=post)

    for minutes in (10, 20, 30):
        takes(PHONE, minutes)
    found = report.of_weeks(WEEK, WEEK + sampling.WEEK)
    took = next(line.took for line in found.lines if line.rule == "DATA.phone")
    assert took is not None
    assert (took.posts, took.median, took.p90) == (
        4,  # with the one of the week that was mended at once
        timedelta(minutes=10),
        timedelta(minutes=30),
    )
    assert found.silent is not None
    assert (found.silent.posts, found.silent.median) == (10, timedelta(0))


def test_a_planned_post_counts_until_it_was_let_out(cast: Cast) -> None:
    later = NOON + timedelta(hours=5)
    text = "Surgery at the library tomorrow, come and talk to us."
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft(text, publish_at=later))
    actions.publish(by=system(), at=later, post=post)
    found = report.of_weeks(WEEK, WEEK + sampling.WEEK)
    assert found.silent is not None
    assert found.silent.median == timedelta(0)


def test_the_report_stands_on_the_desk_and_leaves_as_a_file(
    cast: Cast, sample: list[Sample], client: Client
) -> None:
    client.force_login(cast.sergeant)
    client.post(f"/desk/sample/{sample[0].pk}/", {"answer": "missed", "words": "=SUM(1)"})
    weeks = "/desk/guard/?weeks_back=52"
    page = client.get(weeks).content.decode()
    assert "1 of 4" in page
    assert "/desk/guard/report.csv?weeks_back=52" in page
    file = client.get("/desk/guard/report.csv?weeks_back=52")
    text = b"".join(file) if file.streaming else file.content  # type: ignore[arg-type]
    assert text.decode().startswith("Rule,What it says,Posts it spoke about,Stopped")
    assert client.get("/desk/guard/?weeks_back=99").status_code == 200  # as if nothing was asked
    client.force_login(cast.officer)
    assert client.get("/desk/guard/").status_code == 403


def test_the_report_costs_the_same_whatever_lies_outside_its_weeks(
    cast: Cast, week: list[Post]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            report.of_weeks(WEEK, WEEK + sampling.WEEK)
        return len(asked)

    few = queries()
    drawn(cast, size=30)
    assert queries() == few == 5
