"""A policy pack as a file: what is in it comes back, and every fault has its line."""

import json
import string
from contextlib import suppress
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from hue.governance import policy
from hue.governance.compare import compare
from hue.governance.packfile import shipped
from hue.governance.packfile.pack import LIMIT, Head, PackRefused
from hue.governance.packfile.read import read
from hue.governance.packfile.write import signed, write
from hue.governance.policy import Policy
from hue.guard.check import check
from hue.guard.draft import Draft
from hue.guard.policy import Policy as Guard
from tests.cast import NOON
from tests.place import HERE

SHIPPED = shipped.england_and_wales()
HEAD = Head("Ours", "Test Police", "1", "England and Wales")


def back(rules: Policy) -> Policy:
    """Written, signed, read, as a version would keep it."""
    found = read(signed(write(HEAD, rules)).encode())
    guard = policy.guard_of(json.dumps(found.guard))
    return Policy(text=found.text, guard=guard, **policy.known(found.values))


def faults(text: str) -> list[str]:
    with pytest.raises(PackRefused) as refused:
        read(text.encode())
    return [str(fault) for fault in refused.value.faults]


def changed(old: str, new: str) -> tuple[int, str]:
    """The shipped pack with one thing in it changed and signed anew: on which line, and all of it."""
    assert old in SHIPPED
    before, _, after = SHIPPED.partition(old)
    return before.count("\n") + 1, signed(before + new + after)


def test_the_shipped_pack_is_what_holds_until_a_force_decides() -> None:
    found = read(signed(SHIPPED).encode())
    assert found.guard == {}
    assert Policy(**policy.known(found.values)) == Policy()
    file = HERE / "hue" / "governance" / "packs" / shipped.NAME
    assert file.read_text() == SHIPPED, "run `hue manage write_reference`"


def test_what_is_written_comes_back() -> None:
    guard = Guard(
        switched_off=frozenset({"TONE.hashtag"}),
        severities=(("TONE.mockery", "advice"), ("TONE.shouting", "stop")),
        unverified=frozenset({"PUB-15"}),
        own_numbers=("0121 496 0000",),
        jargon=(("misper", 'a "missing" person'),),
        advice=(("PUB-3", "Ring the press office: 0121 496 0001."),),
        same_text_share=0.5,
    )
    rules = Policy(
        text='One "line".\n\nAnother \\ one.',
        approval_needed=True,
        second_person_roles=("guest", "press"),
        guard=guard,
    )
    assert back(rules) == rules


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda word: not set("{}()") & set(word)
)


@given(st.lists(WORDS, min_size=1, unique=True), st.dictionaries(WORDS, WORDS, min_size=1))
def test_any_words_come_back(words: list[str], pairs: dict[str, str]) -> None:
    guard = Guard(politics=tuple(words), jargon=tuple(pairs.items()))
    assert back(Policy(text="Be kind.", guard=guard)).guard == guard


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("longest_post = 1000", "longest_pots = 1000", "Did you mean “longest_post”?"),
        ("longest_post = 1000", "longest_post = 3", "from 140 to 5000, not 3"),
        ("longest_post = 1000", 'longest_post = "3"', "“3” is not a number"),
        ("longest_post = 1000", "longest_post = true", "is not a number"),
        ("longest_post = 1000", "longest_post = ", "not TOML here"),
        ("approval_needed = false", "approval_needed = 0", "is not a yes or no"),
        ("second_person_roles = []", 'second_person_roles = ["gold"]', "is not one of"),
        ('"LAW-1.guilt" = "stop"', '"LAW-1.guilt" = "advice"', "may be “stop”, no less"),
        ('"DATA.phone" = "stop"', '"DATA.phone" = "off"', "may be “stop”, no less"),
        ('"TONE.jargon" = "advice"', '"TONE.jargon" = "loud"', "“stop” or “second person”"),
        ('"TONE.jargon" = "advice"', '"TONE.jargn" = "advice"', "Did you mean “TONE.jargon”?"),
        ('  "caught red-handed"', '  "caught {red-handed"', "cannot be read"),
        ('anonymous_offences = [\n  "sexual", ', "anonymous_offences = [\n  ", "the law's own"),
        ("format = 1", "format = 2", "Expected format = 1"),
        ('edition = "2026-11"', "edition = 7", "is not words"),
        ("own_numbers = []", 'own_numbers = ["ring us"]', "is not a telephone number"),
        ("own_postcodes = []", 'own_postcodes = ["B29"]', "is not a whole postcode"),
        ("same_text_share = 0.8", "same_text_share = nan", "from 0.3 to 1.0"),
        ("captured_hashtags = []", 'captured_hashtags = ["a\\u0000"]', "of one line"),
        ("captured_hashtags = []", "captured_hashtags = 1", "is not a list of words"),
        ('"LAW-5", "PUB-15"', '"LAW-5", "PUB-99"', "no rule and no setting"),
        ("[settings]", "[setings]", "Did you mean “settings”?"),
    ],
)
def test_a_fault_has_its_line_and_what_was_expected(old: str, new: str, says: str) -> None:
    line, text = changed(old, new)
    told = faults(text)
    assert any(one.startswith(f"Line {line}: ") and says in one for one in told), (line, told)


def test_advice_is_for_rules_that_there_are() -> None:
    advice = '[guard.advice]\n"TONE.jargn" = "Ask the desk."'
    told = faults(SHIPPED.replace("[guard.advice]", advice))
    line = SHIPPED[: SHIPPED.index("[guard.advice]")].count("\n") + 2
    says = "“TONE.jargn” is no key of a pack in [guard.advice]. Did you mean “TONE.jargon”?"
    assert told == [f"Line {line}: {says}"]


