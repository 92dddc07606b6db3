"""A policy pack: taken in by one person, agreed to by another, rolled back by a new version."""

import base64
import json
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.governance import actions, policy
from hue.governance.models import KnownKey, Pack, PolicyVersion
from hue.governance.packfile import shipped
from hue.governance.packfile.pack import PackRefused
from hue.governance.packfile.read import read
from hue.governance.packfile.write import MARK, signed
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.states.graph import IllegalMove
from tests.cast import NOON, Cast
from tests.governance.laid import gold, laid_down

SHIPPED = shipped.england_and_wales()
LATER = NOON + timedelta(hours=1)
OURS = {"DATA.phone": "0121 496 0000", "DATA.postcode": "B4 6NQ"}


def with_more(old: str, new: str) -> bytes:
    assert old in SHIPPED
    return signed(SHIPPED.replace(old, new)).encode()


def signed_by_others(body: str) -> bytes:
    key = Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    signature = base64.b64encode(key.sign(body.encode())).decode()
    return f'{body}{MARK}key = """\n{pem}"""\nsignature = "{signature}"\n'.encode()


@pytest.fixture
def theirs() -> bytes:
    """A pack that another force has signed, with numbers of its own."""
    body = SHIPPED.replace("longest_post = 1000", "longest_post = 280")
    return signed_by_others(body.replace("own_numbers = []", 'own_numbers = ["0116 222 2222"]'))


def test_a_pack_changes_nothing_before_a_second_person_agrees(cast: Cast, owner: Officer) -> None:
    file = with_more("longest_post = 1000", "longest_post = 280")
    pack = actions.take_in(by=owner, at=NOON, file=file)
    assert policy.in_force(at=LATER).number == 0
    with pytest.raises(Refused, match="ask a colleague"):
        actions.agree(by=owner, at=NOON, pack=pack, seen=0)
    with pytest.raises(Refused, match="These roles may: gold, information asset owner"):
        actions.agree(by=cast.sergeant, at=NOON, pack=pack, seen=0)
    version = actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    now = policy.in_force(at=NOON)
    assert (now.number, now.longest_post, now.text) == (1, 280, shipped.TEXT)
    assert (version.by, version.agreed_by, version.pack) == (owner, cast.colleague, pack)
    told = [read_aloud(entry) for entry in Entry.objects.order_by("id")]
    assert told == [
        f"Ina proposed the policy pack {pack}, signed with key {pack.fingerprint}.",
        "Inspector Tom put policy version 1 into force.",
    ]


def test_the_guard_reads_by_the_words_of_the_pack_in_force(cast: Cast, owner: Officer) -> None:
    text = "Call 0121 496 0000, and mind the wibble."
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft(text), send="publish")
    assert post.state == "draft"
    file = with_more("own_numbers = []", 'own_numbers = ["0121 496 0000"]').decode()
    pack = actions.take_in(by=owner, at=NOON, file=file.encode())
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    actions.accept_policy(by=cast.officer, at=NOON)
    assert publishing.submit(by=cast.officer, at=NOON, post=post).state == "published"


def test_a_rule_made_stricter_stops(cast: Cast, owner: Officer) -> None:
    file = with_more('"TONE.boilerplate" = "advice"', '"TONE.boilerplate" = "stop"')
    pack = actions.take_in(by=owner, at=NOON, file=file)
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    actions.accept_policy(by=cast.officer, at=NOON)
    words = "Moving forward, a robust response."
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft(words))
    assert post.state == "draft"


def test_roles_that_the_policy_names_ask_a_second_person(cast: Cast, owner: Officer) -> None:
    laid_down(owner, values={"second_person_roles": ["neighbourhood_officer"]})
    for officer in (cast.officer, cast.sergeant):
        actions.accept_policy(by=officer, at=NOON)
    draft = Draft("A quiet night.")
    assert publishing.compose(by=cast.officer, at=NOON, draft=draft).state == "in_review"
    assert publishing.compose(by=cast.sergeant, at=NOON, draft=draft).state == "published"


