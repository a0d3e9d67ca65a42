"""An application's materials as they stand in the database now."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.registry.applications.materials import Materials, Person, Place, Proof, Site, Statements, Verdict
from examsvc.registry.applications.models import (
    Application,
    ApplicationEvidence,
    Centre,
    CentreRecommendation,
    CentreState,
    StaffMember,
)
from examsvc.registry.cases.models import Case
from examsvc.registry.models import Organisation


def materials_of(db: Session, application: Application) -> Materials:
    """Return the whole application; the rosters and sites are those of the organisation."""
    return Materials(
        case=_case(application.case),
        organisation=_organisation(application.organisation),
        statements=_statements(application),
        answers=dict(application.answers),
        evidence=_evidence(db, application),
        staff=_staff(db, application),
        centres=_centres(db, application),
        eligibility=application.eligibility,
    )


def _case(case: Case) -> dict[str, str]:
    names = ("number", "scheme_name", "occupation_code", "occupation_name")
    return {name: getattr(case, name) for name in names}


def _organisation(organisation: Organisation) -> dict[str, str]:
    names = ("name", "credit_code", "district", "address")
    return {name: getattr(organisation, name) for name in names}


def _statements(application: Application) -> Statements:
    return Statements(
        legal_kind=application.legal_kind,
        department_name=application.department_name,
        department_head=application.department_head,
        credit_checked_on=application.credit_checked_on,
        funding_statement=application.funding_statement,
        quality_plan=application.quality_plan,
    )


def _evidence(db: Session, application: Application) -> tuple[Proof, ...]:
    query = (
        select(ApplicationEvidence)
        .where(ApplicationEvidence.case_id == application.case_id)
        .options(joinedload(ApplicationEvidence.document))
        .order_by(ApplicationEvidence.topic, ApplicationEvidence.document_id)
    )
    return tuple(_proof(link) for link in db.scalars(query))


def _proof(link: ApplicationEvidence) -> Proof:
    file = link.document
    return Proof(link.topic, file.id, file.file_name, file.media_type, file.size_bytes, file.digest)


def _staff(db: Session, application: Application) -> tuple[Person, ...]:
    query = select(StaffMember).where(
        StaffMember.organisation_id == application.organisation_id, StaffMember.removed_at.is_(None)
    )
    return tuple(
        Person(
            member.id,
            member.kind,
            member.name,
            member.qualification,
            member.certificate_number,
            member.valid_from_on,
            member.valid_to_on,
        )
        for member in db.scalars(query.order_by(StaffMember.kind, StaffMember.id))
    )


def _centres(db: Session, application: Application) -> tuple[Site, ...]:
    query = (
        select(Centre)
        .where(Centre.organisation_id == application.organisation_id, Centre.removed_at.is_(None))
        .options(selectinload(Centre.rooms), selectinload(Centre.recommendations))
        .order_by(Centre.id)
        .execution_options(populate_existing=True)
    )
    return tuple(site_of(centre) for centre in db.scalars(query))


def site_of(centre: Centre) -> Site:
    """Return the site as it is signed for; the district's word counts only while it stands."""
    rooms = tuple(
        Place(room.id, room.name, room.kind, room.seats, room.has_video, room.equipment) for room in centre.rooms
    )
    said = centre.recommendations[-1] if centre.recommendations and centre.state != CentreState.PROPOSED else None
    verdict = _verdict(said) if said else None
    return Site(centre.id, centre.name, centre.district, centre.address, str(centre.state), rooms, verdict)


def _verdict(said: CentreRecommendation) -> Verdict:
    return Verdict(
        said.id,
        said.district,
        str(said.outcome),
        said.reason,
        said.decided_on,
        said.document_name,
        said.document_digest,
    )
