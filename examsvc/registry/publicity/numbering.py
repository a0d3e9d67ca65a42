"""Numbers of notices, objections and filings. Pure.

No official rule for them was found (domain.md, head), so each has a pattern of its own that a rule can replace,
and what is allotted until then cannot be taken for an official number: a letter P for provisional, random places,
a check character (ISO/IEC 7064 MOD 37,36), for example `FP-2026-7KQ2-M4TC-9`.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
PLACES = 8  # 40 bits
_LOOK_ALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-‐-―−_.]")


@dataclass(frozen=True)
class Pattern:
    """A rule for numbers: `allot` gives a fresh one for a year, `recognise` its written form or None."""

    prefix: str
    is_official: bool = False

    def allot(self, year: int) -> str:
        """Return a fresh number; that it is free, the database's unique column says."""
        while True:
            body = f"{self.prefix}{year:04d}" + "".join(secrets.choice(ALPHABET) for _ in range(PLACES))
            check = mod_37_36.calc_check_digit(body)
            if check in ALPHABET:  # so that look-alikes can be folded in every place
                return self._written(body + check)

    def recognise(self, text: str) -> str | None:
        """Return the number as written; case, spaces, dashes and O for 0, I or L for 1 are forgiven."""
        compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
        start, rest = compact[: len(self.prefix)], compact[len(self.prefix) :].translate(_LOOK_ALIKES)
        is_one = start == self.prefix and re.fullmatch(rf"\d{{4}}[{ALPHABET}]{{{PLACES + 1}}}", rest)
        return self._written(start + rest) if is_one and mod_37_36.is_valid(start + rest) else None

    def _written(self, compact: str) -> str:
        year, drawn, check = compact[len(self.prefix) : -PLACES - 1], compact[-PLACES - 1 : -1], compact[-1]
        return "-".join((self.prefix, year, drawn[:4], drawn[4:], check))


NOTICE = Pattern("NP")
OBJECTION = Pattern("BP")
FILING = Pattern("FP")