def test_a_phone_without_a_signal_knows_the_numbers_of_the_pack_in_force(
    cast: Cast, owner: Officer, client: Client
) -> None:
    def never(rule: str) -> list[str]:
        page = client.get("/desk/posts/new/").content.decode()
        told = re.search(r'id="guard-offline" type="application/json">(.*?)</script>', page)
        assert told
        rules = {one["rule"]: one["never"] for one in json.loads(told[1])}
        return [one for one in rules[rule] if re.fullmatch(one, OURS[rule])]

    client.force_login(cast.officer)
    assert [never(rule) for rule in OURS] == [[], []]
    file = with_more("own_numbers = []", 'own_numbers = ["01214960000"]').decode()
    file = file.replace("own_postcodes = []", 'own_postcodes = ["B4 6NQ"]')
    body = file.rpartition(MARK)[0]
    pack = actions.take_in(by=owner, at=NOON, file=signed(body).encode())
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    assert [len(never(rule)) for rule in OURS] == [1, 1]


def test_it_comes_into_force_at_its_time(cast: Cast, owner: Officer) -> None:
    pack = actions.take_in(
        by=owner, at=NOON, file=with_more("longest_post = 1000", "longest_post = 280")
    )
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0, in_force_at=LATER)
    assert policy.in_force(at=NOON).longest_post == 1000
    assert policy.in_force(at=LATER).longest_post == 280


def test_a_comparison_with_what_is_no_longer_in_force_is_looked_at_again(
    cast: Cast, owner: Officer
) -> None:
    pack = actions.take_in(by=owner, at=NOON, file=signed(SHIPPED).encode())
    laid_down(owner)
    with pytest.raises(Refused, match="Version 1 came into force meanwhile"):
        actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=1)
    with pytest.raises(IllegalMove):
        actions.agree(by=gold(cast), at=NOON, pack=pack, seen=2)


def test_another_forces_key_is_confirmed_by_a_person_once(
    cast: Cast, owner: Officer, theirs: bytes
) -> None:
    pack = actions.take_in(by=owner, at=NOON, file=theirs)
    assert pack.signer == ""
    with pytest.raises(Refused, match="made sure whose key"):
        actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    said = {"whose": "Leicestershire Police", "how": "Rang them."}
    with pytest.raises(Refused, match="do not use this file"):
        actions.confirm_key(by=owner, at=NOON, pack=pack, heard="00000000", **said)
    with pytest.raises(Refused, match="8 characters or more"):
        actions.confirm_key(by=owner, at=NOON, pack=pack, heard=pack.fingerprint[-4:], **said)
    heard = f"{pack.fingerprint[-8:-4]} {pack.fingerprint[-4:]}".upper()
    actions.confirm_key(by=owner, at=NOON, pack=pack, heard=heard, **said)
    assert KnownKey.objects.get().fingerprint == pack.fingerprint
    actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)
    again = actions.take_in(by=owner, at=LATER, file=theirs)
    assert again.signer == "Leicestershire Police"
    assert Entry.objects.filter(kind="policy.key").count() == 1


def test_another_forces_own_numbers_do_not_become_ours(
    cast: Cast, owner: Officer, theirs: bytes
) -> None:
    file = with_more("own_numbers = []", 'own_numbers = ["0121 496 0000"]')
    ours = actions.take_in(by=owner, at=NOON, file=file)
    actions.agree(by=gold(cast), at=NOON, pack=ours, seen=0)
    pack = actions.take_in(by=owner, at=NOON, file=theirs)
    assert policy.of(pack).guard.own_numbers == ("0121 496 0000",)
    assert policy.of(pack).longest_post == 280


