"""Reading a row of an enrolment workbook: the person, the minutes and the condition that it says. Pure."""

import re
from collections.abc import Mapping

from examsvc.delivery import identity_documents
from examsvc.delivery.enrolling import Person
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.workbooks import EMPTY, Cell, Line

MOST_EXTRA_MINUTES = 240
_NO_CONDITION = 0
"""A number that no condition has: conditions count from 1."""


class RowFault(Exception):
    """A row cannot be taken; `code` is stable like a refusal's."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def person(line: Line) -> Person:
    """Return the person as written, not checked yet; raises RowFault."""
    if "formula" in {cell.kind for cell in (line.name, line.number, line.extra, line.document, line.condition)}:
        raise RowFault("row_has_formula", "A cell holds a formula.")
    if line.number.kind == "number":  # 18 digits as a number have lost their last three
        raise RowFault("identity_number_as_number", "The identity number was entered as a number, not as text.")
    return Person(line.name.text, line.number.text, document_type=_document_type(line.document.text))


def _document_type(text: str) -> DocumentType:
    """Return the type by its name; without one it is the identity card."""
    found = _DOCUMENT_TYPES.get(text.strip().casefold())
    if found is None:
        raise RowFault("unknown_document_type", "This type of document is not accepted.")
    return found


_DOCUMENT_TYPES: Mapping[str, DocumentType] = {
    "": DocumentType.ID_CARD,
    "身份证": DocumentType.ID_CARD,
    "军官证": DocumentType.MILITARY,
    "港澳通行证": DocumentType.HONG_KONG_MACAO,
    "台胞证": DocumentType.TAIWAN,
    **{title: kind for kind, title in identity_documents.TITLES.items()},
    **{kind.casefold(): kind for kind in DocumentType},
}


def extra_minutes(line: Line) -> int:
    """Return the extra minutes, 0 without any; raises RowFault."""
    minutes = 0 if line.extra == EMPTY else _whole(line.extra)
    if minutes is None or minutes > MOST_EXTRA_MINUTES:
        raise RowFault("bad_extra_minutes", f"Extra minutes are a whole number up to {MOST_EXTRA_MINUTES}.")
    return minutes


def condition(line: Line) -> int | None:
    """Return the number of the condition of application, None where the cell is empty; of what is no number, 0."""
    return None if line.condition == EMPTY else _whole(line.condition) or _NO_CONDITION


def _whole(cell: Cell) -> int | None:
    is_whole = cell.kind != "other" and re.fullmatch(r"[0-9]{1,4}", cell.text)
    return int(cell.text) if is_whole else None
