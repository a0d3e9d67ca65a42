"""From the begun application to the received one, and back."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from json import loads
from uuid import UUID
from zipfile import ZipFile

import pytest
from applying import IN_WINDOW, STATEMENTS, Applying, member, pdf
from casework import DISTRICT, OTHER_CREDIT_CODE, Casework
from moments import NINE_IN_SHANGHAI
from sqlalchemy.orm import Session

from examsvc.core import audit, blobs
from examsvc.core.errors import IllegalTransition, NotFound
from examsvc.registry.applications import beginning, exporting, filling, registers, signing, viewing
from examsvc.registry.applications.beginning import NewAccount
from examsvc.registry.applications.errors import (
    ApplicationIncomplete,
    DateInFuture,
    MaterialsChanged,
    NoDecisionNeeded,
    NotApplying,
    NotSigned,
    NotYetOpen,
    TooLateToWithdraw,
)
from examsvc.registry.applications.kinds import EligibilityDecision, EvidenceTopic, LegalKind, StaffKind
from examsvc.registry.applications.materials import Statements
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.errors import OutOfWindow
from examsvc.registry.models import Organisation, OrganisationKind

pytestmark = pytest.mark.slow

OPENS_AT = datetime(2026, 12, 19, 16, tzinfo=UTC)  # the 20th, 00:00 in Shanghai
CLOSES_AT = datetime(2026, 12, 30, 16, tzinfo=UTC)  # the 31st, 00:00
SECOND = timedelta(seconds=1)


@pytest.fixture
def work(db: Session) -> Casework:
    return Casework(db, NINE_IN_SHANGHAI)


@pytest.fixture
def applying(work: Casework) -> Applying:
    return Applying(work)


@pytest.fixture
def ready(applying: Applying) -> Applying:
    applying.complete()
    applying.sign()
    return applying


def test_d05_only_the_named_organisation_begins_and_only_after_the_publicity(work: Casework) -> None:
    early = work.case(CaseState.SELECTED)
    with pytest.raises(NotFound):  # the case is between the department and the centre
        beginning.begin(work.db, early.id, early.version, **work.act("applicant"))
    case = work.case(CaseState.SCHEME_PUBLICISED, district=None)
    with pytest.raises(NotFound):
        beginning.begin(work.db, case.id, case.version, **work.act("applicant2"))
    beginning.begin(work.db, case.id, case.version, **work.act("applicant"))
    assert (case.state, case.organisation_id, case.district) == (CaseState.APPLYING, work.organisation.id, DISTRICT)
    with pytest.raises(IllegalTransition):
        beginning.begin(work.db, case.id, case.version, **work.act("applicant"))


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("at", "is_received"),
    [
        (OPENS_AT - SECOND, False),
        (OPENS_AT, True),
        (OPENS_AT + SECOND, True),
        (CLOSES_AT - SECOND, True),
        (CLOSES_AT, False),  # the 31st is outside
        (CLOSES_AT + SECOND, False),
        (datetime(2027, 1, 25, tzinfo=UTC), False),
    ],
)
def test_e03_d05_applications_are_received_from_the_20th_to_the_30th(
    ready: Applying, at: datetime, is_received: bool
) -> None:
    if not is_received:
        with pytest.raises(OutOfWindow):
            ready.submit(at)
        assert ready.case.state == CaseState.APPLYING
        return
    assert ready.submit(at).state == CaseState.APPLIED
    assert ready.application.submitted_at == at


def test_e04_the_page_shows_the_window_to_come_while_none_is_open(work: Casework, applying: Applying) -> None:
    act = {"by": work.by("applicant")}
    before = viewing.view(work.db, applying.case.id, **act, now=OPENS_AT - SECOND)["window"]
    within = viewing.view(work.db, applying.case.id, **act, now=OPENS_AT)["window"]
    after = viewing.view(work.db, applying.case.id, **act, now=CLOSES_AT)["window"]
    assert (before["is_open"], within["is_open"], after["is_open"]) == (False, True, False)
    assert before["opens_at"] == within["opens_at"] == OPENS_AT
    assert after["opens_at"] == datetime(2027, 3, 19, 16, tzinfo=UTC)


def test_c02_an_incomplete_application_is_neither_signed_nor_submitted(applying: Applying) -> None:
    applying.fill()
    with pytest.raises(ApplicationIncomplete) as refused:
        applying.sign()
    assert {"code": "roster_empty", "field": "staff.EXAMINER"} in refused.value.extra["missing"]
    with pytest.raises(ApplicationIncomplete):
        applying.submit()


def test_c07_a_qualification_that_ran_out_before_the_submission_stops_it(applying: Applying) -> None:
    applying.complete()
    entry = member(StaffKind.EXPERT, valid_to_on=date(2026, 12, 21))
    registers.put_staff(*applying.at, entry, **applying.work.act("applicant"))
    applying.sign()  # valid on the day of signing
    with pytest.raises(ApplicationIncomplete) as refused:
        applying.submit(IN_WINDOW)
    assert refused.value.extra["missing"] == [{"code": "qualification_not_valid", "field": "staff.EXPERT"}]


def test_d06_what_changed_since_it_was_shown_cannot_be_signed(applying: Applying) -> None:
    applying.complete()
    shown = applying.digest()
    applying.fill(Statements(**{**vars(STATEMENTS), "quality_plan": "改过的措施"}))
    with pytest.raises(MaterialsChanged):
        signing.sign(*applying.at, shown, "沈一鸣", **applying.work.act("applicant"))


@pytest.mark.parametrize("what", ["statement", "roster", "evidence", "centre", "district"])
def test_d06_any_change_after_signing_voids_the_signature(ready: Applying, what: str) -> None:
    act = ready.work.act("applicant")
    assert signing.is_signed(ready.db, ready.application)
    match what:
        case "statement":
            ready.fill(Statements(**{**vars(STATEMENTS), "funding_statement": "另有经费"}))
        case "roster":
            registers.put_staff(*ready.at, member(name="𬎆珺"), **act)
        case "evidence":
            filling.attach(*ready.at, EvidenceTopic.PREMISES, pdf("租赁合同.pdf"), **act)
        case "centre":
            ready.build()
        case "district":
            (centre,) = ready.application.materials["centres"]  # type: ignore[index]
            registers.remove_centre(*ready.at, _uuid(centre["id"]), **act)
            ready.recommend(ready.build())
    assert not signing.is_signed(ready.db, ready.application)
    shown = viewing.view(ready.db, ready.case.id, by=ready.work.by("applicant"), now=IN_WINDOW)
    assert shown["application"]["signature"] == "VOID"
    with pytest.raises(NotSigned):
        ready.submit()


def _uuid(text: str) -> UUID:
    return UUID(text)


def test_d06_after_the_submission_everybody_reads_what_was_signed(ready: Applying) -> None:
    ready.submit()
    ready.work.organisation.address = "搬到别处"
    ready.db.flush()
    shown = viewing.view(ready.db, ready.case.id, by=ready.work.by("centre1"), now=IN_WINDOW)
    assert shown["materials"]["organisation"]["address"] == "示例路 1 号"
    assert shown["application"]["signature"] == "VALID"
    with pytest.raises(NotApplying):
        ready.fill()


def test_a_returned_application_keeps_its_materials_and_goes_in_again(ready: Applying) -> None:
    ready.submit()
    cases.advance(ready.db, ready.case, CaseState.APPLYING, by=ready.work.by("centre1"), now=IN_WINDOW)
    assert ready.application.submitted_at is None
    assert signing.is_signed(ready.db, ready.application)
    assert ready.submit(IN_WINDOW + timedelta(days=1)).state == CaseState.APPLIED


def test_c05_the_centre_decides_on_a_public_school_and_another_kind_asks_again(applying: Applying) -> None:
    work, act = applying.work, applying.work.act("centre1")
    applying.fill()
    decision = (EligibilityDecision.ACCEPTED, "列入院校范围")
    with pytest.raises(NoDecisionNeeded):
        filling.decide_eligibility(*applying.at, *decision, **act)
    applying.fill(Statements(**{**vars(STATEMENTS), "legal_kind": LegalKind.PUBLIC_SCHOOL}))
    filling.decide_eligibility(*applying.at, *decision, **act)
    shown = viewing.view(work.db, applying.case.id, by=work.by("applicant"), now=IN_WINDOW)
    assert shown["application"]["eligibility"] == EligibilityDecision.ACCEPTED
    assert "eligibility_undecided" not in {one["code"] for one in shown["missing"]}
    applying.fill(Statements(**{**vars(STATEMENTS), "legal_kind": LegalKind.PUBLIC_INSTITUTION}))
    shown = viewing.view(work.db, applying.case.id, by=work.by("applicant"), now=IN_WINDOW)
    assert "eligibility_undecided" in {one["code"] for one in shown["missing"]}


def test_d05_the_package_holds_what_was_signed_and_the_receipt_is_recorded(ready: Applying) -> None:
    act = ready.work.act("applicant", IN_WINDOW)
    exporting.export(*ready.at, **act)
    application = ready.application
    with ZipFile(BytesIO(blobs.get(application.package_digest or ""))) as archive:
        manifest = loads(archive.read("manifest.json"))
        materials = loads(archive.read("申报材料.json"))
    assert manifest["about"]["materials_digest"] == application.materials_digest
    assert materials == application.materials
    folders = {line["name"].partition("/")[0] for line in manifest["files"]}
    assert {"FINANCE_RULES", "CREDIT_CHECK", "FUNDING", "QUALITY_PLAN", "DISTRICT_RECOMMENDATION"} <= folders
    with pytest.raises(DateInFuture):
        exporting.record_receipt(*ready.at, "SH-1", date(2026, 12, 23), pdf("回执.pdf"), **act)
    exporting.record_receipt(*ready.at, "SH-1", date(2026, 12, 22), pdf("回执.pdf"), **act)
    assert (application.receipt_number, application.receipt_on) == ("SH-1", date(2026, 12, 22))
    assert signing.is_signed(ready.db, application)


def test_d05_one_letter_for_two_sites_is_packed_once(applying: Applying) -> None:
    applying.complete()
    applying.recommend(applying.build())
    applying.sign()
    exporting.export(*applying.at, **applying.work.act("applicant"))
    with ZipFile(BytesIO(blobs.get(applying.application.package_digest or ""))) as archive:
        letters = [name for name in archive.namelist() if name.startswith("DISTRICT_RECOMMENDATION/")]
    assert len(letters) == 1


def test_d05_nothing_unsigned_is_exported_and_no_receipt_comes_before_a_package(applying: Applying) -> None:
    applying.complete()
    act = applying.work.act("applicant")
    with pytest.raises(NotSigned):
        exporting.export(*applying.at, **act)
    with pytest.raises(NotSigned):
        exporting.record_receipt(*applying.at, "SH-1", date(2026, 11, 23), pdf(), **act)


def test_the_second_of_two_who_fill_in_one_application_is_refused(applying: Applying) -> None:
    seen = applying.case.version
    applying.fill()
    with pytest.raises(CaseMovedOn):
        registers.put_staff(applying.db, applying.case.id, seen, member(), **applying.work.act("applicant"))


def test_one_file_may_prove_two_conditions_and_leave_one(applying: Applying) -> None:
    act = applying.work.act("applicant")
    for topic in (EvidenceTopic.FINANCE_RULES, EvidenceTopic.MANAGEMENT_RULES):
        filling.attach(*applying.at, topic, pdf("制度汇编.pdf"), **act)
    shown = viewing.view(applying.db, applying.case.id, by=applying.work.by("applicant"), now=IN_WINDOW)
    first, second = shown["materials"]["evidence"]
    assert first["document_id"] == second["document_id"]
    filling.detach(*applying.at, EvidenceTopic.FINANCE_RULES, _uuid(first["document_id"]), **act)
    shown = viewing.view(applying.db, applying.case.id, by=applying.work.by("applicant"), now=IN_WINDOW)
    assert [proof["topic"] for proof in shown["materials"]["evidence"]] == ["MANAGEMENT_RULES"]


def test_a_withdrawal_carries_its_reason_and_ends_with_the_public_notice(work: Casework, applying: Applying) -> None:
    beginning.withdraw(*applying.at, "经营方向调整", **work.act("applicant"))
    entry = audit.history(work.db, applying.case.audit_stream)[-1]
    assert (entry.action, entry.detail["reason"]) == ("case.withdrawn", "经营方向调整")
    late = work.case(CaseState.PUBLICITY)
    with pytest.raises(TooLateToWithdraw):
        beginning.withdraw(work.db, late.id, late.version, "晚了", **work.act("applicant"))
    foreign = work.case(CaseState.APPLYING, credit_code=OTHER_CREDIT_CODE)
    with pytest.raises(NotFound):
        beginning.withdraw(work.db, foreign.id, foreign.version, "不是我的", **work.act("applicant"))


def test_d05_the_centre_opens_the_account_of_a_new_organisation(work: Casework) -> None:
    wanted = NewAccount(OrganisationKind.ENTERPRISE, "徐汇区", "示例路 9 号", "newcomer", "新机构经办人")
    code = "91310104MA1FR00B0G"
    early = work.case(CaseState.SELECTED, credit_code=code, credit_code_proven=True, organisation_name="上海新机构")
    with pytest.raises(NotYetOpen):
        beginning.open_account(work.db, early.id, early.version, wanted, **work.act("centre1"))
    case = work.case(
        CaseState.SCHEME_PUBLICISED, credit_code=code, credit_code_proven=True, organisation_name="上海新机构"
    )
    opened = beginning.open_account(work.db, case.id, case.version, wanted, **work.act("centre1"))
    organisation = work.db.get_one(Organisation, opened.organisation_id)
    assert (organisation.name, organisation.credit_code, organisation.district) == ("上海新机构", code, "徐汇区")
    registered = audit.history(work.db, f"organisation:{organisation.id}")
    assert [entry.action for entry in registered] == ["organisation.registered"]
    assert len(opened.initial_password) >= 12
    entries = [str(entry.detail) for entry in audit.history(work.db, case.audit_stream)]
    assert not any(opened.initial_password in entry for entry in entries)


def test_history_names_fields_and_ids_but_no_people(ready: Applying) -> None:
    details = "".join(str(entry.detail) for entry in audit.history(ready.db, ready.case.audit_stream))
    assert "沈一鸣" not in details
    assert "王小明" not in details
    assert DocumentKind.EVIDENCE in details
