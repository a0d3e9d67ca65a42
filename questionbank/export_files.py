"""Files that a bank goes out in: written to a place of their own and handed over as bytes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.identity import Identity
from questionbank import exporting
from questionbank.interchange.model import Format, Level, Problem
from questionbank.models import ItemBank

MOST_LINES = 500
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = ("zip", "application/zip")
_KINDS = {
    Format.XLSX: ("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    Format.CSV: ("csv", "text/csv; charset=utf-8"),
    Format.DOCX: ("docx", f"{_OFFICE}wordprocessingml.document"),
    Format.AIKEN: ("txt", "text/plain; charset=utf-8"),
    Format.GIFT: ("txt", "text/plain; charset=utf-8"),
    Format.MOODLE_XML: ("xml", "application/xml"),
    Format.QTI21: _ZIP,
    Format.QTI22: _ZIP,
    Format.QTI3: _ZIP,
}


@dataclass(frozen=True)
class BankFile:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Losses:
    """What a format cannot carry: the first MOST_LINES problems, and how many items are left out or reduced."""

    items: list[Problem]
    count: int
    left_out: int
    reduced: int


def take_out(db: Session, bank_id: UUID, into: Format, *, by: Identity, now: datetime) -> BankFile:
    """Return the bank's items as a file of the format; raises what `exporting.take_out` raises."""
    ending, media_type = _KINDS[into]
    with TemporaryDirectory(prefix="examsvc-export-") as folder:
        path = Path(folder) / f"bank.{ending}"
        exporting.take_out(db, bank_id, into, path, by=by, now=now)
        name = get(db, ItemBank, bank_id).name.replace("/", "-")
        return BankFile(f"{name}.{ending}", media_type, path.read_bytes())


def losses(db: Session, bank_id: UUID, into: Format) -> Losses:
    """Return what the format cannot carry of the bank; nothing goes out. Raises NotFound."""
    with TemporaryDirectory(prefix="examsvc-export-") as folder:
        told = exporting.carried(db, bank_id, into, Path(folder) / "bank")
    out = {one.where for one in told if one.level is Level.ERROR}
    return Losses(told[:MOST_LINES], len(told), len(out), len({one.where for one in told} - out))
