"""Whatever is done to the record, the first entry concerned is named."""

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hue.audit import chain, verify_alone
from hue.audit.models import Entry
from hue.audit.seal import head
from hue.audit.verify import verify
from hue.audit.verify_alone import Head, Tampered, check
from hue.lib import signing
from tests.cast import NOON

BY_SUPERUSER = {
    "changed words": (5, "UPDATE audit_entry SET by_name = 'PC Other' WHERE id = {5}"),
    "changed data": (5, "UPDATE audit_entry SET data = '{{}}' WHERE id = {5}"),
    "changed time": (6, "UPDATE audit_entry SET at = at + interval '1 hour' WHERE id = {6}"),
    "changed personal": (4, "UPDATE audit_entry SET personal = '' WHERE id = {4}"),
    "another key": (4, "UPDATE audit_entry SET key_id = 'x' WHERE id = {4}"),
    "changed time of sealing": (
        6,
        "UPDATE audit_seal SET sealed_at = sealed_at + interval '1 day' WHERE number = 6",
    ),
    "changed digest": (6, "UPDATE audit_seal SET digest = repeat('0', 64) WHERE number = 6"),
    "changed signature": (7, "UPDATE audit_seal SET signature = 'x' WHERE number = 7"),
    "removed": (
        5,
        "DELETE FROM audit_seal WHERE number = 5; DELETE FROM audit_entry WHERE id = {5}",
    ),
    "removed seal": (2, "DELETE FROM audit_seal WHERE number = 2"),
    "removed first": (1, "DELETE FROM audit_seal WHERE number = 1"),
    "exchanged": (
        2,
        "UPDATE audit_seal SET entry_id = -1 - number WHERE number IN (2, 8);"
        "UPDATE audit_seal SET entry_id = {8} WHERE number = 2;"
        "UPDATE audit_seal SET entry_id = {2} WHERE number = 8",
    ),
    "renumbered": (
        5,
        "DELETE FROM audit_seal WHERE number = 5;"
        "UPDATE audit_seal SET number = number - 1 WHERE number = 6;"
        "UPDATE audit_seal SET number = number - 1 WHERE number = 7",
    ),
    "cut off in a batch": (9, "DELETE FROM audit_seal WHERE number > 8"),
    "cut off at a batch": (8, "DELETE FROM audit_seal WHERE number > 7"),
    "emptied": (1, "DELETE FROM audit_seal"),
}


@pytest.mark.parametrize("way", BY_SUPERUSER)
def test_what_a_superuser_does_is_found(
    way: str, ten_sealed: list[Entry], superuser: psycopg.Connection[Any]
) -> None:
    kept = Head(*head())
    first, commands = BY_SUPERUSER[way]
    ids = [0, *(entry.pk for entry in ten_sealed)]
    superuser.execute("ALTER TABLE audit_seal DROP CONSTRAINT IF EXISTS audit_seal_entry_id_key")
    superuser.execute("SET session_replication_role = replica")  # foreign keys sleep
    for command in commands.format(*ids).split(";"):
        superuser.execute(command)
    with pytest.raises(Tampered) as found:
        verify(at=NOON, head=kept)
    assert found.value.number == first