def test_going_back_is_a_new_version_that_nobody_accepts_twice(cast: Cast, owner: Officer) -> None:
    first = laid_down(owner, values={"longest_post": 500})
    actions.accept_policy(by=cast.officer, at=NOON)
    laid_down(owner, "Be quick.", {"longest_post": 200}, at=LATER)
    with pytest.raises(Refused, match="Say why"):
        actions.roll_back(by=owner, at=LATER, to=first, reason=" ")
    with pytest.raises(Refused, match="in force now"):
        actions.roll_back(by=owner, at=LATER, to=PolicyVersion.objects.get(number=2), reason="x")
    actions.roll_back(by=owner, at=LATER, to=first, reason="It stopped too much.")
    now = policy.in_force(at=LATER)
    assert (now.number, now.text, now.longest_post) == (3, "Be kind.", 500)
    assert PolicyVersion.objects.count() == 3
    publishing.compose(by=cast.officer, at=LATER, draft=Draft("Puppy found."))
    told = read_aloud(Entry.objects.get(kind="policy.back"))
    assert told == "Ina went back to policy version 1, as version 3: It stopped too much."


def test_nobody_goes_back_to_what_never_was_in_force(cast: Cast, owner: Officer) -> None:
    planned = laid_down(owner, in_force_at=NOON + timedelta(days=3))
    with pytest.raises(Refused, match="not been in force yet"):
        actions.roll_back(by=owner, at=NOON, to=planned, reason="x")


def test_what_was_planned_is_called_off_by_going_back_to_what_holds(
    cast: Cast, owner: Officer
) -> None:
    first, tomorrow = laid_down(owner), NOON + timedelta(days=1)
    laid_down(owner, "Tomorrow.", at=LATER, in_force_at=tomorrow)
    assert policy.in_force(at=tomorrow).text == "Tomorrow."
    actions.roll_back(by=owner, at=LATER, to=first, reason="Not yet.")
    assert policy.in_force(at=tomorrow).text == "Be kind."


def test_what_is_in_force_goes_out_as_a_file_that_another_force_reads(
    cast: Cast, owner: Officer
) -> None:
    laid_down(owner, values={"longest_post": 500})
    found = read(actions.take_out(by=owner, at=NOON).encode())
    assert (found.text, found.values["longest_post"]) == ("Be kind.", 500)
    assert (found.head.made_by, found.guard) == ("Test Police", {})
    assert Entry.objects.filter(kind="policy.taken_out").count() == 1
    with pytest.raises(Refused):
        actions.take_out(by=cast.sergeant, at=NOON)


def test_a_proposal_can_be_dropped(cast: Cast, owner: Officer) -> None:
    pack = actions.take_in(by=owner, at=NOON, file=signed(SHIPPED).encode())
    with pytest.raises(Refused):
        actions.drop(by=cast.officer, at=NOON, pack=pack)
    actions.drop(by=owner, at=NOON, pack=pack)
    with pytest.raises(IllegalMove):
        actions.agree(by=gold(cast), at=NOON, pack=pack, seen=0)


def test_only_who_may_takes_a_pack_in(cast: Cast) -> None:
    with pytest.raises(Refused, match="information asset owner"):
        actions.take_in(by=cast.sergeant, at=NOON, file=signed(SHIPPED).encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.integers(0, len(SHIPPED)))
def test_whatever_is_handed_in_the_policy_in_force_stays(
    cast: Cast, owner: Officer, junk: bytes, where: int
) -> None:
    file = signed(SHIPPED).encode()
    for data in (junk, file[:where], file[:where] + junk + file[where:]):
        with suppress(PackRefused):
            actions.take_in(by=owner, at=NOON, file=data)
    assert policy.in_force(at=LATER) == policy.Policy()
    assert not PolicyVersion.objects.exists()


def handed_in(client: Client, data: bytes) -> object:
    file = SimpleUploadedFile("policy.toml", data, content_type="application/toml")
    return client.post("/desk/policy/packs/", {"file": file})


