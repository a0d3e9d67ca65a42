import re
import secrets
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import numbering
from certificates.errors import BadCertificateNumber
from certificates.numbering import PROVISIONAL, RANDOM_ALPHABET, checked

OFFICIAL = re.compile(r"[A-Z]{1,2}\d{20,21}")  # 职业技能等级证书, 22 characters (domain.md 2.11)


@pytest.mark.parametrize(
    ("text", "check"),
    [  # genuine 证照标识, domain.md 2.12: four parts joined without dots
        ("11100000000013338W01111430000006122244L20230000403001", "U"),
        ("11100000MB03271699022340100000000016001", "9"),
    ],
)
def test_the_check_character_is_iso_7064_mod_37_36(text: str, check: str) -> None:
    assert numbering.check_character(text) == check


@settings(deadline=None, max_examples=60)
@given(st.integers(2025, 2999))
def test_a_number_never_looks_official_and_is_known_again(year: int) -> None:
    number = PROVISIONAL.allot(year)
    compact = number.replace("-", "")
    assert checked(number) == checked(compact) == checked(compact.lower()) == number
    assert len(compact) not in (13, 16, 18, 22)  # old numbers, credit code and identity number, official number
    assert not OFFICIAL.fullmatch(compact)
    assert not PROVISIONAL.is_official


@settings(deadline=None, max_examples=150)
@given(st.integers(6, 18), st.integers(1, 31))
def test_every_single_wrong_character_is_found(place: int, step: int) -> None:
    compact = PROVISIONAL.allot(2026).replace("-", "")
    other = RANDOM_ALPHABET[(RANDOM_ALPHABET.index(compact[place]) + step) % len(RANDOM_ALPHABET)]
    with pytest.raises(BadCertificateNumber):
        checked(compact[:place] + other + compact[place + 1 :])


def test_nearly_all_neighbours_that_changed_places_are_found() -> None:
    swaps = found = 0
    for compact in (PROVISIONAL.allot(2026).replace("-", "") for _ in range(60)):
        for place in range(6, 17):
            swapped = compact[:place] + compact[place + 1] + compact[place] + compact[place + 2 :]
            swaps += swapped != compact
            found += swapped != compact and PROVISIONAL.recognise(swapped) is None
    assert found > 0.9 * swaps


def test_what_people_type_is_understood() -> None:
    number = _number_with("01")
    loose = number.replace("0", "o").replace("1", "l").lower().replace("sp-2o26", "sp-2026").replace("-", " – ")
    assert checked(f"  {loose}  ") == number
    assert checked(number.translate({ord(char): ord(char) + 0xFEE0 for char in number})) == number


def _number_with(characters: str) -> str:
    while True:
        number = PROVISIONAL.allot(2026)
        if set(characters) <= set(number[8:]):
            return number


@pytest.mark.parametrize("text", ["", "SP", "Y000123XXXXXX195000001", "SP-2026-0000-0000-0000", "１", "𬎆" * 19])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadCertificateNumber):
        checked(text)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    with suppress(BadCertificateNumber):
        assert checked(text) == text


def test_numbers_cannot_be_guessed() -> None:
    assert len({PROVISIONAL.allot(2026) for _ in range(500)}) == 500
    assert numbering.RANDOM_PLACES * 5 >= 50  # bits
    assert numbering.secrets is secrets