def test_the_command_names_the_entry_and_fails(
    ten_sealed: list[Entry], superuser: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_record")
    assert "All 10 sealed entries are as they were." in capsys.readouterr().out
    superuser.execute("UPDATE audit_entry SET kind = 'other' WHERE id = %s", [ten_sealed[2].pk])
    with pytest.raises(CommandError, match=r"^Entry 3: it is not what was sealed"):
        call_command("verify_record")


@pytest.fixture
def lines(ten_sealed: list[Entry]) -> list[dict[str, Any]]:
    return list(chain.lines())


def _rebuilt(lines: list[dict[str, Any]], start: int) -> list[dict[str, Any]]:
    """By somebody who knows how digests are made, and has no key."""
    previous = lines[start - 2]["digest"] if start > 1 else chain.GENESIS
    for number, line in enumerate(lines[start - 1 :], start):
        inside = {**json.loads(line["sealed"]), "number": number}
        line.update(number=number, previous=previous, sealed=chain.canonical(inside))
        line["digest"] = previous = chain.digest_of(previous, line["sealed"])
    return lines


def test_a_chain_built_anew_without_the_key_is_found_from_its_first_batch(
    lines: list[dict[str, Any]],
) -> None:
    del lines[4]
    with pytest.raises(Tampered, match="built anew") as found:
        check(_rebuilt(lines, 5), pem=signing.public_pem())
    assert found.value.number == 4  # the first that the wrong signature should stand for


def test_a_chain_built_anew_with_the_key_does_not_match_the_public_index(
    lines: list[dict[str, Any]],
) -> None:
    kept = Head(lines[-1]["number"], lines[-1]["digest"])
    lines[4]["sealed"] = lines[4]["sealed"].replace("thing 5", "thing 55")
    rebuilt = _rebuilt(lines, 5)
    for line in rebuilt:
        line["signature"] = line["signature"] and signing.sign(line["digest"].encode())
    check(copy.deepcopy(rebuilt), pem=signing.public_pem())
    with pytest.raises(Tampered, match="not the one that the public index knew"):
        check(rebuilt, pem=signing.public_pem(), head=kept)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_change_of_an_exported_record_is_found_at_the_right_entry(
    lines: list[dict[str, Any]], data: st.DataObject
) -> None:
    kept = Head(lines[-1]["number"], lines[-1]["digest"])
    tampered, first = copy.deepcopy(lines), data.draw(st.integers(0, 9))
    way = data.draw(st.sampled_from(["change", "remove", "move", "repeat", "cut"]))
    if way == "change":
        field = data.draw(st.sampled_from(["sealed", "digest", "previous"]))
        _one_character(tampered[first], field, data)
    elif way == "remove":
        del tampered[first]
    elif way == "repeat":
        tampered.insert(first, tampered[data.draw(st.integers(0, 9))])
        # The repeated line may be the one due here: then the next place is the wrong one.
        first += tampered[first] == lines[first]
    elif way == "cut":
        del tampered[first:]
    else:
        other = data.draw(st.integers(0, 9).filter(lambda place: place != first))
        tampered.insert(other, tampered.pop(first))
        first = min(first, other)
    with pytest.raises(Tampered) as found:
        check(tampered, pem=signing.public_pem(), head=kept)
    assert found.value.number == first + 1


def _one_character(line: dict[str, Any], field: str, data: st.DataObject) -> None:
    text = line[field]
    # Inside a value, so that the text stays JSON.
    places = [match.start() for match in re.finditer(r"[0-9a-z]", text)]
    place = data.draw(st.sampled_from(places))
    line[field] = f"{text[:place]}{'1' if text[place] != '1' else '2'}{text[place + 1 :]}"


def test_the_verifier_alone_needs_nothing_of_ours(
    lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    record, key, index = (tmp_path / name for name in ("record.jsonl", "key.pem", "index.json"))
    call_command("export", record=str(record))
    key.write_text(signing.public_pem())
    told = {"record": {"number": 10, "digest": lines[-1]["digest"]}}
    signature = signing.sign(chain.canonical(told).encode())
    index.write_text(json.dumps({"index": told, "signature": signature}))
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(verify_alone.__file__).read_bytes())
    # -I and -S: no package of ours, none of anybody's.
    call = [sys.executable, "-I", "-S", str(alone), str(record), "--key", str(key)]
    fine = subprocess.run(
        [*call, "--head", str(index)], capture_output=True, text=True, check=False
    )
    assert fine.stdout.startswith("All 10 sealed entries are as they were;"), fine.stderr
    record.write_text(record.read_text().replace("thing 6", "thing 7"))
    wrong = subprocess.run(call, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert wrong.stdout.startswith("Entry 6: it is not what was sealed")
    index.write_text(json.dumps({"index": {**told, "pages": 1}, "signature": signature}))
    forged = subprocess.run(
        [*call, "--head", str(index)], capture_output=True, text=True, check=False
    )
    assert "is not signed with this key" in forged.stdout


def test_both_ways_of_checking_a_signature_agree() -> None:
    key, message = verify_alone.public_key(signing.public_pem()), b"a digest"
    made = verify_alone.base64.b64decode(signing.sign(message))
    for signature in (made, made[::-1], bytes(64), made[:32] + bytes(32)):
        plain = verify_alone.plain_ed25519(key, signature, message)
        assert plain == verify_alone._ed25519(key, signature, message)
        assert plain == (signature == made)
    assert not verify_alone.plain_ed25519(key, made, b"another")


@pytest.mark.parametrize("broken", ["{}", "42", "[]", '{"number": 5}', "without previous"])
def test_a_line_that_is_not_whole_is_named(lines: list[dict[str, Any]], broken: str) -> None:
    tampered: list[Any] = copy.deepcopy(lines)
    if broken == "without previous":
        del tampered[4]["previous"]
    else:
        tampered[4] = json.loads(broken)
    with pytest.raises(Tampered, match="Entry 5: its line is not whole"):
        check(tampered, pem=signing.public_pem())
