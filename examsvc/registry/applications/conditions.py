"""The four conditions of an organisation (140号 二(二)) against its materials: what is missing. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from examsvc.registry import credit_codes
from examsvc.registry.applications.kinds import ANSWERS, NEEDED_EVIDENCE, EligibilityDecision, LegalKind, StaffKind
from examsvc.registry.applications.materials import Materials

ERROR, WARNING = "error", "warning"
BLOCKED = frozenset({LegalKind.AUTHORITY, LegalKind.ATTACHED_SOCIAL_GROUP})
DOUBTFUL = frozenset({LegalKind.PUBLIC_INSTITUTION, LegalKind.PUBLIC_SCHOOL})


class Standing(StrEnum):
    """Whether an organisation of this kind may apply."""

    OPEN = "OPEN"
    NEEDS_DECISION = "NEEDS_DECISION"
    BLOCKED = "BLOCKED"


@dataclass(frozen=True)
class Missing:
    """Something that an application lacks: a stable code, where to mend it, and which entry it is about."""

    code: str
    field: str
    item_id: UUID | None = None
    severity: str = ERROR


def standing(kind: LegalKind | None, credit_code: str) -> Standing:
    """Return whether the kind may apply, also by the class in the 统一社会信用代码 (11 机关, 12 事业单位).

    140号 二(二)1: 政府及其所属部门（事业单位、未与政府部门脱钩的社会团体）不能申报. As 院校 are named among those
    who may, and public ones are 事业单位, these two need the centre's decision (C05, domain.md 1.11 no. 9).
    """
    if kind in BLOCKED or credit_code.startswith(credit_codes.AUTHORITY):
        return Standing.BLOCKED
    is_doubtful = kind in DOUBTFUL or credit_code.startswith(credit_codes.INSTITUTION)
    return Standing.NEEDS_DECISION if is_doubtful else Standing.OPEN


def missing(materials: Materials, *, day: date) -> list[Missing]:
    """Return what the application lacks on the Shanghai date `day`; empty when it may be submitted."""
    return [
        *_kind(materials),
        *_answers(materials),
        *_statements(materials, day),
        *_evidence(materials),
        *_rosters(materials, day),
        *_sites(materials),
    ]


def errors(found: list[Missing]) -> list[Missing]:
    """Return those that stand in the way of submitting."""
    return [one for one in found if one.severity == ERROR]


def _kind(materials: Materials) -> Iterator[Missing]:
    kind = materials.statements.legal_kind
    if kind is None:
        yield Missing("legal_kind_missing", "legal_kind")
    match standing(kind, materials.organisation["credit_code"]), materials.eligibility:
        case Standing.BLOCKED, _:
            yield Missing("kind_not_eligible", "legal_kind")
        case Standing.NEEDS_DECISION, None:
            yield Missing("eligibility_undecided", "legal_kind")
        case Standing.NEEDS_DECISION, EligibilityDecision.REFUSED:
            yield Missing("eligibility_refused", "legal_kind")


def _answers(materials: Materials) -> Iterator[Missing]:
    for name in ANSWERS:
        if not materials.answers.get(name):
            yield Missing("answer_missing", f"answers.{name}")


def _statements(materials: Materials, day: date) -> Iterator[Missing]:
    said = materials.statements
    for field in ("department_name", "department_head", "funding_statement", "quality_plan"):
        if not getattr(said, field).strip():
            yield Missing("statement_missing", field)
    if said.credit_checked_on is None:
        yield Missing("statement_missing", "credit_checked_on")
    elif said.credit_checked_on > day:
        yield Missing("date_in_future", "credit_checked_on")


def _evidence(materials: Materials) -> Iterator[Missing]:
    proven = {proof.topic for proof in materials.evidence}
    for topic in NEEDED_EVIDENCE:
        if topic not in proven:
            yield Missing("evidence_missing", f"evidence.{topic}")


def _rosters(materials: Materials, day: date) -> Iterator[Missing]:
    """Four rosters, none empty, everybody on them qualified on the day (C07)."""
    for kind in StaffKind:
        roster = [person for person in materials.staff if person.kind == kind]
        if not roster:
            yield Missing("roster_empty", f"staff.{kind}")
        for person in roster:
            if not person.is_valid(day):
                yield Missing("qualification_not_valid", f"staff.{kind}", person.id)


def _sites(materials: Materials) -> Iterator[Missing]:
    """At least one site with a room under video and the district's recommendation; others are only remarked on."""
    sites = materials.centres
    if not sites:
        yield Missing("centre_missing", "centres")
    one_serves = any(site.has_video_room and site.is_recommended for site in sites)
    severity = WARNING if one_serves else ERROR
    for site in sites:
        if not site.has_video_room:
            yield Missing("centre_without_video", "centres", site.id, severity)
        if not site.is_recommended:
            yield Missing("centre_not_recommended", "centres", site.id, severity)
