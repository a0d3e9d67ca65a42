"""The QR code on every page of a printed paper: whose page it is, and that this service printed it.

It holds the ticket number alone, so that a photographed page tells nothing of the person.
"""

import hmac
import re
from dataclasses import dataclass

from examsvc.core.sealing import sealer
from examsvc.delivery.on_paper.errors import ForeignSheet

PURPOSE = "paper-sheet"
CHECK_DIGITS = 16
_FORM = re.compile(rf"P1\.([0-9A-Za-z]{{1,24}})\.([1-9][0-9]{{0,3}})\.([0-9a-f]{{{CHECK_DIGITS}}})", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """A page of somebody's printed paper, counted from 1."""

    ticket_number: str
    page: int


def code(sheet: Sheet) -> str:
    """Return what the QR code says: P1.<ticket number>.<page>.<16 hexadecimal digits>."""
    return f"P1.{sheet.ticket_number}.{sheet.page}.{_check(sheet)}"


def read(text: str) -> Sheet:
    """Return the page whose code was scanned; raises ForeignSheet."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ForeignSheet
    sheet = Sheet(found[1], int(found[2]))
    if not hmac.compare_digest(found[3], _check(sheet)):
        raise ForeignSheet
    return sheet


def _check(sheet: Sheet) -> str:
    return sealer().mac(PURPOSE, f"{sheet.ticket_number}.{sheet.page}".encode())[:CHECK_DIGITS]
