"""Our own workbook for the items of one bank."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from questionbank import browsing


def of_bank(db: Session, bank_id: UUID) -> bytes:
    """Return the empty template, with the knowledge points of the bank's specification to choose from.

    Raises NotFound.
    """
    from questionbank.interchange.sheets import template  # noqa: PLC0415 (openpyxl is loaded by who writes a workbook)

    tasks = browsing.bank(db, bank_id).specification.work_tasks
    points = [f"{task.number}.{point.number} {point.text}" for task in tasks for point in task.knowledge_points]
    with TemporaryDirectory(prefix="examsvc-template-") as folder:
        path = Path(folder) / "template.xlsx"
        template.write(path, points)
        return path.read_bytes()
