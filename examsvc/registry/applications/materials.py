"""Everything an application rests on, as one value with one digest. Pure."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from examsvc.core import canonical
from examsvc.registry.applications.kinds import (
    UNDERTAKINGS,
    EligibilityDecision,
    EvidenceTopic,
    LegalKind,
    RoomKind,
    StaffKind,
)


@dataclass(frozen=True)
class Statements:
    """What the organisation says of itself; "" and None are not yet said."""

    legal_kind: LegalKind | None = None
    department_name: str = ""
    department_head: str = ""
    credit_checked_on: date | None = None
    funding_statement: str = ""
    quality_plan: str = ""


@dataclass(frozen=True)
class Proof:
    """A file that proves a condition."""

    topic: EvidenceTopic
    document_id: UUID
    file_name: str
    media_type: str
    size_bytes: int
    digest: str


@dataclass(frozen=True)
class Person:
    """A line of a roster; valid on both dates and between, for good without a last one."""

    id: UUID
    kind: StaffKind
    name: str
    qualification: str
    certificate_number: str
    valid_from_on: date
    valid_to_on: date | None

    def is_valid(self, day: date) -> bool:
        return self.valid_from_on <= day and (self.valid_to_on is None or day <= self.valid_to_on)


@dataclass(frozen=True)
class Place:
    """A room."""

    id: UUID
    name: str
    kind: RoomKind
    seats: int
    has_video: bool
    equipment: str


@dataclass(frozen=True)
class Verdict:
    """What the district bureau last said of a site."""

    id: UUID
    district: str
    outcome: str
    reason: str
    decided_on: date
    document_name: str | None
    document_digest: str | None


@dataclass(frozen=True)
class Site:
    """A site with its rooms; `state` counts, `recommendation` is the paper behind it."""

    id: UUID
    name: str
    district: str
    address: str
    state: str
    rooms: tuple[Place, ...]
    recommendation: Verdict | None

    @property
    def has_video_room(self) -> bool:
        return any(room.has_video for room in self.rooms)

    @property
    def is_recommended(self) -> bool:
        return self.state == "RECOMMENDED"


@dataclass(frozen=True)
class Materials:
    """The whole of an application."""

    case: dict[str, str]
    organisation: dict[str, str]
    statements: Statements
    answers: dict[str, bool]
    evidence: tuple[Proof, ...]
    staff: tuple[Person, ...]
    centres: tuple[Site, ...]
    eligibility: EligibilityDecision | None = None

    def manifest(self) -> dict[str, Any]:
        """Return the value that is hashed and signed, with the sentences that the signer undertakes (D06)."""
        whole = asdict(self)
        del whole["eligibility"]  # the centre's decision is not the signer's to warrant
        undertakings = [{"code": code, "text": text} for code, text in UNDERTAKINGS.items()]
        plain: dict[str, Any] = canonical.plain({**whole, "undertakings": undertakings})
        return plain


def digest(manifest: dict[str, Any]) -> str:
    """Return the SHA-256 of the manifest's canonical form: what is shown before signing."""
    return canonical.digest(manifest)
