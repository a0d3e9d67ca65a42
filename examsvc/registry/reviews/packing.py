"""What goes to the national centre: for every case its annexes 2 and 3, for every department its annex 1."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.registry.annexes import documents, packages
from examsvc.registry.annexes.packages import Entry
from examsvc.registry.cases.models import Case
from examsvc.registry.reviews.errors import AnnexesMissing


def pack(db: Session, cases: Sequence[Case], note: str, *, now: datetime) -> bytes:
    """Return the zip, the same for the same cases on the same day; raises AnnexesMissing, UnprintableText."""
    about = {"sent_on": shanghai_date(now).isoformat(), "note": note, "cases": [_about(case) for case in cases]}
    annexes = [entry for number, case in enumerate(cases, start=1) for entry in _annexes(db, number, case)]
    return packages.pack([*_summaries(cases), *annexes], about)


def _annexes(db: Session, number: int, case: Case) -> Iterable[Entry]:
    from examsvc.registry.annexes import annex2_docx, annex3_docx  # noqa: PLC0415 (they load python-docx)

    content = documents.annex3_of(db, case)
    if not content.work_tasks:
        raise AnnexesMissing(number=case.number)
    folder = f"{number:02d}-{packages.safe_name(case.scheme_name)}"
    yield Entry(f"{folder}/附件2-建议书.docx", annex2_docx.write(documents.annex2_of(db, case)))
    yield Entry(f"{folder}/附件3-主要考核内容.docx", annex3_docx.write(content))


def _summaries(cases: Sequence[Case]) -> Iterable[Entry]:
    from examsvc.registry.annexes import annex1_xlsx  # noqa: PLC0415 (loads openpyxl)

    by_batch = sorted(cases, key=lambda case: (case.recommendation_id.bytes, case.position))
    for number, (batch, group) in enumerate(groupby(by_batch, key=lambda case: case.recommendation), start=1):
        name = packages.safe_name(batch.department.name)
        yield Entry(f"附件1-{number:02d}-{name}.xlsx", annex1_xlsx.write(documents.annex1_of(batch, group)))


def _about(case: Case) -> dict[str, Any]:
    told = ("number", "scheme_name", "occupation_code", "occupation_name", "organisation_name", "credit_code")
    return {**{name: getattr(case, name) for name in told}, "expected_candidates": case.expected_candidates}
