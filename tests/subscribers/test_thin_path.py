"""A resident asks, says yes, gets what is published once, and ends it with one tap."""

from django.conf import settings
from django.test import Client

from hue.channels.models import Copy, Delivery
from hue.pages.sources import REGISTRY
from hue.subscribers.models import Leaving, Subscriber
from tests.subscribers.conftest import Town
from tests.subscribers.postbox import link_in

JO = "jo@home.example"
PUPPY = "Puppy found on the High Street."


def test_a_resident_asks_on_the_public_page_and_says_yes_from_the_address(town: Town) -> None:
    page, _ = REGISTRY["subscribers.watch"].files("")
    assert b'action="/my-watch/ask/"' in page.content
    assert b"Kings Heath" in page.content
    assert len(page.content) < 200_000
    answer = town.ask(JO)
    assert b"a message is on its way to it" in answer.content
    assert not answer.cookies
    town.say("Nobody said yes yet, so nobody gets this.")
    town.greet()
    town.work()
    [letter] = town.box.to(JO)
    assert letter["Subject"] == "Please confirm: watch messages"
    yes = link_in(letter, "yes")
    assert b"Yes, it was me" in Client().get(yes).content
    assert Subscriber.objects.get().state == "asked"  # programs that follow links say nothing
    assert b"That is done" in Client().post(yes).content
    assert Subscriber.objects.get().state == "reading"


def test_a_post_reaches_them_once_and_one_tap_ends_it(town: Town) -> None:
    town.reader(JO)
    town.say(PUPPY)
    town.work()
    town.work()
    [letter] = town.box.to(JO)
    assert PUPPY in letter.get_content()
    assert letter["Subject"] == f"Kings Heath: {PUPPY}"
    assert letter["From"] == "Test Police <watch@test.example>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (Delivery.objects.get().state, Copy.objects.get().state) == ("sent", "sent")

    leave = link_in(letter, "leave")
    assert f"<{settings.HUE_SITE}{leave}>" == letter["List-Unsubscribe"]
    one_tap = Client(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"})
    assert b"Why did you stop?" in one_tap.content
    Client().post(f"{leave}why/", {"why": "many"})
    town.box.got.clear()
    town.say("A second puppy.")
    town.work()
    assert town.box.got == []
    row = Subscriber.objects.get()
    assert (row.state, row.sealed, row.known) == ("left", "", None)
    assert list(Leaving.objects.filter(count__gt=0).values_list("why", "count")) == [("many", 1)]
