"""What the public finds, page by page, after an officer said something."""

import gzip
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from hue.incidents.models import Incident, Proceeding
from hue.lib import signing
from hue.media.models import Picture
from hue.pages import shell, stale
from hue.pages.rebuild import rebuild
from hue.people.models import Officer, Priority
from hue.publishing import actions, jobs
from hue.publishing.models import Post, PostPicture, Shelf, Shelved
from tests.cast import NOON, Cast
from tests.publishing.public import WORDS, holding, read, root, say, written


def incident(cast: Cast, kind: str = "found_animal", **also: object) -> Incident:
    return Incident.objects.create(
        kind=kind, neighbourhood=cast.kings_heath, happened_at=NOON, by=cast.officer, **also
    )


def test_a_post_stands_on_every_page_that_lists_it(cast: Cast) -> None:
    post = say(cast)
    written()
    assert {file for file in holding("Puppy found") if not file.endswith(".gz")} == {
        f"posts/{post.id}.html",
        f"oembed/posts/{post.id}.json",
        "index.html",
        "latest.html",
        "embed.html",
        "events/day24.html",
        "events/day24/latest.html",
        "events/day24/embed.html",
        "events/day24/2026-07-09-12.html",
        "events/day24/feed.rss",
        "events/day24/feed.atom",
        "events/day24/feed.json",
        "neighbourhoods/kings-heath.html",
        "neighbourhoods/kings-heath/latest.html",
        "neighbourhoods/kings-heath/embed.html",
        "neighbourhoods/kings-heath/feed.rss",
        "neighbourhoods/kings-heath/feed.atom",
        "neighbourhoods/kings-heath/feed.json",
        "units/south.html",
        "units/south/latest.html",
        "units/south/embed.html",
        "units/south/feed.rss",
        "units/south/feed.atom",
        "units/south/feed.json",
        "feed.rss",
        "feed.atom",
        "feed.json",
        "archive/month/2026-07.html",
        "archive/month/2026-07/1.html",
        "archive/place/kings-heath.html",
        "archive/place/kings-heath/1.html",
        "archive/kind/update.html",
        "archive/kind/update/1.html",
        "search/2026-07-0001.json",
        "404.html",
        "offline.html",
        "trouble.html",
    }


def test_every_compressed_twin_says_the_same(cast: Cast) -> None:
    say(cast)
    written()
    twins = list(root().rglob("*.gz"))
    assert len(twins) > 10
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()


def test_a_withdrawn_post_leaves_no_word_no_card_and_no_pixel(cast: Cast) -> None:
    post = say(cast, "Officers wait at Zebra Lane.", incident=incident(cast))
    picture = _picture(cast, post)
    follow_up = say(cast, "Still waiting near the Zebra crossing.", thread=post)
    written()
    card = f"cards/{Post.objects.get(pk=post.pk).card}.png"
    assert (root() / card).exists()
    assert (root() / "media" / "pixels320.jpg").exists()
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="It named a street.", rule="R1")
    written()
    assert holding("Zebra") == []
    assert not (root() / card).exists()
    assert list((root() / "media").iterdir()) == []
    assert picture.sizes  # nothing is destroyed
    for page in (f"posts/{post.id}.html", "index.html", "removed.html", "feed.rss", "feed.json"):
        assert "It named a street." in read(page)
    assert "Withdrawn" in read("feed.atom")
    assert f"/posts/{follow_up.id}/" in read("feed.rss")


def test_a_redacting_correction_leaves_no_old_word_and_no_old_card(cast: Cast) -> None:
    post = say(cast, "Officers wait at Zebra Lane.")
    written()
    old_card = Post.objects.get(pk=post.pk).card
    actions.correct(
        by=cast.sergeant,
        at=NOON,
        post=post,
        seen=1,
        text="Officers are nearby.",
        reason="It named a street.",
        redact=True,
    )
    written()
    assert holding("Zebra") == []
    assert holding(old_card) == []
    assert (root() / "cards" / f"{Post.objects.get(pk=post.pk).card}.png").exists()
    assert "Officers are nearby." in read("feed.rss")


def test_a_rebuild_removes_what_nobody_owns_and_keeps_what_is_owned(cast: Cast) -> None:
    post = say(cast)
    _picture(cast, post)
    written()
    before = _files()
    for stray in ("posts/zzzzzzzzzz.html", "officers/gone-9.html", "cards/old.png"):
        (root() / stray).parent.mkdir(exist_ok=True)
        (root() / stray).write_text("stray")
    (root() / "events/day24/poster.pdf").write_text("of another room")
    done = rebuild(at=NOON)
    assert done.failed == 0
    assert _files() >= before
    assert not {"posts/zzzzzzzzzz.html", "officers/gone-9.html", "cards/old.png"} & _files()
    assert "events/day24/poster.pdf" in _files()