def test_the_pages_take_a_pack_from_a_file_into_force_and_back(
    cast: Cast, owner: Officer, theirs: bytes, client: Client
) -> None:
    client.force_login(owner)
    assert "Take over a policy" in client.get("/desk/policy/").content.decode()
    answer = handed_in(client, theirs)
    assert answer.status_code == 302
    pack = Pack.objects.get()
    page = client.get(answer.url).content.decode()
    assert pack.fingerprint in page
    assert "Characters in a post" in page
    assert "<del>1,000</del>" in page
    assert "Agree, and put it into force" not in page
    said = {"whose": "Leicestershire Police", "how": "Rang."}
    wrong = client.post(f"{answer.url}key/", {**said, "heard": "12345678"})
    assert (wrong.status_code, "do not use this file" in wrong.content.decode()) == (422, True)
    client.post(f"{answer.url}key/", {**said, "heard": pack.fingerprint[-8:]})
    client.force_login(gold(cast))
    assert "Agree, and put it into force" in client.get(answer.url).content.decode()
    client.post(f"{answer.url}agree/", {"seen": "0"})
    assert "version 1" in client.get("/desk/policy/").content.decode()
    client.force_login(owner)
    client.post("/desk/policy/packs/", {"shipped": "1"})
    second = Pack.objects.latest("pk")
    client.force_login(cast.colleague)
    client.post(f"/desk/policy/packs/{second.pk}/agree/", {"seen": "1"})
    client.force_login(owner)
    assert "Go back to version 1 now" in client.get("/desk/policy/1/").content.decode()
    client.post("/desk/policy/1/", {"reason": "Too long."})
    page = client.get("/desk/policy/").content.decode()
    assert "went back to version 1" in page
    assert '<th scope="row">Characters in a post</th><td>280</td>' in page


def test_whoever_may_agree_is_told_on_the_desk(cast: Cast, owner: Officer, client: Client) -> None:
    pack = actions.take_in(by=owner, at=NOON, file=signed(SHIPPED).encode())
    says = "proposes a policy: England and Wales, edition 2026-11."
    told = {}
    for officer in (gold(cast), owner, cast.sergeant):
        client.force_login(officer)
        told[officer.username] = says in client.get("/desk/policy/").content.decode()
    assert told == {"tom": True, "ina": False, "priya": False}
    actions.drop(by=cast.colleague, at=NOON, pack=pack)
    client.force_login(cast.colleague)
    assert says not in client.get("/desk/policy/").content.decode()


def test_a_file_that_is_no_pack_is_told_line_by_line(
    cast: Cast, owner: Officer, client: Client
) -> None:
    client.force_login(owner)
    answer = handed_in(client, with_more("longest_post = 1000", "longest_post = 3"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "from 140 to 5000, not 3." in page
    assert "the policy in force is as it was" in page
    assert not Pack.objects.exists()
    assert client.post("/desk/policy/packs/").status_code == 422


def test_the_file_is_handed_on(cast: Cast, owner: Officer, client: Client) -> None:
    client.force_login(owner)
    pack = actions.take_in(by=owner, at=NOON, file=signed(SHIPPED).encode())
    came = client.get(f"/desk/policy/packs/{pack.pk}/policy.toml").content
    assert came == signed(SHIPPED).encode()
    answer = client.post("/desk/policy/packs/out/")
    assert read(answer.content).guard == {}
    assert 'attachment; filename="policy-' in answer["Content-Disposition"]


def test_who_may_not_is_refused_on_every_address(
    cast: Cast, owner: Officer, client: Client
) -> None:
    pack = actions.take_in(by=owner, at=NOON, file=signed(SHIPPED).encode())
    laid_down(owner)
    client.force_login(cast.officer)
    address = f"/desk/policy/packs/{pack.pk}/"
    posts = ["/desk/policy/packs/", "/desk/policy/packs/out/"]
    posts += [f"{address}{verb}/" for verb in ("key", "agree", "drop")]
    assert {client.post(path).status_code for path in posts} == {403}
    assert client.get(address).status_code == 200
    laid_down(owner, "Another.", at=LATER)
    assert client.post("/desk/policy/1/", {"reason": "x"}).status_code == 409
    assert policy.in_force(at=LATER).number == 2
