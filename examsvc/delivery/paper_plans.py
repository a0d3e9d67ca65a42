"""What papers an exam session may be planned with: one paper, or a draw of forms, each registered for the filing."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.delivery import dealing
from examsvc.delivery.errors import PaperIsOneCandidates, PaperPlanUnclear, WrongPaper
from examsvc.registry.models import Filing
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, Paper, PaperDraw
from questionbank.registration import papers


def check(db: Session, paper_id: UUID | None, draw_id: UUID | None, filing: Filing) -> None:
    """Raise unless the filing's exams may use the one paper, or every form of the one draw.

    Raises PaperPlanUnclear, NotFound, PaperIsOneCandidates, WrongPaper, PaperNotRegistered, PaperCompromised.
    """
    if paper_id is not None and draw_id is None:
        _check_paper(db, get(db, Paper, paper_id), filing)
    elif draw_id is not None and paper_id is None:
        _check_draw(db, get(db, PaperDraw, draw_id), filing)
    else:
        raise PaperPlanUnclear


def refuse_compromised(db: Session, paper_id: UUID | None, draw: PaperDraw | None) -> None:
    """Raise PaperCompromised when everybody, or every so many seats, would get a paper that became known outside.

    An individual form that became known is passed over when forms are given.
    """
    if draw is None:
        papers.refuse_compromised(db, [paper_id] if paper_id else [])
    elif draw.kind != DrawKind.INDIVIDUAL:
        papers.refuse_compromised(db, db.scalars(dealing.forms_of(draw.id)).all())


def _check_paper(db: Session, paper: Paper, filing: Filing) -> None:
    if paper.draw is not None and paper.draw.kind == DrawKind.INDIVIDUAL:
        raise PaperIsOneCandidates
    _check_specification(paper.blueprint, filing)
    papers.check_registered(db, select(Paper.id).filter_by(id=paper.id), filing.id)
    papers.refuse_compromised(db, [paper.id])


def _check_draw(db: Session, draw: PaperDraw, filing: Filing) -> None:
    _check_specification(draw.blueprint, filing)
    papers.check_registered(db, dealing.forms_of(draw.id), filing.id)
    refuse_compromised(db, None, draw)


def _check_specification(blueprint: Blueprint, filing: Filing) -> None:
    if blueprint.bank.specification_id != filing.specification_id:
        raise WrongPaper