def test_the_signed_index_knows_every_page_and_the_records_head(cast: Cast) -> None:
    from hue.audit import seal
    from hue.pages import index

    post = say(cast)
    seal.seal_committed(at=NOON)
    rebuild(at=NOON)
    raw = (root() / "index.json").read_bytes()
    assert index.verifies(raw, pem=signing.public_pem())
    assert not index.verifies(raw.replace(b"127.0", b"128.0"), pem=signing.public_pem())
    told = json.loads(raw)["index"]
    assert (told["record"]["number"], told["record"]["digest"]) == seal.head()
    known = _known(told)
    pages = {f for f in _files() if f.endswith((".html", ".rss", ".atom", "feed.json"))}
    assert set(known) == pages
    assert told["pages"] == len(pages)
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong.")
    written()
    index.rewrite(at=NOON)
    again = _known(json.loads((root() / "index.json").read_bytes())["index"])
    page = f"posts/{post.id}.html"
    assert again[page] != known[page]


def test_full_pages_of_the_archive_never_change(cast: Cast) -> None:
    posts = [say(cast, f"Line {n}.", at=NOON + timedelta(minutes=n)) for n in range(31)]
    written()
    first = read("archive/month/2026-07/1.html")
    assert "Line 29." in first
    assert "Line 30." in read("archive/month/2026-07/2.html")
    assert 'href="/archive/month/2026-07/2/"' in first
    assert "Line 30." in read("archive/month/2026-07.html")
    stamp = (root() / "archive/month/2026-07/1.html").stat().st_mtime_ns
    say(cast, "One more.", at=NOON + timedelta(hours=1))
    written()
    assert (root() / "archive/month/2026-07/1.html").stat().st_mtime_ns == stamp
    assert Shelved.objects.get(post=posts[0], shelf__row="month").number == 1


def test_shelving_all_anew_gives_the_same_numbers(cast: Cast) -> None:
    from hue.publishing import shelves

    for n in range(3):
        say(cast, f"Line {n}.", at=NOON + timedelta(minutes=n), incident=incident(cast))
    fields = ("shelf__row", "shelf__slug", "shelf__label", "shelf__count", "post", "number")
    before = sorted(Shelved.objects.values_list(*fields))
    shelves.put_all()
    assert sorted(Shelved.objects.values_list(*fields)) == before
    assert Shelf.objects.get(row="kind").label == "Animal"


def test_an_event_page_sums_up_and_leads_to_its_hours(cast: Cast) -> None:
    missing = incident(cast, "missing_person", state="over")
    Proceeding.objects.create(incident=missing, step="arrested", at=NOON, by=cast.officer)
    say(cast, "She is found, safe.", incident=missing)
    say(cast, "Wallet handed in.", incident=incident(cast), at=NOON + timedelta(hours=1))
    written()
    page = read("events/day24.html")
    assert '<dt>incidents</dt><dd><a href="#by-kind">2</a></dd>' in page
    assert "<dt>arrests</dt><dd>1</dd>" in page
    assert "<dt>found safe</dt><dd>1</dd>" in page
    assert 'id="h2026-07-09-12"' in page
    assert 'href="/events/day24/2026-07-09-12/"' in page
    hour = read("events/day24/2026-07-09-12.html")
    assert "She is found" in hour
    assert "Wallet" not in hour
    assert 'href="/events/day24/2026-07-09-13/"' in hour


def test_the_hour_that_comes_twice_in_autumn_is_one_page(cast: Cast) -> None:
    night = NOON.replace(month=10, day=25, hour=0, minute=30)
    cast.event.ends_at = night + timedelta(days=1)
    cast.event.save()
    for hours, words in enumerate(("Half past one.", "Half past one again.", "Half past two.")):
        say(cast, words, at=night + timedelta(hours=hours))
    written()
    page = read("events/day24/2026-10-25-01.html")
    assert "Half past one." in page
    assert "Half past one again." in page
    assert "Half past two." in read("events/day24/2026-10-25-02.html")


def test_an_officer_is_named_only_while_they_choose_it(cast: Cast) -> None:
    cast.officer.public = True
    cast.officer.save()
    post = say(cast)
    written()
    page = f"officers/amina-{cast.officer.pk}.html"
    assert "Puppy found" in read(page)
    assert "Amina" in read("teams/kings-heath-team.html")
    Officer.objects.filter(pk=cast.officer.pk).update(public=False)
    jobs.sign_again(officer=cast.officer.pk)
    written()
    assert holding("Amina") == []
    assert not (root() / page).exists()
    assert not (root() / "teams/kings-heath-team.html").exists()
    assert "Puppy found" in read(f"posts/{post.id}.html")


