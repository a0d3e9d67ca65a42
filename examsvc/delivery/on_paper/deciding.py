"""Deciding what double entry left open: a third person, with the sheet at hand, all of it at once.

An office of two people has no third: there, and only there, one of them decides.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery.on_paper import double_entry, storing, typing_in
from examsvc.delivery.on_paper.double_entry import Copy, Difference, Times
from examsvc.delivery.on_paper.errors import DecidedByTypist, DecisionIncomplete
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.on_paper.typing_in import Comparison
from examsvc.delivery.questions import PaperForm


def decide(
    db: Session,
    sitting_id: UUID,
    decided: Mapping[str, Any],
    times: Times | None,
    *,
    by: Identity,
    now: datetime,
) -> OnPaper:
    """Decide every open difference with the sheet at hand, store the answers, and return how it stands.

    Once stored, a repeat changes nothing. Raises NotFound, NotOnPaper, SittingOver, DecisionIncomplete,
    UnknownQuestion, BadAnswer, PaperTimesUnlawful; DecidedByTypist while anybody of the office did not type the sheet.
    """
    sitting, row = typing_in.locked(db, sitting_id)
    if row.state == PaperState.STORED:
        return row
    found = typing_in.compared(db, sitting, row, now=now)
    _check_third(db, sitting_id, by)
    typing_in.check(found.form, decided, all_of=False)
    needed = found.differences.refs
    if decided.keys() != needed or (times is not None) != found.differences.times:
        raise DecisionIncomplete(open=sorted(needed))
    row.decided_by_id = by.account_id
    detail = {"questions": _decisions(found, decided), "times": times is not None}
    audit.append(db, row.audit_stream, "sitting.paper_decided", by=by, now=now, **detail)
    settled = double_entry.agreed(found.form, found.first, found.differences) | dict(decided)
    storing.store(db, sitting, row, Copy(settled, times or found.first.times), by=by, now=now)
    return row


def _check_third(db: Session, sitting_id: UUID, by: Identity) -> None:
    typists = {copy.account_id for copy in typing_in.transcripts(db, sitting_id)}
    if by.account_id in typists and any(one.id not in typists for one in accounts.holders(db, Role.OFFICE)):
        raise DecidedByTypist


def _decisions(found: Comparison, decided: Mapping[str, Any]) -> dict[str, str]:
    """Return whose answer was taken for each question; answers themselves never stand in the audit log."""
    return {one.item_ref: _whose(found.form, one, decided[one.item_ref]) for one in found.differences.questions}


def _whose(form: PaperForm, one: Difference, answer: Any) -> str:
    question = form[one.item_ref]
    given = {"first": one.first, "second": one.second, **({"machine": one.late.answer} if one.late else {})}
    return "+".join(name for name, said in given.items() if double_entry.is_same(question, said, answer)) or "other"
