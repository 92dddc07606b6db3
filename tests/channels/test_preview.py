"""What a post becomes elsewhere, seen before it goes."""

import pytest
import regex

from hue.channels import counting
from hue.channels.adapt import fit
from hue.channels.networks import NETWORKS
from hue.people.models import Officer
from tests.cast import Cast
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, say, work
from tests.channels.x import KEYS
from tests.desk.test_desk import signed_in

LINK = "https://police.example/posts/0000000000/"
FAMILY = "👨‍👩‍👧‍👦"
LONG = " ".join(f"word{number}" for number in range(150))


@pytest.mark.parametrize(
    ("count", "text", "is_"),
    [
        # https://docs.x.com/fundamentals/counting-characters
        (counting.weighted, "hello", 5),
        (counting.weighted, "日本", 4),
        (counting.weighted, FAMILY, 2),
        (counting.weighted, "é’–", 3),
        (counting.weighted, f"see {LINK}", 4 + 23),
        # https://atproto.com/specs/lexicon#string
        (counting.graphemes, FAMILY, 1),
        (counting.graphemes, "é", 1),
        # https://docs.joinmastodon.org/user/posting/#text
        (counting.with_short_links, f"see {LINK}", 4 + 23),
        # https://core.telegram.org/api/entities#entity-length
        (counting.utf16, "😀", 2),
        # https://developers.facebook.com/docs/threads/overview#limitations
        (counting.emoji_as_bytes, "a😀", 5),
    ],
)
def test_each_network_counts_in_its_own_way(count: object, text: str, is_: int) -> None:
    assert count(text) == is_  # type: ignore[operator]


@pytest.mark.parametrize("slug", ["mastodon", "bluesky", "x", "telegram"])
@pytest.mark.parametrize("thread", [False, True])
@pytest.mark.parametrize("words", [LONG, "😀" * 400, "x" * 700, "Short."])
def test_whatever_is_said_fits_and_leads_to_our_own_page(
    slug: str, thread: bool, words: str
) -> None:
    can = NETWORKS[slug].can
    fitted = fit(can, words, LINK, hashtag="bsp24", thread=thread)
    assert all(can.counts(part) <= can.length for part in fitted.parts)
    assert sum(LINK in part for part in fitted.parts) == 1
    assert "#bsp24" in fitted.parts[-1]
    if thread and len(fitted.parts) > 1:
        said = "".join(fitted.parts).replace(f"\n\n#bsp24 {LINK}", "")
        said = regex.sub(r"\n\(\d+\)", " ", said)
        assert "".join(said.split()) == "".join(words.split())  # not a word is lost


def test_a_hashtag_that_was_said_is_not_said_twice() -> None:
    fitted = fit(NETWORKS["mastodon"].can, "At #BSP24 now.", LINK, hashtag="bsp24")
    assert fitted.parts[0].lower().count("#bsp24") == 1


def test_the_preview_is_what_is_sent(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN}, threads=True)
    writer = signed_in(cast.officer)
    asked = {"text": "Puppy found.\nOwner?", "neighbourhood": "kings-heath", "event": "day24"}
    page = writer.post("/desk/posts/elsewhere/", asked).content.decode()
    assert "Mastodon @testpolice" in page
    assert "Puppy found.<br>Owner?<br><br>#day24 http" in page
    post = say(cast, asked["text"], event=cast.event)
    work()
    [there] = mastodon.posts.values()
    shown = there["text"].replace(post.id, "0" * 10)
    assert shown.replace("\n", "<br>") in page


def test_what_does_not_fit_is_said_before(cast: Cast, owner: Officer) -> None:
    opened(cast, owner, "x", "https://api.x.example", KEYS)
    asked = {"text": LONG[:400], "neighbourhood": "kings-heath"}
    page = signed_in(cast.officer).post("/desk/posts/elsewhere/", asked).content.decode()
    assert "Shortened: the link leads to the rest." in page
    assert "A correction stands beside it" in page
    assert "Costs $0.01" in page


def test_the_compose_page_says_where_it_goes(
    cast: Cast, owner: Officer, mastodon: MastodonStub
) -> None:
    writer = signed_in(cast.officer)
    page = writer.get("/desk/phone/").content.decode()
    assert "Preview elsewhere" not in page
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    page = writer.get("/desk/phone/").content.decode()
    assert "open screens, Mastodon @testpolice" in page
    assert "Preview elsewhere" in page
    cast.officer.practice = True
    cast.officer.save()
    assert "Mastodon" not in writer.get("/desk/phone/").content.decode()


def test_words_are_shown_as_words(cast: Cast, owner: Officer, mastodon: MastodonStub) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    asked = {"text": "<script>alert(1)</script>", "neighbourhood": "kings-heath"}
    head = {"X-Requested-With": "fetch"}
    answer = signed_in(cast.officer).post("/desk/posts/elsewhere/", asked, headers=head)
    assert "<script>" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()
