"""报备 to 中国就业培训技术指导中心 (140号 三(五)): a package of a period's filings, and the record of sending it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit, blobs
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get_locked
from examsvc.core.errors import IllegalTransition
from examsvc.core.identity import Identity
from examsvc.registry import listing
from examsvc.registry.annexes import packages
from examsvc.registry.models import Filing, SchemeSpecification
from examsvc.registry.publicity.errors import NothingToReport
from examsvc.registry.publicity.models import FilingReport, ReportedFiling
from examsvc.registry.site import CHINESE
from examsvc.registry.texts import REGISTRY

NATIONAL_CENTRE = "中国就业培训技术指导中心"


def compose(db: Session, from_on: date, to_on: date, *, by: Identity, now: datetime) -> FilingReport:
    """Pack the filings whose validity began in the period, both days included; raises NothingToReport."""
    filings = _of_period(db, from_on, to_on)
    if not filings:
        raise NothingToReport(from_on=str(from_on), to_on=str(to_on))
    data = _package(filings, from_on, to_on, day=shanghai_date(now))
    report = FilingReport(
        from_on=from_on,
        to_on=to_on,
        file_name=f"备案报备-{from_on}-{to_on}.zip",
        digest=blobs.put(data),
        size_bytes=len(data),
        composed_at=now,
        lines=[ReportedFiling(filing_id=one.id, position=place) for place, one in enumerate(filings, start=1)],
    )
    db.add(report)
    db.flush()
    about = {"from_on": from_on, "to_on": to_on, "digest": report.digest, "filings": len(filings)}
    audit.append(db, report.audit_stream, "filing_report.composed", by=by, now=now, **about)
    return report


def record_sent(db: Session, report_id: UUID, note: str, *, by: Identity, now: datetime) -> FilingReport:
    """Record that the package was sent, once; `note` says how. Raises IllegalTransition, NotFound."""
    report = get_locked(db, FilingReport, report_id)
    if report.reported_at is not None:
        raise IllegalTransition(subject="filing report", current="reported", target="reported")
    report.reported_at, report.note = now, note
    audit.append(db, report.audit_stream, "filing_report.reported", by=by, now=now, note=note, digest=report.digest)
    return report


def _of_period(db: Session, from_on: date, to_on: date) -> Sequence[Filing]:
    query = select(Filing).where(Filing.valid_from_on >= from_on, Filing.valid_from_on <= to_on)
    scheme = joinedload(Filing.specification).joinedload(SchemeSpecification.scheme)
    return db.scalars(query.options(joinedload(Filing.organisation), scheme).order_by(Filing.number)).all()


def _package(filings: Sequence[Filing], from_on: date, to_on: date, *, day: date) -> bytes:
    from examsvc.registry import workbook  # noqa: PLC0415 (openpyxl is loaded by who writes a workbook)

    lines, t = [listing.entry(one, day=day) for one in filings], REGISTRY[CHINESE]
    table = workbook.of_lines(
        [{**line, "standing": t[line["standing"]]} for line in lines],
        title=t["title"],
        note=f"{from_on} — {to_on}",
        headings={name: t[name] for name in workbook.COLUMNS},
    )
    return packages.pack([packages.Entry("备案清单.xlsx", table)], _about(lines, from_on, to_on))


def _about(lines: Sequence[dict[str, Any]], from_on: date, to_on: date) -> dict[str, Any]:
    fields = ("number", "organisation", "credit_code", "scheme", "occupation_code", "valid_from_on", "valid_to_on")
    return {
        "kind": "filing-report",
        "addressee": NATIONAL_CENTRE,
        "from_on": str(from_on),
        "to_on": str(to_on),
        "filings": [{name: str(line[name]) for name in fields} for line in lines],
    }