def test_a_force_says_in_its_own_words_what_would_be_right() -> None:
    guard = Guard(advice=(("DATA.phone", "Give the front desk's number (0121 496 0001)."),))
    draft = Draft("Ring Sam on 07700 900123.", at=NOON)
    (finding,) = [one for one in check(draft, guard).findings if one.rule == "DATA.phone"]
    assert finding.right == "Give the front desk's number (0121 496 0001)."
    (shipped,) = [one for one in check(draft).findings if one.rule == "DATA.phone"]
    assert (finding.severity, finding.wrong) == (shipped.severity, shipped.wrong)


def test_every_fault_is_told_at_once() -> None:
    _, text = changed("longest_post = 1000", "longest_post = 3")
    assert len(faults(text.replace("pictures_a_post = 4", "pictures_a_post = 44"))) == 2


def test_a_word_that_stands_in_the_text_is_not_taken_for_a_key() -> None:
    text = SHIPPED.replace("Write as you", "longest_post = 3\n[settings]\nWrite as you")
    line = text[: text.index("longest_post = 1000")].count("\n") + 1
    (told,) = faults(signed(text.replace("longest_post = 1000", "longest_post = 9")))
    assert told.startswith(f"Line {line}:")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SHIPPED, "is not signed"),
        (signed(SHIPPED).replace("longest_post = 1000", "longest_post = 999"), "was changed after"),
        (signed(SHIPPED).replace("BEGIN PUBLIC", "BEGIN PUBLIK"), "Ed25519 public key"),
        (signed(SHIPPED).replace('signature = "', 'signature = "AA'), "was changed after"),
        (signed(SHIPPED).replace('signature = "', 'signature = "é'), "was changed after"),
        (signed(SHIPPED) + "more = 1\n", "nothing else"),
        (signed(SHIPPED) + 'more = "1"\n', "nothing else"),
        (signed(SHIPPED) + "[settings2]\n", "no key of a pack"),
    ],
)
def test_a_file_that_is_not_signed_as_it_is_is_refused(text: str, says: str) -> None:
    assert any(says in one for one in faults(text)), faults(text)


def test_nothing_can_be_added_below_the_signature() -> None:
    """Or a key that people trust would sign for words that it never saw."""
    without = SHIPPED[: SHIPPED.index("[settings]")] + SHIPPED[SHIPPED.index("[rules]") :]
    read(signed(without).encode())
    (told,) = faults(signed(without) + "\n[settings]\napproval_needed = true\n")
    assert "nothing else" in told


def test_a_file_from_a_windows_machine_is_the_same_file() -> None:
    windows = "\ufeff" + signed(SHIPPED).replace("\n", "\r\n")
    assert read(windows.encode()).guard == {}


def test_a_key_of_another_kind_is_no_key() -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).public_key()
    text = pem.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    old = signed(SHIPPED)
    start, end = old.index("-----BEGIN"), old.index('"""\nsignature')
    assert "Ed25519" in faults(old[:start] + text + old[end:])[0]


def test_too_much_is_refused_before_it_is_read() -> None:
    with pytest.raises(PackRefused, match="a pack has up to"):
        read(b"#" * (LIMIT + 1))


def test_what_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(PackRefused, match="Line 2: This is not text in UTF-8"):
        read(b"format = 1\n\xff")


TOML = st.recursive(
    st.sampled_from(["1", "-1", "1e999", "nan", "true", '"a"', '"\\u0000"', "07:32:00", '"{a|"'])
    | st.integers().map(str),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda many: f"[{', '.join(many)}]")
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)
NAMES = st.sampled_from([entry.name for entry in (*policy.rules(), *policy.guard_rules())])
TABLES = st.sampled_from(["settings", "guard", "rules", "signed", "guard.jargon", "text", "x"])


@given(st.binary(max_size=400) | st.text(string.printable, max_size=400).map(str.encode))
@example(b"a = " + b"[" * 100_000)
@example(b"a." * 9_000 + b"a = 1")
@example(b"a = 1" + b"0" * 9_000)
@example(b"[" + b" " * 19_000)
@example(b'"""' * 1_000)
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(PackRefused) as refused:
        read(data)
    assert all(fault.line >= 1 for fault in refused.value.faults)


@given(st.lists(st.tuples(TABLES, NAMES, TOML), max_size=5))
def test_no_values_do_more_than_be_refused(lines: list[tuple[str, str, str]]) -> None:
    text = "format = 1\n" + "".join(f"[{t}]\n{n} = {v}\n" for t, n, v in lines)
    with pytest.raises(PackRefused):
        read(text.encode())


@given(NAMES, TOML)
def test_one_strange_value_in_a_good_file_raises_nothing_else(name: str, value: str) -> None:
    text = SHIPPED.replace(f"\n{name} = ", f"\n{name} = {value} #", 1)
    with suppress(PackRefused):
        read(signed(text).encode())


def test_a_comparison_is_told_in_words() -> None:
    before = Policy(text="Be kind.")
    guard = replace(
        before.guard,
        severities=(("TONE.mockery", "stop"),),
        own_numbers=("0121 496 0000",),
        politics=before.guard.politics[1:],
    )
    after = replace(
        before, text="Be kind.\nBe quick.", second_person_for_pictures=True, guard=guard
    )
    told = [str(change) for group in compare(before, after) for change in group.changes]
    assert told == [
        "The text: added “Be quick.”",
        "Posts with a picture of somebody ask a second person: no → yes",
        "TONE.mockery, “This makes fun of somebody.”: asks a second person → stops the post",
        "Telephone numbers of our own: added “0121 496 0000”",
        f"Before elections: parties and politicians: removed “{before.guard.politics[0]}”",
    ]
    assert compare(before, before) == []
