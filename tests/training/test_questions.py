"""Asking the desk about a draft: asked, answered, shared with the team, called out when it waits."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.desk import queries as desk
from hue.lib import clock
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Officer, Team
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.states.moving import MovedMeanwhile
from hue.streams.models import Told
from hue.training import actions, jobs, queries
from hue.training.models import Question
from tests.cast import NOON, Cast, _officer
from tests.publishing.test_handing_in import phone_of

LATER = NOON + timedelta(minutes=7)


def ask(cast: Cast, words: str = "May I name the road?", *, share: bool = False) -> Question:
    draft = Draft("Car off the road in Vicarage Road.")
    post = publishing.compose(by=cast.officer, at=NOON, draft=draft, send="draft")
    return actions.ask(by=cast.officer, at=NOON, post=post, words=words, share_draft=share)


def answered(cast: Cast, *, share: bool = False, for_all: bool = False) -> Question:
    return actions.answer(
        by=cast.comms,
        at=LATER,
        question=ask(cast, share=share),
        words="The road, not the house.",
        for_all=for_all,
    )


def page(officer: Officer, address: str) -> str:
    client = Client()
    client.force_login(officer)
    return str(client.get(address).content.decode())


def mate_of(cast: Cast, team: Team | None = None) -> Officer:
    name = f"mate{Officer.objects.count()}"
    return _officer(name, "neighbourhood_officer", team=team or cast.officer.team)


def test_the_phone_asks_and_keeps_the_draft(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    told = {"text": "Puppy found.", "question": "Which words?", "action": "ask"}
    sent = {**told, "idempotency_key": "k-1"}
    for _ in range(2):  # a phone that was not sure sends it again
        answer = client.post("/api/questions", sent, headers=device)
        assert answer.status_code == 200, answer.content
    assert "The desk has your question" in answer.json()["next"]
    question = Question.objects.get()
    assert (question.words, question.post.state) == ("Which words?", "draft")
    assert question.post.text == "Puppy found."


def test_the_plain_form_asks_and_keeps_what_was_typed_when_it_cannot(cast: Cast) -> None:
    client, _ = phone_of(cast.officer)
    told = {"text": "Puppy found.", "question": "", "share": "yes"}
    answer = client.post("/desk/questions/ask/", told)
    assert answer.status_code == 422
    assert "Say what you want to know." in answer.content.decode()
    assert "Puppy found." in answer.content.decode()
    assert not Post.objects.exists()
    answer = client.post("/desk/questions/ask/", told | {"question": "Whose is it?"})
    assert answer["Location"] == "/desk/posts/mine/"
    assert Question.objects.get().share_draft
    assert Post.objects.get().state == "draft"


def test_the_desk_sees_the_draft_with_what_the_guard_says_and_answers(cast: Cast) -> None:
    question = ask(cast, "Is the number all right?")
    Post.objects.update(text="Call her on 07700 900123.")
    client = Client()
    client.force_login(cast.comms)
    listed = client.get("/desk/queues/asked/").content.decode()
    assert "Is the number all right?" in listed
    shown = client.get(f"/desk/questions/{question.pk}/").content.decode()
    assert "<mark" in shown
    assert "07700 900123" in shown
    told = {"answer": "Take the number out.", "for_all": "yes"}
    client.post(f"/desk/questions/{question.pk}/answer/", told)
    question.refresh_from_db()
    assert (question.state, question.answered_by) == ("answered", cast.comms)
    assert question.for_all
    again = client.post(f"/desk/questions/{question.pk}/answer/", {"answer": "Or not."})
    assert again.status_code == 409
    assert "Or not." not in Question.objects.get().answer


def test_the_asker_is_told_and_the_answer_stands_at_the_draft(cast: Cast) -> None:
    question = answered(cast)
    told = Told.objects.get(topic=f"officer/{cast.officer.pk}", kind="decided")
    assert told.data == {"post": question.post.pk, "question": question.pk}
    assert "The desk answered you: The road, not the house." in page(
        cast.officer, "/desk/posts/mine/"
    )
    assert "The road, not the house." in page(cast.officer, f"/desk/posts/{question.post.pk}/")
    publishing.submit(by=cast.officer, at=LATER, post=Post.objects.get())
    assert "The desk answered you" not in page(cast.officer, "/desk/posts/mine/")


def test_the_team_reads_the_answer_without_the_draft_unless_it_is_shared(cast: Cast) -> None:
    answered(cast)
    mate = mate_of(cast)
    said = page(mate, "/desk/questions/")
    assert "The road, not the house." in said
    assert "Car off the road" not in said
    assert "Amina" not in said
    Question.objects.update(share_draft=True)
    assert "Car off the road" in page(mate, "/desk/questions/")


def test_sealed_words_are_not_shown_again_by_an_answer(cast: Cast) -> None:
    question = answered(cast, share=True)
    publishing.submit(by=cast.officer, at=LATER, post=question.post)
    publishing.withdraw(
        by=cast.sergeant, at=LATER, post=Post.objects.get(), reason="It named a road."
    )
    assert "Car off the road" not in page(mate_of(cast), "/desk/questions/")
    assert "The words are sealed" in page(cast.comms, f"/desk/questions/{question.pk}/")


def test_another_team_reads_what_is_worth_knowing_for_everybody(cast: Cast) -> None:
    answered(cast)
    other = Team.objects.create(neighbourhood=cast.kings_heath, slug="other", name="Other team")
    stranger = mate_of(cast, team=other)
    assert "The road, not the house." not in page(stranger, "/desk/questions/")
    Question.objects.update(for_all=True)
    assert "The road, not the house." in page(stranger, "/desk/questions/")
    assert "The road, not the house." not in page(cast.guest, "/desk/questions/")


def test_answers_are_found_by_their_words(cast: Cast) -> None:
    answered(cast)
    assert queries.said_to(cast.officer, "house road").exists()
    assert queries.said_to(cast.officer, "kings heath").exists()
    assert not queries.said_to(cast.officer, "puppy").exists()


def test_who_may_ask_answer_and_take_back(cast: Cast) -> None:
    question = ask(cast)
    with pytest.raises(Refused, match="your own drafts"):
        actions.ask(by=cast.sergeant, at=NOON, post=question.post, words="And?")
    with pytest.raises(Refused, match="may not answer what officers ask"):
        actions.answer(by=cast.officer, at=NOON, question=question, words="Yes.")
    with pytest.raises(Refused, match="Only the person who asked"):
        actions.take_back(by=cast.sergeant, at=NOON, question=question)
    with pytest.raises(Refused, match="take that one back first"):
        actions.ask(by=cast.officer, at=NOON, post=question.post, words="Something else?")
    mine = publishing.compose(by=cast.sergeant, at=NOON, draft=Draft("Mine."), send="draft")
    own = actions.ask(by=cast.sergeant, at=NOON, post=mine, words="Good?")
    with pytest.raises(Refused, match="answer their own question"):
        actions.answer(by=cast.sergeant, at=NOON, question=own, words="Very.")
    public = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Out already."))
    with pytest.raises(Refused, match="before a post is public"):
        actions.ask(by=cast.officer, at=NOON, post=public, words="Was it right?")


def test_what_is_taken_back_is_answered_no_more(cast: Cast) -> None:
    question = ask(cast)
    client = Client()
    client.force_login(cast.officer)
    client.post(f"/desk/questions/{question.pk}/take-back/")
    assert Question.objects.get().state == "taken_back"
    assert "Nobody waits for an answer" in page(cast.comms, "/desk/queues/asked/")
    with pytest.raises(MovedMeanwhile):
        actions.answer(by=cast.comms, at=LATER, question=question, words="Yes.")
    actions.ask(by=cast.officer, at=LATER, post=question.post, words=question.words)
    assert Question.objects.open().count() == 1


def test_a_question_about_a_kept_draft_is_asked_on_its_own_page(cast: Cast) -> None:
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy."), send="draft")
    client = Client()
    client.force_login(cast.officer)
    assert f"/desk/questions/about/{post.pk}/" in page(cast.officer, f"/desk/posts/{post.pk}/")
    empty = client.post(f"/desk/questions/about/{post.pk}/", {"question": " ", "share": "yes"})
    assert empty.status_code == 422
    assert "Say what you want to know." in empty.content.decode()
    client.post(f"/desk/questions/about/{post.pk}/", {"question": "Say the breed?"})
    assert Question.objects.get().words == "Say the breed?"
    asked = page(cast.officer, f"/desk/posts/{post.pk}/")
    assert f"/desk/questions/about/{post.pk}/" not in asked, "it waits: one at a time"
    assert "Say the breed?" in page(cast.officer, f"/desk/posts/{post.pk}/")


def test_nobody_who_may_not_answer_sees_the_queue(cast: Cast) -> None:
    ask(cast)
    assert "May I name the road?" not in page(cast.officer, "/desk/queues/asked/")
    assert 'href="/desk/queues/asked/"' not in page(cast.officer, "/desk/queues/approve/")
    assert desk.rows(desk.QUEUES["asked"], by=cast.comms, at=LATER)[0]["clock_words"] == "7 minutes"


def test_a_question_that_nobody_answers_calls_more_people_once(cast: Cast) -> None:
    question = ask(cast)
    Question.objects.update(asked_at=clock.now() - timedelta(minutes=19))
    jobs.escalate()
    assert not Question.objects.exclude(escalated_at=None).exists()
    Question.objects.update(asked_at=clock.now() - timedelta(minutes=21))
    jobs.escalate()
    jobs.escalate()
    actions.escalate(by=people.system(), at=clock.now(), question=question)  # a job that ran twice
    aloud = [read_aloud(one) for one in Entry.objects.filter(kind="question.escalated")]
    assert aloud == ["Hue & Cry called more people: a question of PCSO Amina waits 21 minutes."]
    assert "waits 21 minutes, and nobody answers" in page(cast.sergeant, "/desk/posts/mine/")
    actions.answer(by=cast.sergeant, at=clock.now(), question=question, words="Yes.")
    assert "nobody answers" not in page(cast.sergeant, "/desk/posts/mine/")


def test_the_record_tells_it_and_the_time_is_measured(cast: Cast) -> None:
    answered(cast, for_all=True)
    aloud = [
        read_aloud(one) for one in Entry.objects.filter(kind__startswith="question.").order_by("pk")
    ]
    assert aloud == [
        "PCSO Amina asked the desk about a draft for Kings Heath.",
        "Sam answered PCSO Amina after 7 minutes.",
        "Sam marked an answer as worth knowing for everybody.",
    ]
    assert queries.usual_wait(at=LATER) == timedelta(minutes=7)
    assert "7 minutes" in page(cast.comms, "/desk/questions/")


def test_a_phone_that_may_not_post_any_more_cannot_ask(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    Officer.objects.filter(pk=cast.officer.pk).update(suspended_at=clock.now())
    told = {"text": "Puppy.", "question": "And now?"}
    answer = client.post("/api/questions", told, headers=device)
    assert (answer.status_code, answer.json()["wipe"]) == (403, True)
    assert not Question.objects.exists()
