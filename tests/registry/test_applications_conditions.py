"""The four conditions of an organisation, each taken away from a complete application."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.registry.applications.conditions import ERROR, WARNING, Missing, Standing, errors, missing, standing
from examsvc.registry.applications.kinds import (
    ANSWERS,
    NEEDED_EVIDENCE,
    EligibilityDecision,
    LegalKind,
    RoomKind,
    StaffKind,
)
from examsvc.registry.applications.materials import Materials, Person, Place, Proof, Site, Statements, digest

TODAY = date(2026, 12, 22)
DAY = timedelta(days=1)
ENTERPRISE, SCHOOL, AUTHORITY = "91310000MA1FL0AB1X", "12310000425000000A", "11310000425000000A"
ROOM = Place(uuid4(), "一室", RoomKind.COMPUTER, 30, has_video=True, equipment="")
SITE = Site(uuid4(), "考核点", "浦东新区", "示例路", "RECOMMENDED", (ROOM,), None)
STAFF = tuple(Person(uuid4(), kind, "王小明", "考评员", "K-1", TODAY, TODAY) for kind in StaffKind)
PROOFS = tuple(Proof(topic, uuid4(), "a.pdf", "application/pdf", 9, "0" * 64) for topic in NEEDED_EVIDENCE)
SAID = Statements(LegalKind.ENTERPRISE, "中心", "沈一鸣", TODAY, "经费", "质量")
WHOLE = Materials(
    case={"number": "测-1"},
    organisation={"name": "上海案例技术有限公司", "credit_code": ENTERPRISE},
    statements=SAID,
    answers=dict.fromkeys(ANSWERS, True),
    evidence=PROOFS,
    staff=STAFF,
    centres=(SITE,),
)


def lacking(materials: Materials, day: date = TODAY) -> set[tuple[str, str]]:
    return {(one.code, one.field) for one in missing(materials, day=day)}


def of(credit_code: str) -> dict[str, str]:
    return {"name": "某单位", "credit_code": credit_code}


def test_c02_a_whole_application_lacks_nothing_and_an_empty_one_names_everything() -> None:
    assert missing(WHOLE, day=TODAY) == []
    nothing = Materials({}, of(ENTERPRISE), Statements(), {}, (), (), ())
    fields = {field for _, field in lacking(nothing)}
    assert {"legal_kind", "department_name", "department_head", "credit_checked_on", "centres"} <= fields
    assert {f"staff.{kind}" for kind in StaffKind} <= fields
    assert {f"evidence.{topic}" for topic in NEEDED_EVIDENCE} <= fields


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        (LegalKind.ENTERPRISE, ENTERPRISE, Standing.OPEN),
        (LegalKind.SOCIAL_GROUP, ENTERPRISE, Standing.OPEN),
        (LegalKind.PRIVATE_SCHOOL, ENTERPRISE, Standing.OPEN),
        (LegalKind.PRIVATE_NON_ENTERPRISE, ENTERPRISE, Standing.OPEN),
        (LegalKind.PUBLIC_SCHOOL, SCHOOL, Standing.NEEDS_DECISION),
        (LegalKind.PUBLIC_INSTITUTION, SCHOOL, Standing.NEEDS_DECISION),
        (LegalKind.ENTERPRISE, SCHOOL, Standing.NEEDS_DECISION),  # what the code says counts too
        (None, SCHOOL, Standing.NEEDS_DECISION),
        (LegalKind.AUTHORITY, ENTERPRISE, Standing.BLOCKED),
        (LegalKind.ATTACHED_SOCIAL_GROUP, ENTERPRISE, Standing.BLOCKED),
        (LegalKind.ENTERPRISE, AUTHORITY, Standing.BLOCKED),
    ],
)
def test_c01_c05_who_may_apply_follows_from_kind_and_code(
    kind: LegalKind | None, code: str, expected: Standing
) -> None:
    assert standing(kind, code) == expected


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (None, {("eligibility_undecided", "legal_kind")}),
        (EligibilityDecision.REFUSED, {("eligibility_refused", "legal_kind")}),
        (EligibilityDecision.ACCEPTED, set()),
    ],
)
def test_c05_a_public_school_waits_for_the_centres_decision(
    decision: EligibilityDecision | None, expected: set[tuple[str, str]]
) -> None:
    said = replace(SAID, legal_kind=LegalKind.PUBLIC_SCHOOL)
    assert lacking(replace(WHOLE, organisation=of(SCHOOL), statements=said, eligibility=decision)) == expected


def test_c05_no_decision_admits_an_authority() -> None:
    materials = replace(WHOLE, organisation=of(AUTHORITY), eligibility=EligibilityDecision.ACCEPTED)
    assert lacking(materials) == {("kind_not_eligible", "legal_kind")}


@pytest.mark.parametrize("name", ANSWERS)
def test_c03_c04_c12_every_statement_is_confirmed(name: str) -> None:
    answers = {**WHOLE.answers, name: False}
    assert lacking(replace(WHOLE, answers=answers)) == {("answer_missing", f"answers.{name}")}


@pytest.mark.parametrize("field", ["department_name", "department_head", "funding_statement", "quality_plan"])
def test_c06_c08_c11_unit_head_funding_and_quality_plan_are_written(field: str) -> None:
    said = replace(SAID, **{field: "  "})  # type: ignore[arg-type]
    assert lacking(replace(WHOLE, statements=said)) == {("statement_missing", field)}


@pytest.mark.parametrize("topic", NEEDED_EVIDENCE)
def test_c03_c08_c11_every_needed_proof_is_there(topic: str) -> None:
    evidence = tuple(proof for proof in PROOFS if proof.topic != topic)
    assert lacking(replace(WHOLE, evidence=evidence)) == {("evidence_missing", f"evidence.{topic}")}


def test_c03_the_credit_check_has_a_date_that_has_come() -> None:
    assert lacking(replace(WHOLE, statements=replace(SAID, credit_checked_on=TODAY))) == set()
    later = replace(SAID, credit_checked_on=TODAY + DAY)
    assert lacking(replace(WHOLE, statements=later)) == {("date_in_future", "credit_checked_on")}
    assert lacking(replace(WHOLE, statements=replace(SAID, credit_checked_on=None))) == {
        ("statement_missing", "credit_checked_on")
    }


@pytest.mark.parametrize("kind", StaffKind)
def test_c07_none_of_the_four_rosters_is_empty(kind: StaffKind) -> None:
    staff = tuple(person for person in STAFF if person.kind != kind)
    assert lacking(replace(WHOLE, staff=staff)) == {("roster_empty", f"staff.{kind}")}


@pytest.mark.parametrize(("day", "is_valid"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, False)])
def test_c07_qualifications_hold_on_the_day_both_dates_included(day: date, is_valid: bool) -> None:
    examiner = next(person for person in STAFF if person.kind == StaffKind.EXAMINER)
    assert examiner.is_valid(day) is is_valid
    assert replace(examiner, valid_to_on=None).is_valid(TODAY + 1000 * DAY)
    others = tuple(replace(person, valid_from_on=date(2020, 1, 1), valid_to_on=None) for person in STAFF)
    staff = tuple(person for person in others if person.kind != StaffKind.EXAMINER)
    found = missing(replace(WHOLE, staff=(*staff, examiner), statements=replace(SAID, credit_checked_on=day)), day=day)
    expected = [] if is_valid else [Missing("qualification_not_valid", "staff.EXAMINER", examiner.id)]
    assert found == expected


def test_c09_c10_one_site_with_video_and_recommendation_is_enough_and_others_are_remarked_on() -> None:
    dark = replace(SITE, id=uuid4(), rooms=(replace(ROOM, has_video=False),))
    proposed = replace(SITE, id=uuid4(), state="PROPOSED")
    assert lacking(replace(WHOLE, centres=())) == {("centre_missing", "centres")}
    without = missing(replace(WHOLE, centres=(dark, proposed)), day=TODAY)
    assert without == [
        Missing("centre_without_video", "centres", dark.id, ERROR),
        Missing("centre_not_recommended", "centres", proposed.id, ERROR),
    ]
    beside = missing(replace(WHOLE, centres=(SITE, dark, proposed)), day=TODAY)
    assert {one.severity for one in beside} == {WARNING}
    assert errors(beside) == []


@given(st.text(max_size=40), st.booleans())
@settings(max_examples=25, deadline=None)
def test_d06_any_other_word_makes_another_hash(text: str, answer: bool) -> None:
    other = replace(WHOLE, statements=replace(SAID, quality_plan=f"{SAID.quality_plan}{text}"))
    assert (digest(other.manifest()) == digest(WHOLE.manifest())) is (text == "")
    changed = {**WHOLE.answers, "supervised": answer}
    assert (digest(replace(WHOLE, answers=changed).manifest()) == digest(WHOLE.manifest())) is answer


def test_c04_c12_d06_the_undertakings_are_part_of_what_is_signed() -> None:
    texts = "".join(line["text"] for line in WHOLE.manifest()["undertakings"])
    assert "不以营利为最终目的" in texts
    assert "自愿接受各级人社部门、相关行业主管部门的监督" in texts
    assert "真实性、有效性、合法性负责" in texts
