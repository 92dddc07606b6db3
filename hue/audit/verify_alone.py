#!/usr/bin/env python3
"""Checks an exported record. This one file and Python 3.10 or newer are all it needs.

    python3 verify_alone.py RECORD.jsonl --key signing-key.pem [--head index.json]

RECORD.jsonl   one sealed entry a line, as `hue export --record` writes it
signing-key.pem  the force's public key, from /signing-key.pem of its site
index.json     the force's signed public index, as anybody may have kept a copy of it: only with
               it does a tail that was cut off show, since what is left of a chain is a chain

Each entry's digest is SHA-256 over the digest before it and the entry's own text; some digests
carry an Ed25519 signature, the last one always. The exit code is 0 when all of it holds.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

GENESIS = "0" * 64
Line = dict[str, Any]


class Tampered(Exception):
    """`number` is the first entry concerned; the message says what happened to it."""

    def __init__(self, number: int, says: str) -> None:
        super().__init__(f"Entry {number}: {says}")
        self.number = number


class Head(NamedTuple):
    number: int
    digest: str


class Verdict(NamedTuple):
    sealed: int
    head: Head
    unsealed: list[Line]


class Walk:
    """Goes along the chain, one line after the other."""

    def __init__(self, pem: str, kept: Head | None) -> None:
        self.key, self.kept = public_key(pem), kept
        self.head, self.signed = Head(0, GENESIS), 0
        # The first signature that is not ours, and the first entry that it was to stand for.
        self.doubted: Head | None = None
        self.doubted_from = 0

    def step(self, line: Line) -> None:
        self._placed(line)
        number, digest = line["number"], line["digest"]
        if hash_of(self.head.digest, line["sealed"]) != digest:
            raise self._first(number, "it is not what was sealed: its words or facts were changed.")
        if number_in(line["sealed"]) != number:
            raise self._first(number, "it was sealed under another number: put in another order.")
        self.head = Head(number, digest)
        self._compare()
        if line["signature"]:
            self._signature(line["signature"])

    def end(self) -> None:
        if self.doubted:
            raise self._rebuilt()
        last = self.head.number
        if self.signed != last:
            raise Tampered(
                last + 1,
                f"the record was cut off: entry {last} is the last one and carries no signature, "
                "though the last one of every batch does.",
            )
        if self.kept and self.kept.number > last:
            raise Tampered(
                last + 1,
                f"the record was cut off: it ends at entry {last}, and the public index knew of "
                f"entry {self.kept.number}.",
            )

    def _placed(self, line: Line) -> None:
        due, number = self.head.number + 1, line["number"]
        if number != due:
            raise self._first(due, f"it is missing here; entry {number} stands in its place.")
        if line["previous"] != self.head.digest:
            raise self._first(
                due, f"it does not follow on entry {due - 1}: removed, put in, or in another order."
            )

    def _compare(self) -> None:
        if self.kept and self.head.number == self.kept.number and self.head != self.kept:
            raise self._first(
                self.signed + 1,
                f"from here to entry {self.kept.number} the record is not the one that the public "
                "index knew.",
            )

    def _signature(self, signature: str) -> None:
        if verifies(self.key, signature, self.head.digest.encode()):
            if self.doubted:
                raise Tampered(
                    self.doubted.number, "its signature was changed; the entry itself was not."
                )
            self.signed = self.head.number
        elif not self.doubted:
            self.doubted, self.doubted_from = self.head, self.signed + 1

    def _first(self, number: int, says: str) -> Tampered:
        """What was found earlier and left in doubt comes first."""
        return self._rebuilt() if self.doubted else Tampered(number, says)

    def _rebuilt(self) -> Tampered:
        assert self.doubted
        return Tampered(
            self.doubted_from,
            f"from here on the chain was built anew: entry {self.doubted.number} carries a "
            "signature that this key did not make.",
        )


def check(lines: Iterable[Line], *, pem: str, head: Head | None = None) -> Verdict:
    """Raises Tampered for the first entry that is not what it was."""
    walk, unsealed = Walk(pem, head), []
    for line in lines:
        if not is_whole(line):
            raise Tampered(walk.head.number + 1, "its line is not whole: a field is missing.")
        if line["number"] is None:
            unsealed.append(line)
        else:
            walk.step(line)
    walk.end()
    return Verdict(walk.head.number, walk.head, unsealed)


def is_whole(line: Any) -> bool:
    """Whether it has what an entry of ours has, whatever stands in it."""
    if not isinstance(line, dict) or "number" not in line:
        return False
    words = [line.get(name) for name in ("previous", "sealed", "digest")]
    return line["number"] is None or (
        "signature" in line and all(isinstance(word, str) for word in words)
    )


def number_in(text: str) -> Any:
    try:
        return json.loads(text)["number"]
    except (ValueError, KeyError, TypeError):
        return None


def hash_of(previous: str, text: str) -> str:
    return hashlib.sha256((previous + text).encode()).hexdigest()


def public_key(pem: str) -> bytes:
    """The 32 bytes of an Ed25519 key at the end of its PEM."""
    body = "".join(line for line in pem.split("\n") if line and not line.startswith("-----"))
    raw = base64.b64decode(body)
    if len(raw) != 44 or raw[4:9] != bytes.fromhex("06032b6570"):
        raise ValueError("This is no Ed25519 public key in PEM.")
    return raw[-32:]


def verifies(key: bytes, signature: str, message: bytes) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    return len(raw) == 64 and _ed25519(key, raw, message)


# Ed25519 as in RFC 8032, section 5.1: slow (some milliseconds) and with nothing to install.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def plain_ed25519(key: bytes, signature: bytes, message: bytes) -> bool:
    at, made = _point(key), _point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if at is None or made is None or factor >= ORDER:
        return False
    told = hashlib.sha512(signature[:32] + key + message).digest()
    left = _times(factor, BASE)
    right = _add(made, _times(int.from_bytes(told, "little") % ORDER, at))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P
        or (left[1] * right[2] - right[1] * left[2]) % P
    )


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _point(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_base = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _base is not None
BASE: Point = _base

try:  # some forty times as fast, where it is installed
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    _ed25519 = plain_ed25519
else:

    def _ed25519(key: bytes, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_lines(file: str) -> Iterable[Line]:
    with open(file, encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            try:
                yield json.loads(line)
            except ValueError:
                raise SystemExit(f"Line {number} of {file} is not whole.") from None


def read_head(file: str, pem: str) -> Head:
    """The record's head from a copy of the public index, if that is signed with the key."""
    with open(file, encoding="utf-8") as handle:
        signed = json.load(handle)
    index = signed["index"]
    text = json.dumps(index, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if not verifies(public_key(pem), signed["signature"], text.encode()):
        raise ValueError(f"{file} is not signed with this key.")
    return Head(int(index["record"]["number"]), str(index["record"]["digest"]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an exported record.")
    parser.add_argument("record", help="the exported record, one entry a line")
    parser.add_argument("--key", required=True, help="the force's public key (PEM)")
    parser.add_argument("--head", help="a kept copy of the public index (index.json)")
    given = parser.parse_args()
    with open(given.key, encoding="ascii") as handle:
        pem = handle.read()
    try:
        head = read_head(given.head, pem) if given.head else None
        verdict = check(read_lines(given.record), pem=pem, head=head)
    except (Tampered, ValueError) as wrong:
        print(wrong)
        return 1
    print(
        f"All {verdict.sealed} sealed entries are as they were; the head is {verdict.head.digest}."
    )
    if verdict.unsealed:
        print(f"{len(verdict.unsealed)} entries had no seal yet when this was exported.")
    if head is None:
        print(
            "Without the public index (--head) nobody can see whether later entries were cut off."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
