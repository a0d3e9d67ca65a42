"""Taking a filled 附件1 into a draft batch: every row or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.errors import Invalid, Refusal
from examsvc.core.identity import Identity
from examsvc.registry.annexes import annex1_reading, reasons
from examsvc.registry.annexes.annex1_reading import ReadAnnex1, ReadRow
from examsvc.registry.annexes.problems import Problem, Severity, worst
from examsvc.registry.cases.models import Case, Recommendation
from examsvc.registry.recommending import batches, checking, rows
from examsvc.registry.recommending.rows import RowFields

# Mended in the batch afterwards: by a proof, or by the centre naming the 小类.
MENDED_LATER = frozenset({"bad_credit_code", "occupation_unnamed"})
_ANNEXES = ("proposal", "main_content")


@dataclass(frozen=True)
class ImportedRow:
    """A row of the workbook and what became, or would become, of it: ok, warning or error."""

    row: int
    scheme_name: str
    organisation_name: str
    problems: tuple[Problem, ...]

    @property
    def state(self) -> str:
        return worst(self.problems)


@dataclass(frozen=True)
class Report:
    """`imported` counts the rows added: all or none. `error_workbook` is there when a row is wrong."""

    sheet: str
    rows: tuple[ImportedRow, ...]
    imported: int
    version: int
    error_workbook: bytes | None


def take_in(
    db: Session, recommendation_id: UUID, workbook: ReadAnnex1, *, dry_run: bool, by: Identity, now: datetime
) -> Report:
    """Add every row of the workbook to the draft batch and return the report; with a wrong row, or dry, add none.

    Raises as `batches.drafting` does.
    """
    batch = batches.drafting(db, recommendation_id, by=by)
    with db.begin_nested() as attempt:
        added = [_add(db, recommendation_id, row, by=by, now=now) for row in workbook.rows]
        found = _judged(db, batch, workbook.rows, added)
        is_wrong = any(row.state == Severity.ERROR for row in found)
        if dry_run or is_wrong:
            attempt.rollback()
    imported = 0 if dry_run or is_wrong else len(found)
    db.refresh(batch)
    return Report(
        workbook.sheet, found, imported, batch.version, _error_workbook(workbook, found) if is_wrong else None
    )


def _add(db: Session, recommendation_id: UUID, row: ReadRow, *, by: Identity, now: datetime) -> Case | Problem | None:
    """Return the row's case, or why it was refused, or None when it was wrong before."""
    if row.fields is None:
        return None
    try:
        with db.begin_nested():
            return rows.add_row(db, recommendation_id, _fields(row), by=by, now=now)
    except Refusal as refusal:
        return Problem(refusal.code, _field_of(refusal), reasons.told(refusal.code, str(refusal)))


def _fields(row: ReadRow) -> RowFields:
    said = row.fields
    assert said is not None  # noqa: S101 (asked before)
    return RowFields(
        said.occupation_code,
        said.scheme_name,
        said.industries,
        said.organisation_name,
        said.credit_code,
        said.expected_candidates,
        said.reason,
    )


def _field_of(refusal: Refusal) -> str:
    if isinstance(refusal, Invalid):
        return next(iter(refusal.extra.get("errors", {})), "")
    return str(refusal.extra.get("field") or refusal.extra.get("where") or "")


def _judged(
    db: Session, batch: Recommendation, read: Iterable[ReadRow], added: Iterable[Case | Problem | None]
) -> tuple[ImportedRow, ...]:
    """Return the rows with the problems of reading, of adding, and of the batch's own checks."""
    checked = {row.case.id: row for row in checking.rows(db, batch)}
    return tuple(_judge(row, outcome, checked) for row, outcome in zip(read, added, strict=True))


def _judge(row: ReadRow, outcome: Case | Problem | None, checked: Mapping[UUID, checking.CheckedRow]) -> ImportedRow:
    problems = list(row.problems)
    if isinstance(outcome, Problem):
        problems.append(outcome)
    elif outcome is not None:
        problems += _checked(checked[outcome.id])
        problems += _doubts(row, outcome)
    name, organisation = row.texts["scheme_name"], row.texts["organisation"]
    return ImportedRow(row.row, name, organisation, tuple(problems))


def _checked(row: checking.CheckedRow) -> Iterable[Problem]:
    """Yield what the batch's checks say of the row itself; its annexes 2 and 3 are written later."""
    for found in row.problems:
        if not found.field.startswith(_ANNEXES):
            is_error = found.is_error and found.code not in MENDED_LATER
            severity = Severity.ERROR if is_error else Severity.WARNING
            yield Problem(found.code, found.field, reasons.told(found.code, found.detail), severity)


def _doubts(row: ReadRow, case: Case) -> Iterable[Problem]:
    """Yield a warning when the cell names the 小类 otherwise than the dictionary (H05)."""
    said = row.fields.occupation_name if row.fields else ""
    if said and case.occupation_name and said != case.occupation_name:
        told = f"所属领域：大典中 {case.occupation_code} 的名称是“{case.occupation_name}”"
        doubt = Problem("occupation_name_differs", "occupation_code", told)
        yield replace(doubt, severity=Severity.WARNING)


def _error_workbook(workbook: ReadAnnex1, found: Iterable[ImportedRow]) -> bytes:
    """Return the uploaded rows with the column 错误原因."""
    from examsvc.registry.annexes import annex1_xlsx  # noqa: PLC0415 (openpyxl is loaded by who writes a workbook)

    reasons_of = ("\n".join(problem.detail for problem in row.problems) for row in found)
    cells = (annex1_reading.cells(row) for row in workbook.rows)
    return annex1_xlsx.with_reasons(zip(cells, reasons_of, strict=True))