def test_a_new_page_is_in_the_signed_list_within_a_minute(cast: Cast) -> None:
    from hue.pages.jobs import sign_changes
    from hue.pages.models import Build

    post = say(cast)
    written()
    sign_changes()
    told = json.loads((root() / "index.json").read_bytes())["index"]
    assert f"posts/{post.id}.html" in _known(told)
    signed = Build.objects.count()
    sign_changes()
    assert Build.objects.count() == signed, "nothing was written since"


def test_search_finds_what_stands_and_nothing_withdrawn(cast: Cast) -> None:
    kept, gone = say(cast, "A wallet."), say(cast, "A zebra.")
    actions.withdraw(by=cast.sergeant, at=NOON, post=gone, reason="Wrong.")
    written()
    names = json.loads(read("search/index.json"))["months"]
    entries = [e for name in names for e in json.loads(read(f"search/{name}.json"))]
    assert [entry["u"] for entry in entries] == [f"/posts/{kept.id}/"]
    assert entries[0]["t"] == "A wallet."
    assert 'href="/archive/month/2026-07/"' in read("search.html")


def test_sitemaps_name_every_post(cast: Cast) -> None:
    post = say(cast)
    stale.mark(("publishing.lists", ""), at=NOON)
    written()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    maps = ElementTree.fromstring(read("sitemap.xml")).findall("s:sitemap/s:loc", space)
    found = []
    for one in maps:
        path = (one.text or "").partition("8000/")[2]
        found += ElementTree.fromstring(read(path)).findall("s:url/s:loc", space)
    addresses = {loc.text for loc in found}
    site = "http://127.0.0.1:8000"
    assert {f"{site}/posts/{post.id}/", f"{site}/events/day24/", f"{site}/"} <= addresses


def test_a_neighbourhood_says_what_it_does_about_what_it_was_told(cast: Cast) -> None:
    Priority.objects.create(
        neighbourhood=cast.kings_heath,
        you_said="Speeding at the school.",
        we_did="Checks each week.",
        reviewed_at=NOON,
    )
    say(cast)
    written()
    page = read("neighbourhoods/kings-heath.html")
    assert "Speeding at the school." in page
    assert "Checks each week." in page
    assert 'href="/archive/place/kings-heath/"' in page


def test_a_posts_signature_covers_its_words(cast: Cast) -> None:
    post = say(cast)
    written()
    told = json.loads(read(f"oembed/posts/{post.id}.json"))
    assert told["type"] == "rich"
    assert "Puppy found" in told["html"]
    proof = told["hue"]
    assert signing.verifies(
        proof["signed"].encode(),
        proof["signature"],
        pem=read("signing-key.pem")
        if (root() / "signing-key.pem").exists()
        else signing.public_pem(),
    )
    assert json.loads(proof["signed"])["text"] == WORDS
    assert proof["signature"] in read(f"posts/{post.id}.html")


def test_whom_to_tell_that_a_page_is_wrong_stands_there_where_the_force_says_it(
    cast: Cast,
) -> None:
    post = say(cast)
    written()
    page = read(f"posts/{post.id}.html")
    assert "mailto:" not in page
    assert "tel:" not in page
    cast.force.contact_email = "pages@police.example"
    cast.force.save()
    shell.forget()
    rebuild(at=NOON)
    page = read(f"posts/{post.id}.html")
    address = f"http://127.0.0.1:8000/posts/{post.id}/"
    assert f"mailto:pages@police.example?subject=What%20is%20wrong%20on%20{address}" in page
    assert "mailto:pages@police.example" in read("accessibility.html")


@pytest.mark.parametrize("page", ["404", "offline", "trouble"])
def test_pages_for_bad_moments_carry_the_numbers_and_the_last_news(cast: Cast, page: str) -> None:
    say(cast)
    written()
    text = read(f"{page}.html")
    assert "999" in text
    assert "101" in text
    assert "Puppy found" in text


def test_practice_reaches_no_public_file(cast: Cast) -> None:
    Officer.objects.filter(pk=cast.officer.pk).update(practice=True)
    cast.officer.refresh_from_db()
    say(cast)
    written()
    assert holding("Puppy") == []


def _picture(cast: Cast, post: Post) -> Picture:
    from django.conf import settings

    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    for width in (320, 640):
        (settings.MEDIA_ROOT / f"pixels{width}.jpg").write_bytes(b"\xff\xd8 pixels")
    picture = Picture.objects.create(
        alt="A street", width=640, height=480, by=cast.officer, at=NOON, digest="d" * 64,
        sizes={"320": "pixels320.jpg", "640": "pixels640.jpg"},
    )  # fmt: skip
    PostPicture.objects.create(post=post, picture=picture)
    stale.mark(("publishing.picture", picture.pk), at=NOON)
    return picture


def _files() -> set[str]:
    return {str(f.relative_to(root())) for f in root().rglob("*") if f.is_file()}


def _known(index: dict) -> dict[str, str]:
    known: dict[str, str] = {}
    for name in index["shards"]:
        known |= json.loads(read(f"index/{name}.json"))
    return known
