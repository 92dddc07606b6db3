"""A post from a phone or a plain form: once, or refused with its reason."""

from io import BytesIO

import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hue.lib import clock
from hue.people.models import Officer
from hue.publishing.models import OutcomeOwed, Post
from tests.cast import Cast


def phone_of(officer: Officer) -> tuple[Client, dict[str, str]]:
    """A phone with the page open, and what it sends with each request."""
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/desk/phone/")
    return client, {"X-Hue-Device": client.cookies["hue_device"].value}


def a_picture() -> SimpleUploadedFile:
    image = pyvips.Image.black(60, 40).bandjoin([120, 90])
    return SimpleUploadedFile("puppy.png", image.write_to_buffer(".png"), "image/png")


def test_the_same_key_sent_twice_is_one_post_and_one_picture(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    for _ in range(2):
        body = {
            "text": "Puppy found.",
            "neighbourhood": "kings-heath",
            "action": "publish",
            "idempotency_key": "k-1",
            "written_at": clock.now().isoformat(),
            "pictures": a_picture(),
            "alts": "A brown puppy",
        }
        answer = client.post("/api/posts", body, headers=device)
        assert answer.status_code == 200, answer.content
        assert answer.json()["state"] == "published"
    post = Post.objects.get()
    assert post.pictures.get().alt == "A brown puppy"


def test_a_picture_without_words_for_it_is_refused_with_the_reason(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    body = {"text": "Puppy found.", "pictures": a_picture(), "idempotency_key": "k-2"}
    answer = client.post("/api/posts", body, headers=device)
    assert answer.status_code == 422
    assert "what each picture shows" in answer.json()["reason"]
    assert not Post.objects.exists()


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    file = SimpleUploadedFile("x.jpg", BytesIO(b"MZ no picture").getvalue(), "image/jpeg")
    body = {"text": "Look.", "pictures": file, "alts": "?", "idempotency_key": "k-3"}
    answer = client.post("/api/posts", body, headers=device)
    assert answer.status_code == 409
    assert "picture" in answer.json()["reason"]


def test_a_suspended_officers_phone_is_told_to_wipe(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    Officer.objects.filter(pk=cast.officer.pk).update(suspended_at=clock.now())
    answer = client.post("/api/posts", {"text": "Still here."}, headers=device)
    assert answer.status_code == 403
    assert answer.json()["wipe"] is True
    assert not Post.objects.exists()


def test_a_foreign_page_cannot_post_with_the_officers_cookies(cast: Cast) -> None:
    client, _ = phone_of(cast.officer)
    assert client.post("/api/posts", {"text": "Forged."}).status_code == 401
    guessed = {"X-Hue-Device": "0" * 32}
    assert client.post("/api/posts", {"text": "Forged."}, headers=guessed).status_code == 401


def test_too_long_words_come_back_with_the_number(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    answer = client.post("/api/posts", {"text": "a" * 1003}, headers=device)
    assert answer.status_code == 409
    assert "3 characters too long" in answer.json()["reason"]


def test_the_plain_form_keeps_what_was_typed(cast: Cast) -> None:
    client, _ = phone_of(cast.officer)
    answer = client.post("/desk/posts/new/", {"text": "b" * 1001, "action": "publish"})
    assert answer.status_code == 409
    assert "b" * 1001 in answer.content.decode()
    client.post("/desk/posts/new/", {"text": "Short now.", "action": "publish"})
    assert Post.objects.get().state == "published"
    assert "Short now." in client.get("/desk/posts/mine/").content.decode()


def test_an_outcome_settles_the_debt(cast: Cast) -> None:
    client, _ = phone_of(cast.officer)
    client.post("/desk/posts/new/", {"text": "Car stopped.", "action": "publish"})
    first = Post.objects.get()
    OutcomeOwed.objects.create(post=first, officer=cast.officer, due_at=clock.now())
    assert "What came of it?" in client.get("/desk/posts/mine/").content.decode()
    told = {"text": "One charged.", "parent": first.pk, "kind": "outcome", "action": "publish"}
    answer = client.post("/desk/posts/new/", told)
    assert answer.status_code == 302, answer.content.decode()
    assert OutcomeOwed.objects.get().settled_at is not None


def test_practice_stays_on_the_teams_page(cast: Cast) -> None:
    Officer.objects.filter(pk=cast.officer.pk).update(practice=True)
    client, _ = phone_of(Officer.objects.get(pk=cast.officer.pk))
    client.post("/desk/posts/new/", {"text": "My first try.", "action": "publish"})
    assert "My first try." in client.get("/desk/practice/").content.decode()
    assert not Post.objects.public().exists()


def test_the_description_of_the_interface_is_for_those_who_are_signed_in(
    cast: Cast, client: Client
) -> None:
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()) == (401, {"reason": "Sign in first."})
    client.force_login(cast.officer)
    assert "/api/posts" in client.get("/api/openapi.json").json()["paths"]
