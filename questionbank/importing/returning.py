"""The rows of a table that were not imported, given back as a workbook with the reason beside each."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from questionbank.errors import NotATable
from questionbank.importing import looking, planning, storing
from questionbank.importing.columns import TABLES
from questionbank.importing.kinds import Outcome
from questionbank.importing.looking import Report
from questionbank.importing.models import ItemImport
from questionbank.importing.opening import opened
from questionbank.interchange import reading
from questionbank.interchange.model import Format, Level, Problem
from questionbank.media import keeping
from questionbank.models import ItemBank

REASONS = {
    "knowledge_point_unknown": "题库的考核规范中没有此知识点 / the specification has no such knowledge point",
    "code_too_long": "题目编号或外部编号过长 / the code or external id is too long",
    "code_twice": "与前面某行的编号相同 / an earlier row has the same code",
    "item_frozen": "题库中此题的草稿或送审稿尚未完成 / a draft of this item is still under way",
}


def error_workbook(db: Session, import_id: UUID) -> bytes:
    """Return the workbook; raises NotFound, NotATable, FileRefused."""
    from questionbank.interchange.sheets import returning  # noqa: PLC0415 (openpyxl is loaded by who writes a workbook)

    found = get(db, ItemImport, import_id)
    if found.format not in TABLES:
        raise NotATable
    with (
        TemporaryDirectory(prefix="examsvc-import-") as folder,
        opened(found.file_name, storing.file_of(found)) as path,
    ):
        target = Path(folder) / "errors.xlsx"
        returning.return_rows(path, _problems(db, found, path), target, found.mapping)
        return target.read_bytes()


def _problems(db: Session, found: ItemImport, path: Path) -> list[Problem]:
    read = reading.read(path, Format(found.format), found.mapping)
    where = planning.places(db, get(db, ItemBank, found.bank_id), found.knowledge_point_id)
    report = Report(read.format, most_lines=sys.maxsize)  # the one that was kept may have been cut
    items = looking.made_ready(read.events, where, keeping.digest_of, report)
    for _ in looking.plans(db, found.bank_id, items, report):
        pass
    refused = [line for line in report.items if line["outcome"] == Outcome.REFUSED]
    return [
        *(Problem(one["where"], Level(one["level"]), one["code"], one["detail"]) for one in report.problems),
        *(Problem(one["where"], Level.ERROR, one["fault"], REASONS.get(one["fault"], one["fault"])) for one in refused),
    ]
