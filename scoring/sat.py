"""What finished sittings were asked and what they answered: the material of item analysis, in four queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Exists, Select, or_, select
from sqlalchemy.orm import Session, contains_eager

from examsvc.delivery.models import Enrolment, ExamSession, Response, Sitting
from examsvc.delivery.states import SittingState
from examsvc.delivery.voiding import Subject
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem
from scoring import theory
from scoring.analysis import Scores
from scoring.models import Result, ResultVoid
from scoring.written import valuing
from scoring.written.models import WrittenAnswer
from scoring.written.shares import Asked, shares_of

Answers = dict[UUID, Any]
Shares = dict[UUID, Fraction]
Chosen = Select[UUID, UUID | None]


@dataclass(frozen=True)
class Sat:
    """The versions that were asked; for each person the answers by version, None where one was asked and left open.

    `points` are hundredths; where papers of several people differ in them, the largest. `shares` are, for each
    person, what was earned of each version that people mark. `unmarked` are those of which somebody's answer is not
    settled yet: they are in none of the rest.
    """

    versions: Sequence[ItemVersion]
    points: dict[UUID, int]
    people: list[Answers]
    shares: list[Shares]
    unmarked: Sequence[ItemVersion]

    @cached_property
    def scores(self) -> Scores:
        """Return the share that each person earned of each version's points; the items are worth whole points."""
        everybody = list(zip(self.people, self.shares, strict=True))
        rows = [[_share(version, *person) for version in self.versions] for person in everybody]
        return Scores.of(rows, [self.points[version.id] / 100 for version in self.versions])


def _share(version: ItemVersion, answers: Answers, shares: Shares) -> float | None:
    if version.id not in answers:
        return None
    if version.id in shares:
        return float(shares[version.id])
    return float(theory.score(ItemType(version.type), version.content, version.key, 1, answers[version.id]))


def sittings() -> Chosen:
    """Return the query for sittings that are over, with their papers, to be narrowed.

    Whoever was absent or turned away before the paper was opened is none of them, nobody of a rehearsal is, and nobody
    whose theory is void by a ruling: such people say nothing about the questions.
    """
    over = (SittingState.HANDED_IN, SittingState.TERMINATED)
    return (
        select(Sitting.id.label("sitting_id"), Sitting.paper_id)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .where(Sitting.state.in_(over), Sitting.opened_at.is_not(None), Sitting.paper_id.is_not(None))
        .where(~ExamSession.is_rehearsal, ~_is_void())
    )


def _is_void() -> Exists:
    theory = or_(ResultVoid.subject.is_(None), ResultVoid.subject == Subject.THEORY)
    standing = select(ResultVoid.ruling_id).join(Result).where(ResultVoid.restored_at.is_(None), theory)
    return standing.where(Result.enrolment_id == Sitting.enrolment_id).exists()


def read(db: Session, chosen: Chosen) -> Sat:
    """Return what the chosen sittings were asked and answered; each may have had a paper of its own."""
    papers = _papers(db, chosen)
    versions = {version.id: version for version in _versions(db, chosen)}
    answers = _answers(db, chosen)
    sat_by = [(sitting_id, papers[paper_id]) for sitting_id, paper_id in db.execute(chosen) if paper_id in papers]
    marked = valuing.by_sitting(db, WrittenAnswer.sitting_id.in_(_column(chosen, "sitting_id")))
    earned = shares_of(versions, sat_by, answers, marked)
    left_out = {version_id for shares in earned for version_id, share in shares.items() if share is None}
    people = [_answered(asked, answers.get(sitting_id, {}), left_out) for sitting_id, asked in sat_by]
    asked_of = [version for version in versions.values() if version.id not in left_out]
    shares = [{key: share for key, share in shares.items() if share is not None} for shares in earned]
    return Sat(
        asked_of,
        _most_points(papers),
        people,
        shares,
        [version for version in versions.values() if version.id in left_out],
    )


def _most_points(papers: Mapping[UUID, Asked]) -> dict[UUID, int]:
    """Return of each version the most that a paper gives for it."""
    points: dict[UUID, int] = {}
    for asked in papers.values():
        for version_id, worth in asked.values():
            points[version_id] = max(worth, points.get(version_id, 0))
    return points


def _answered(asked: Asked, answers: Mapping[str, Any], left_out: Collection[UUID]) -> Answers:
    return {version_id: answers.get(ref) for ref, (version_id, _) in asked.items() if version_id not in left_out}


def _papers(db: Session, chosen: Chosen) -> dict[UUID, Asked]:
    """Return of each paper the version and the points of each question by ref."""
    columns = (PaperItem.paper_id, PaperItem.ref, PaperItem.item_version_id, PaperItem.points)
    found: dict[UUID, Asked] = {}
    query = select(*columns).where(PaperItem.paper_id.in_(_column(chosen, "paper_id")))
    for paper_id, ref, version_id, points in db.execute(query):
        found.setdefault(paper_id, {})[ref] = (version_id, points)
    return found


def _versions(db: Session, chosen: Chosen) -> Sequence[ItemVersion]:
    papers = _column(chosen, "paper_id")
    asked = select(PaperItem.item_version_id).where(PaperItem.paper_id.in_(papers))
    query = select(ItemVersion).join(ItemVersion.item).where(ItemVersion.id.in_(asked))
    return db.scalars(
        query.options(contains_eager(ItemVersion.item)).order_by(ItemVersion.item_id, ItemVersion.number)
    ).all()


def _answers(db: Session, chosen: Chosen) -> dict[UUID, dict[str, Any]]:
    columns = (Response.sitting_id, Response.epoch, Response.seq, Response.item_ref, Response.answer)
    logs: dict[UUID, list[Any]] = {}
    for sitting_id, *line in db.execute(select(*columns).where(Response.sitting_id.in_(_column(chosen, "sitting_id")))):
        logs.setdefault(sitting_id, []).append(line)
    return {sitting_id: theory.last_answers(log) for sitting_id, log in logs.items()}


def _column(chosen: Chosen, name: str) -> Select[UUID]:
    found = chosen.subquery()
    return select(found.c[name])
