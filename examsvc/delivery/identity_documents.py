"""The documents that a person is known by (domain.md 2.3), and the form of their numbers. Pure.

Only the 公民身份号码 has a check of its own (GB 11643-1999); of the others the form is looked at.
"""

import re
from datetime import date
from enum import StrEnum

from examsvc.delivery import identity_numbers
from examsvc.delivery.errors import BadDocumentNumber, TooYoung

LEAST_AGE = 16
"""Who sits an exam is of working age: 劳动法 第十五条."""


class DocumentType(StrEnum):
    """身份证, 军人证件, 港澳居民来往内地通行证, 台湾居民来往大陆通行证, 护照."""

    ID_CARD = "ID_CARD"
    MILITARY = "MILITARY"
    HONG_KONG_MACAO = "HONG_KONG_MACAO"
    TAIWAN = "TAIWAN"
    PASSPORT = "PASSPORT"


TITLES = {
    DocumentType.ID_CARD: "居民身份证",
    DocumentType.MILITARY: "军人证件",
    DocumentType.HONG_KONG_MACAO: "港澳居民来往内地通行证",
    DocumentType.TAIWAN: "台湾居民来往大陆通行证",
    DocumentType.PASSPORT: "护照",
}
_FORMS = {
    DocumentType.MILITARY: re.compile(r"[一-鿿]{0,4}字?第?[0-9]{6,10}号?"),
    DocumentType.HONG_KONG_MACAO: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?", re.ASCII),
    DocumentType.TAIWAN: re.compile(r"[0-9]{8}(?:[0-9]{2})?", re.ASCII),
    DocumentType.PASSPORT: re.compile(r"[A-Z0-9]{6,17}", re.ASCII),
}


def checked(kind: DocumentType, number: str) -> str:
    """Return the number in its compact form; raises BadIdentityNumber, BadDocumentNumber."""
    if kind == DocumentType.ID_CARD:
        return identity_numbers.checked(number)
    compact = "".join(number.split()).upper()
    if not _FORMS[kind].fullmatch(compact):
        raise BadDocumentNumber(document=TITLES[kind])
    return compact


def index(kind: DocumentType, number: str) -> str:
    """Return the blind index by which a checked number of such a document is found."""
    return identity_numbers.index(number if kind == DocumentType.ID_CARD else f"{kind}:{number}")


def born_on(kind: DocumentType, number: str) -> date | None:
    """Return the day of birth that a checked 公民身份号码 tells; other documents' numbers tell none."""
    if kind != DocumentType.ID_CARD:
        return None
    return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")


def check_age(born: date | None, day: date) -> None:
    """Raise TooYoung unless the person is 16 on the day; where no birthday is known, the proctor looks at it."""
    if born is not None and (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < LEAST_AGE:
        raise TooYoung(least=LEAST_AGE)
