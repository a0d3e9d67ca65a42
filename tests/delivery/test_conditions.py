"""Conditions of application: written down in a draft, and everybody enrolled states which one they meet."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from uploads import upload
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core import audit
from examsvc.core.db import Database, get
from examsvc.core.errors import NotFound
from examsvc.delivery import approving, enrolling, importing, planning, stating
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import (
    CandidatesStateNoCondition,
    ConditionNotStated,
    ConditionStated,
    ConditionUnknown,
    EnrolmentClosed,
    SessionNotDraft,
)
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.workbooks import EMPTY, Cell, Line

WORKER, STUDENT = "具有相应技能的劳动者", "本专业在校学生"
WANG, ZHU, LI = (Person(name, number) for name, number in zip(NAMES, IDENTITY_NUMBERS, strict=True))


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def draft(database: Database, world: World, act: dict[str, Any]) -> UUID:
    """A draft of tomorrow with a room, two conditions, and nobody enrolled."""
    with database.transaction() as db:
        plan, day = forms.plan(world, "C1", paper_id=world.paper.id), timedelta(days=1)
        moved = replace(plan, starts_at=plan.starts_at + day, ends_at=plan.ends_at + day)
        created = planning.create_session(db, replace(moved, application_conditions=[WORKER, STUDENT]), **act)
        exam_rooms.give_room(db, created, **act)
        return created.id


def rewrite(db: Session, draft: UUID, act: dict[str, Any], *lines: str) -> ExamSession:
    return planning.change_session(db, draft, {"application_conditions": list(lines)}, **act)


def enrolled_before(db: Session, draft: UUID, act: dict[str, Any], *people: Person) -> list[Enrolment]:
    """Enrol people while there is no condition, and write the two conditions down after that."""
    rewrite(db, draft, act)
    found = [enrolling.enrol(db, draft, person, **act) for person in people]
    rewrite(db, draft, act, WORKER, STUDENT)
    return found


def line(person: Person, condition: Cell = EMPTY, row: int = 2) -> Line:
    return Line(row, Cell("text", person.name), Cell("text", person.identity_number), EMPTY, EMPTY, condition)


def stated(db: Session, draft: UUID) -> dict[str, int | None]:
    return {one.candidate.name: one.condition_number for one in enrolling.enrolments_of(db, draft)}


def test_without_conditions_nothing_is_stated(database: Database, draft: UUID, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        rewrite(db, draft, act)
        assert enrolling.enrol(db, draft, WANG, **act).condition_number is None
        with pytest.raises(ConditionUnknown):
            enrolling.enrol(db, draft, ZHU, condition=1, **act)


def test_with_conditions_everybody_states_one_of_them(database: Database, draft: UUID, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        with pytest.raises(ConditionNotStated):
            enrolling.enrol(db, draft, WANG, **act)
        for number in (0, 3):
            with pytest.raises(ConditionUnknown) as refused:
                enrolling.enrol(db, draft, WANG, condition=number, **act)
            assert refused.value.extra == {"count": 2}
        enrolling.enrol(db, draft, WANG, condition=2, **act)
    with database.reading() as db:
        assert stated(db, draft) == {WANG.name: 2}
        *_, last = audit.history(db, get(db, ExamSession, draft).audit_stream)
    assert (last.action, last.detail["condition"]) == ("candidate.enrolled", 2)


def test_a_session_is_not_published_while_somebody_enrolled_earlier_states_none(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        first, second = enrolled_before(db, draft, act, WANG, ZHU)
        stating.state(db, draft, first.id, 1, **act)
        publishing.approve(db, draft, now=world.now)
        with pytest.raises(CandidatesStateNoCondition) as refused:
            planning.publish_session(db, draft, **act)
        assert refused.value.extra == {"count": 1}
        stating.state(db, draft, second.id, 2, **act)
        assert planning.publish_session(db, draft, **act).state == "PUBLISHED"


def test_conditions_are_not_approved_with_the_papers(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        publishing.approve(db, draft, now=world.now)
        assert approving.is_approved(rewrite(db, draft, act, WORKER))


@pytest.mark.parametrize("lines", [(), (WORKER,), (WORKER, "退役军人"), (STUDENT, WORKER), (STUDENT,)])
def test_a_line_that_somebody_states_is_neither_changed_nor_moved_nor_taken_away(
    database: Database, draft: UUID, act: dict[str, Any], lines: tuple[str, ...]
) -> None:
    with database.transaction() as db:
        enrolling.enrol(db, draft, WANG, condition=2, **act)
        with pytest.raises(ConditionStated) as refused:
            rewrite(db, draft, act, *lines)
        assert refused.value.extra == {"number": 2}
        assert get(db, ExamSession, draft).application_conditions == [WORKER, STUDENT]


def test_other_lines_may_be_changed_and_more_be_added(database: Database, draft: UUID, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        enrolling.enrol(db, draft, WANG, condition=2, **act)
        rewrite(db, draft, act, "退役军人", STUDENT, WORKER)
    with database.reading() as db:
        (found,) = enrolling.enrolments_of(db, draft)
        assert (found.condition_number, found.condition.text if found.condition else "") == (2, STUDENT)
        assert get(db, ExamSession, draft).application_conditions == ["退役军人", STUDENT, WORKER]
    with database.transaction() as db:
        assert rewrite(db, draft, act, "退役军人", STUDENT).application_conditions == ["退役军人", STUDENT]


def test_who_comes_late_to_a_published_session_states_one_too_and_the_lines_stand(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        enrolling.enrol(db, draft, WANG, condition=1, **act)
        publishing.publish(db, draft, **act)
        with pytest.raises(ConditionNotStated):
            enrolling.enrol(db, draft, ZHU, **act)
        with pytest.raises(SessionNotDraft):
            rewrite(db, draft, act, WORKER, STUDENT, "退役军人")


def test_a_statement_that_was_wrong_is_replaced_on_record(database: Database, draft: UUID, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        enrolment = enrolling.enrol(db, draft, WANG, condition=1, **act)
        for number in (2, 2):
            stating.state(db, draft, enrolment.id, number, **act)
        with pytest.raises(ConditionUnknown):
            stating.state(db, draft, enrolment.id, 3, **act)
        with pytest.raises(NotFound):
            stating.state(db, draft, uuid4(), 1, **act)
        over = {**act, "now": act["now"] + timedelta(days=3)}
        with pytest.raises(EnrolmentClosed):
            stating.state(db, draft, enrolment.id, 1, **over)
        assert stated(db, draft) == {WANG.name: 2}
        told = audit.history(db, get(db, ExamSession, draft).audit_stream)
    details = [one.detail for one in told if one.action == "candidate.condition_stated"]
    assert [(one["condition"], one["before"]) for one in details] == [(2, 1)]


@pytest.mark.parametrize(
    ("condition", "outcome", "code"),
    [
        (Cell("text", "2"), "ok", None),
        (Cell("number", "1"), "ok", None),
        (EMPTY, "error", "condition_not_stated"),
        (Cell("number", "3"), "error", "condition_unknown"),
        (Cell("number", "1.5"), "error", "condition_unknown"),
        (Cell("text", STUDENT), "error", "condition_unknown"),
        (Cell("text", "0"), "error", "condition_unknown"),
        (Cell("other", ""), "error", "condition_unknown"),
        (Cell("formula", ""), "error", "row_has_formula"),
    ],
)
def test_each_row_of_a_workbook_states_one(
    database: Database, draft: UUID, act: dict[str, Any], condition: Cell, outcome: str, code: str | None
) -> None:
    with database.reading() as db:
        (row,) = importing.preview(db, draft, [line(WANG, condition)], now=act["now"]).rows
    assert (row.outcome, row.code) == (outcome, code)


def test_a_row_states_nothing_where_there_are_no_conditions(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        rewrite(db, draft, act)
        rows = [line(WANG), line(ZHU, Cell("number", "1"), row=3)]
        report = importing.preview(db, draft, rows, now=act["now"])
    assert [row.code for row in report.rows] == [None, "condition_unknown"]


def test_a_workbook_adds_what_is_not_stated_yet_and_replaces_nothing(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    rows = [line(one, Cell("number", "2"), row) for row, one in enumerate((WANG, ZHU, LI), start=2)]
    with database.transaction() as db:
        enrolled_before(db, draft, act, WANG)
        enrolling.enrol(db, draft, ZHU, condition=1, **act)
        report = importing.import_lines(db, draft, rows, **act)
        again = importing.import_lines(db, draft, rows, **act)
    assert [row.code for row in report.rows] == ["condition_added", "already_enrolled", None]
    assert (report.enrolled, report.stated, again.enrolled, again.stated) == (1, 1, 0, 0)
    with database.reading() as db:
        assert stated(db, draft) == {WANG.name: 2, ZHU.name: 1, LI.name: 2}


def test_who_is_enrolled_already_and_states_none_is_no_error_but_a_wrong_number_is(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        enrolled_before(db, draft, act, WANG, ZHU)
        rows = [line(WANG), line(ZHU, Cell("number", "7"), row=3)]
        report = importing.import_lines(db, draft, rows, **act)
        assert [row.code for row in report.rows] == ["already_enrolled", "condition_unknown"]
        assert (report.errors, report.stated) == (1, 0)


def test_the_template_of_a_session_with_conditions_lists_them_and_comes_back(app: Flask, draft: UUID) -> None:
    path, office = f"/api/exam-sessions/{draft}/enrolments", Caller(app).log_in("office")
    book = load_workbook(io.BytesIO(office.get(f"{path}/template").get_data()))
    page, file = book.worksheets[0], io.BytesIO()
    assert page["E1"].value == "申报条件"
    assert f"1. {WORKER}\n2. {STUDENT}" in page["E1"].comment.text
    page["A2"], page["B2"], page["E2"] = WANG.name, WANG.identity_number, 2
    book.save(file)
    report = office.post(f"{path}/import", **upload("workbook", file.getvalue(), "people.xlsx")).json
    assert (report["errors"], report["enrolled"], report["stated"]) == (0, 1, 0)
    assert [one["condition_number"] for one in office.get(path).json["items"]] == [2]


def test_the_office_writes_lines_and_states_by_number(app: Flask, draft: UUID) -> None:
    path, office = f"/api/exam-sessions/{draft}", Caller(app).log_in("office")
    lines = [f"  {WORKER}\u200b ", "本专业\n在校\u3000学生"]
    assert office.patch(path, {"application_conditions": lines}).json["application_conditions"] == [
        WORKER,
        "本专业 在校 学生",
    ]
    person = {"name": WANG.name, "identity_number": WANG.identity_number}
    refused = office.post(f"{path}/enrolments", person)
    assert (refused.status_code, refused.json["code"]) == (422, "condition_not_stated")
    made = office.post(f"{path}/enrolments", {**person, "condition_number": 1})
    assert (made.status_code, made.json["condition_number"]) == (201, 1)
    one = f"{path}/enrolments/{made.json['enrolment_id']}/condition"
    assert office.put(one, {"condition_number": 2}).json["condition_number"] == 2
    unknown = office.put(one, {"condition_number": 3})
    assert (unknown.status_code, unknown.json["code"], unknown.json["count"]) == (422, "condition_unknown", 2)
    changed = office.patch(path, {"application_conditions": [WORKER]})
    assert (changed.status_code, changed.json["code"], changed.json["number"]) == (409, "condition_stated", 2)
    assert Caller(app).log_in("decider").put(one, {"condition_number": 1}).status_code == 403


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "lines", [["条件"] * 21, [""], ["\u200b"], ["条" * 301], [None], "条件", None, [{"text": "条件"}]]
)
def test_lines_of_another_form_are_refused(app: Flask, draft: UUID, lines: Any) -> None:
    office = Caller(app).log_in("office")
    answer = office.patch(f"/api/exam-sessions/{draft}", {"application_conditions": lines})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("number", [0, -1, 21, "1", 1.5, True, None])
def test_a_number_of_another_form_is_refused(app: Flask, draft: UUID, number: Any) -> None:
    answer = (
        Caller(app)
        .log_in("office")
        .put(f"/api/exam-sessions/{draft}/enrolments/{uuid4()}/condition", {"condition_number": number})
    )
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
