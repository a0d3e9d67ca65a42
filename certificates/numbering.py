"""Certificate numbers. Pure: patterns that allot a number and know their own again.

No official numbering rule for 专项职业能力证书 was found (domain.md 2.11): the one for 职业技能等级证书 has a level in
its 16th place, and this certificate has no level. Until a rule is given out, a provisional internal number is
allotted that cannot be taken for an official one: `SP-2026-XXXX-XXXX-XXXX-C`.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certificates.errors import BadCertificateNumber

RANDOM_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
RANDOM_PLACES = 12  # 60 bits: nobody comes upon a number by trying
_CHECK_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = 36
_LOOK_ALIKES = str.maketrans("OIL", "011")
_PROVISIONAL = re.compile(rf"SP(\d{{4}})([{RANDOM_ALPHABET}]{{{RANDOM_PLACES}}})([{RANDOM_ALPHABET}])")


def check_character(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of `text` (0-9 and A-Z only)."""
    product = _MODULUS
    for char in text:
        total = (product + _CHECK_ALPHABET.index(char)) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return _CHECK_ALPHABET[(_MODULUS + 1 - product) % _MODULUS]


@dataclass(frozen=True)
class Pattern:
    """A rule for numbers. `allot` gives a fresh one for a year; `recognise` its written form, or None."""

    name: str
    is_official: bool
    allot: Callable[[int], str]
    recognise: Callable[[str], str | None]


def _allot_provisional(year: int) -> str:
    while True:
        drawn = "".join(secrets.choice(RANDOM_ALPHABET) for _ in range(RANDOM_PLACES))
        check = check_character(f"SP{year:04d}{drawn}")
        if check in RANDOM_ALPHABET:  # so that look-alikes can be folded in every place of the number
            return _written(f"{year:04d}", drawn, check)


def _recognise_provisional(compact: str) -> str | None:
    prefix, rest = compact[:2], compact[2:].translate(_LOOK_ALIKES)
    found = _PROVISIONAL.fullmatch(prefix + rest)
    if not found or check_character(f"SP{found[1]}{found[2]}") != found[3]:
        return None
    return _written(found[1], found[2], found[3])


def _written(year: str, drawn: str, check: str) -> str:
    groups = (drawn[place : place + 4] for place in range(0, RANDOM_PLACES, 4))
    return "-".join(("SP", year, *groups, check))


PROVISIONAL = Pattern("provisional", is_official=False, allot=_allot_provisional, recognise=_recognise_provisional)
PATTERNS: Sequence[Pattern] = (PROVISIONAL,)


def checked(text: str) -> str:
    """Return the number as it is written on the certificate; raises BadCertificateNumber.

    Case, spaces, dashes, full-width forms, and O for 0, I or L for 1 are forgiven: no number uses those letters.
    """
    compact = re.sub(r"[\s\-‐-―−_.]", "", unicodedata.normalize("NFKC", text)).upper()
    for pattern in PATTERNS:
        number = pattern.recognise(compact)
        if number:
            return number
    raise BadCertificateNumber
