"""What keeps a batch from being submitted: its own gaps, and the problems of each row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.registry.cases.models import BatchState, Case, CaseProposal, Recommendation
from examsvc.registry.occupations import service as occupations
from examsvc.registry.occupations.dictionary import Dictionary
from examsvc.registry.recommending import drafts, industries, lints, scans
from examsvc.registry.recommending.fields import RowFields
from examsvc.registry.recommending.problems import Problem


@dataclass(frozen=True)
class CheckedRow:
    """A row with its annexes and everything that is missing or wrong in them."""

    case: Case
    annexes: CaseProposal
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]


def rows(db: Session, batch: Recommendation) -> list[CheckedRow]:
    """Return the rows of a batch in their order, checked; three queries."""
    found = drafts.of_batch(db, batch)
    known = occupations.dictionary(db)
    query = select(CaseProposal).join(Case, Case.id == CaseProposal.case_id)
    written = {one.case_id: one for one in db.scalars(query.where(Case.recommendation_id == batch.id))}
    return [_checked(case, written, names=_names(found), known=known) for case in found]


def missing(db: Session, batch: Recommendation, found: Sequence[CheckedRow]) -> list[str]:
    """Return codes of what a draft batch lacks (D02: annex 1 sealed, annexes 2 and 3 of every row)."""
    if batch.state != BatchState.DRAFT:
        return []
    lacks = {
        "rows_missing": not found,
        "rows_have_errors": any(row.errors for row in found),
    }
    scan = scans.lack(db, batch, [row.case for row in found])
    return [*(code for code, is_so in lacks.items() if is_so), *([scan] if scan else [])]


def _names(found: Sequence[Case]) -> Counter[str]:
    return Counter(case.scheme_name.casefold() for case in found)


def _checked(case: Case, written: Mapping[UUID, CaseProposal], *, names: Counter[str], known: Dictionary) -> CheckedRow:
    annexes = written.get(case.id) or CaseProposal(case_id=case.id, proposal={}, main_content={})
    is_repeated = names[case.scheme_name.casefold()] > 1
    return CheckedRow(case, annexes, tuple(_problems(case, annexes, is_repeated=is_repeated, known=known)))


def _problems(case: Case, annexes: CaseProposal, *, is_repeated: bool, known: Dictionary) -> Iterator[Problem]:
    row = RowFields(
        case.occupation_code,
        case.scheme_name,
        industries.split(case.industries),
        case.organisation_name,
        case.credit_code,
        case.expected_candidates,
        case.reason,
    )
    yield from lints.of_row(row, known=known, is_repeated=is_repeated, is_proven=case.credit_code_proven)
    yield from lints.of_proposal(annexes.proposal)
    yield from lints.of_main_content(annexes.main_content)
