"""Numbers in any form that people give them."""

import string

from hypothesis import given
from hypothesis import strategies as st

from hue.guard import check, digits, plain
from hue.guard.rules.personal_data.postcode import AREAS

GAPS = st.sampled_from(["", " ", "-", ".", " - "])


def _kinds(text: str) -> set[str]:
    return {finding.rule for finding in check.check(plain.draft(text, {})).findings}


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=string.digits, min_size=count, max_size=count)


def _luhn_digit(number: str) -> str:
    return next(last for last in string.digits if digits.luhn(number + last))


def _in_groups(number: str, sizes: tuple[int, ...], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return gap.join(part for part in (*parts, number[at:]) if part)


@given(_digits(9), GAPS, st.sampled_from(["0", "+44 ", "0044 ", "+44 (0)", "(0)"]))
def test_every_mobile_number_is_found(rest: str, gap: str, lead: str) -> None:
    assert "DATA.phone" in _kinds(f"Ring {lead}{_in_groups('7' + rest, (4, 3), gap)} now")


@given(st.sampled_from(["121", "20", "161", "1204", "1902"]), _digits(8), GAPS)
def test_every_landline_is_found(area: str, rest: str, gap: str) -> None:
    number = (area + rest)[:10]
    assert "DATA.phone" in _kinds(f"Ring 0{_in_groups(number, (len(area), 3), gap)} now")


@given(st.sampled_from(["4", "51", "55", "2221", "65"]), _digits(15), GAPS)
def test_every_bank_card_is_found(begin: str, rest: str, gap: str) -> None:
    number = (begin + rest)[:15]
    number += _luhn_digit(number)
    assert "DATA.bank_card" in _kinds(f"Card {_in_groups(number, (4, 4, 4), gap)} found")


@given(_digits(15))
def test_sixteen_digits_that_keep_no_sum_are_no_card(number: str) -> None:
    wrong = "4" + number[:14]
    last = str((int(_luhn_digit(wrong)) + 1) % 10)
    assert "DATA.bank_card" not in _kinds(f"Order {wrong}{last} is ready")


@given(_digits(12), GAPS)
def test_every_imei_is_found(rest: str, gap: str) -> None:
    number = "35" + rest
    number += _luhn_digit(number)
    assert "DATA.imei" in _kinds(f"Phone {_in_groups(number, (2, 6, 6), gap)} found")


@given(_digits(9))
def test_every_nhs_number_is_found_and_no_other(rest: str) -> None:
    rest = "9" + rest[1:]
    right = next((last for last in string.digits if digits.nhs(rest + last)), None)
    for last in string.digits:
        number = _in_groups(rest + last, (3, 3), " ")
        assert ("DATA.nhs_number" in _kinds(f"Wristband {number}.")) == (last == right)


@given(
    st.text(alphabet="ABCEHJKLMPRSTWXY", min_size=2, max_size=2).filter(lambda two: two != "TN"),
    _digits(6),
    st.sampled_from("ABCD"),
    GAPS,
)
def test_every_ni_number_is_found(begin: str, number: str, last: str, gap: str) -> None:
    gap = gap.strip() or gap
    assert "DATA.ni_number" in _kinds(
        f"Letter to {_in_groups(begin + number + last, (2, 2, 2, 2), gap)}"
    )


@given(
    st.sampled_from(sorted(AREAS)),
    st.integers(1, 99),
    st.integers(0, 9),
    st.text(alphabet="ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
    st.sampled_from([" ", "", "-"]),
)
def test_every_postcode_is_found(
    area: str, district: int, sector: int, unit: str, gap: str
) -> None:
    assert "DATA.postcode" in _kinds(f"Found near {area}{district}{gap}{sector}{unit}.")


LETTERS = st.text(alphabet="BCDEFGHKLNPRSVWX", min_size=3, max_size=3)


@given(LETTERS, LETTERS, st.integers(2, 89), st.sampled_from(["", " "]))
def test_every_mark_since_2001_is_found(begin: str, end: str, year: int, gap: str) -> None:
    assert "DATA.vehicle" in _kinds(f"The van was {begin[:2]}{year:02}{gap}{end}.")


@given(
    LETTERS, st.sampled_from("CDEFGHJKLNPRSVWX"), st.integers(1, 999), st.sampled_from(["", " "])
)
def test_every_mark_from_1963_to_2001_is_found(end: str, year: str, number: int, gap: str) -> None:
    assert "DATA.vehicle" in _kinds(f"The van was {year}{number}{gap}{end}.")
    assert "DATA.vehicle" in _kinds(f"The van was {end}{gap}{number}{year}.")


@given(LETTERS, st.integers(100, 999), st.sampled_from(["", " "]), st.booleans())
def test_every_mark_from_1932_to_1963_is_found(
    letters: str, number: int, gap: str, turned: bool
) -> None:
    parts = [str(number), letters] if turned else [letters, str(number)]
    assert "DATA.vehicle" in _kinds(f"Registration {gap.join(parts)} was taken.")


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1930, 2025), st.sampled_from("/-. "))
def test_a_date_is_personal_only_where_it_is_a_birth(
    day: int, month: int, year: int, gap: str
) -> None:
    date = f"{day:02}{gap}{month:02}{gap}{year}"
    assert "DATA.date_of_birth" in _kinds(f"Sam was born on {date}.")
    assert _kinds(f"The court sits on {date} at 10am.") == set()


@given(st.integers(1, 99_999), st.integers(1, 31), st.integers(1, 12))
def test_references_are_no_personal_data(number: int, day: int, month: int) -> None:
    for text in (
        f"Quote log {number} of {day}/{month}/2026.",
        f"Crime reference 20/{number}/26.",
        f"Crime reference 20DY/{number}E/26.",
        f"PC {number} was on the A{number % 6000 or 1} at {day % 24:02}:{month:02}.",
    ):
        assert not {kind for kind in _kinds(text) if kind.startswith("DATA")}, text
