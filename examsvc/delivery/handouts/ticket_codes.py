"""The QR code of an admission ticket: a ticket number that only this service can have printed.

It holds nothing of the person, so that a photographed ticket tells no identity number; the check tells at the door,
without a look at the database, that a code was made up.
"""

import hmac
import re

from examsvc.core.sealing import sealer
from examsvc.delivery.errors import BadTicketCode

PURPOSE = "admission-ticket"
CHECK_DIGITS = 16
_FORM = re.compile(rf"T1\.([0-9A-Za-z]{{1,24}})\.([0-9a-f]{{{CHECK_DIGITS}}})", re.ASCII)


def code(ticket_number: str) -> str:
    """Return what the QR code of the ticket says: T1.<ticket number>.<16 hexadecimal digits>."""
    return f"T1.{ticket_number}.{_check(ticket_number)}"


def read(text: str) -> str:
    """Return the ticket number in a scanned code; raises BadTicketCode."""
    found = _FORM.fullmatch(text.strip())
    if found is None or not hmac.compare_digest(found[2], _check(found[1])):
        raise BadTicketCode
    return found[1]


def _check(ticket_number: str) -> str:
    return sealer().mac(PURPOSE, ticket_number.encode())[:CHECK_DIGITS]
