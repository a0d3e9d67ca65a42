"""公民身份号码 (GB 11643-1999): checked on the way in, sealed at rest, masked on the way out."""

import hmac
import re
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

from examsvc.core.sealing import sealer
from examsvc.delivery.errors import BadIdentityNumber

PURPOSE = "identity-number"
LAST_DIGITS = 6
_LEAST_MASKABLE = 8
_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)


def checked(number: str) -> str:
    """Return the number in its compact form; raises BadIdentityNumber.

    The six digits of the region are not looked up: published tables lack districts that exist (310112 闵行区)
    and districts that existed when the number was given.
    """
    compact = number.strip().upper()
    if not _FORM.fullmatch(compact):
        raise BadIdentityNumber
    try:
        date.fromisoformat(f"{compact[6:10]}-{compact[10:12]}-{compact[12:14]}")
        return str(mod_11_2.validate(compact))
    except (ValueError, ValidationError) as error:
        raise BadIdentityNumber from error


def seal(number: str) -> bytes:
    """Return the number encrypted for storage."""
    return sealer().seal(PURPOSE, number)


def unseal(sealed: bytes) -> str:
    """Return the number in clear; for check-in and certificates only."""
    return sealer().unseal(PURPOSE, sealed)


def index(number: str) -> str:
    """Return the blind index by which a checked number is found."""
    return sealer().blind_index(PURPOSE, number)


def masked(number: str) -> str:
    """Return the number with all but the first three and the last character hidden; a short one wholly."""
    if len(number) < _LEAST_MASKABLE:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 4) + number[-1]


def ends_with(sealed: bytes, digits: str) -> bool:
    """Return whether the sealed number's last six characters are `digits`, in constant time."""
    return hmac.compare_digest(unseal(sealed)[-LAST_DIGITS:].encode(), digits.strip().upper().encode())
