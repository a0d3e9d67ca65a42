"""Printing papers to go on with by hand: whoever is printed is on paper from that moment, or was already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, blobs, canonical, fonts, print_pictures, typesetting
from examsvc.core.clock import SHANGHAI
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling, finding, laying_out, paper_forms, responding
from examsvc.delivery.manuscripts import Manuscript
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.on_paper import prints, putting, sheet_codes
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.sheet_codes import Sheet
from examsvc.delivery.questions import PaperForm

TEMPLATES: Final = Path(__file__).parent / "templates"
_FEW_PAGES, _MOST_PAGES = 16, 256


@dataclass(frozen=True)
class Papers(Manuscript):
    """Papers that may hold formulas; a code on each page says whose it is and which."""

    tickets: Sequence[str]

    def pdf(self) -> bytes:
        """Return the papers as one PDF; raises CannotBeTypeset.

        How many pages a paper has is known once it is set: codes are made for more until they do.
        """
        typesetter = typesetting.typesetter(fonts.folders(), has_mathematics=True)
        pages = _FEW_PAGES
        while True:
            try:
                return typesetter.pdf({**self.files, **_codes(self.tickets, pages)}, stamp=self.stamp)
            except typesetting.CannotBeTypeset as error:
                if "qr-" not in str(error) or pages >= _MOST_PAGES:
                    raise
            pages *= 2


def put_on_paper(
    db: Session, exam_session_id: UUID, enrolment_ids: Sequence[UUID], *, reason: str, by: Identity, now: datetime
) -> Papers:
    """Put these candidates on paper, all or none, and return what is to be printed for them; who is already, again.

    Who printed whose paper, when and why is put on record. Raises NotFound, NotStarted, EntryClosed, SittingOver,
    and what `putting.put` raises.
    """
    people = [enrolling.enrolment_in(db, exam_session_id, one) for one in dict.fromkeys(enrolment_ids)]
    finding.all_locked(db, [one.sitting.id for one in people])  # in the one order that never deadlocks
    rows = [putting.put(db, one.sitting.id, reason=reason, by=by, now=now) for one in people]
    for row in rows:
        audit.append(db, row.audit_stream, "sitting.paper_printed", by=by, now=now, reason=reason)
    exam_session = people[0].exam_session
    tickets = [one.ticket_number for one in people]
    about = exam_session.audit_stream
    audit.append(db, about, "exam_session.papers_printed", by=by, now=now, reason=reason, tickets=tickets)
    name = people[0].ticket_number if len(people) == 1 else f"{len(people)}份"
    files = _files(db, exam_session, people, rows)
    return Papers(files, now, f"续考试卷-{exam_session.code}-{name}.pdf", tickets)


def _files(
    db: Session, exam_session: ExamSession, people: Sequence[Enrolment], rows: Sequence[OnPaper]
) -> dict[str, bytes]:
    laid_out = {one.id: laying_out.laid_out(_form(db, one), one.sitting.arrangement) for one in people}
    papers = [_paper(db, one, row, laid_out[one.id]) for one, row in zip(people, rows, strict=True)]
    told = canonical.encode({"session": _session(exam_session), "papers": papers})
    files = {"papers.json": told, "formulas.typ": (TEMPLATES / "formulas.typ").read_bytes()}
    files[typesetting.MAIN] = (TEMPLATES / "papers.typ").read_bytes()
    for digest in set().union(*(prints.digests(one) for one in laid_out.values())):
        files[f"{digest}.svg"] = print_pictures.picture_svg(blobs.get(digest))
    return files


def _codes(tickets: Iterable[str], pages: int) -> dict[str, bytes]:
    sheets = (Sheet(ticket, page) for ticket in tickets for page in range(1, pages + 1))
    return {
        f"qr-{sheet.ticket_number}-{sheet.page}.svg": print_pictures.qr_svg(sheet_codes.code(sheet)) for sheet in sheets
    }


def _form(db: Session, enrolment: Enrolment) -> PaperForm:
    return paper_forms.of_sitting(db, enrolment.sitting)


def _session(one: ExamSession) -> dict[str, Any]:
    filing = one.filing
    return {
        "code": one.code,
        "title": one.title,
        "scheme": filing.specification.scheme.name,
        "organisation": filing.organisation.name,
    }


def _paper(db: Session, enrolment: Enrolment, row: OnPaper, laid_out: Sequence[dict[str, Any]]) -> dict[str, Any]:
    sitting = enrolment.sitting
    answers = {one.item_ref: one.answer for one in responding.latest(db, sitting.id)}
    minutes, seconds = divmod(row.left_seconds, 60)
    return {
        "name": enrolment.candidate.name,
        "seat": enrolment.seat_label,
        "ticket_number": enrolment.ticket_number,
        "left": f"{minutes} 分 {seconds:02} 秒",
        "since": row.since.astimezone(SHANGHAI).strftime("%H:%M:%S"),
        "answered": sitting.answered_count,
        "count": sum(len(section["questions"]) for section in laid_out),
        "undertaking": sitting.undertaking_signed_at is None,
        "sections": prints.sections(laid_out, answers),
    }
