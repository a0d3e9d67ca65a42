"""Who may be enrolled: by which document, from which age, and once in a batch unless the office says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import forms
import pytest
from sqlalchemy.orm import Session
from stdnum.iso7064 import mod_11_2
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core.db import Database, get
from examsvc.delivery import enrolling, identity_documents, identity_numbers, importing, planning
from examsvc.delivery.batches import keeping
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import BadDocumentNumber, BadIdentityNumber, TooYoung
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import ExamSession
from examsvc.delivery.workbooks import EMPTY, Cell, Line

D = DocumentType


def born(day: date) -> str:
    body = f"310101{day:%Y%m%d}001"
    return body + mod_11_2.calc_check_digit(body)


def line(name: str, number: str, document: str = "", row: int = 2) -> Line:
    return Line(row, Cell("text", name), Cell("text", number), EMPTY, Cell("text", document) if document else EMPTY)


def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


def later(db: Session, world: World) -> ExamSession:
    plan = forms.plan(world, "L1", paper_id=world.paper.id)
    shift = timedelta(days=1)
    moved = replace(plan, starts_at=plan.starts_at + shift, ends_at=plan.ends_at + shift)
    return planning.create_session(db, moved, **act(world))


@pytest.mark.parametrize(
    ("kind", "number", "stored"),
    [
        (D.PASSPORT, " e1234 5678", "E12345678"),
        (D.PASSPORT, "G12345678", "G12345678"),
        (D.HONG_KONG_MACAO, "H1234567801", "H1234567801"),
        (D.HONG_KONG_MACAO, "m12345678", "M12345678"),
        (D.TAIWAN, "12345678", "12345678"),
        (D.TAIWAN, "1234567801", "1234567801"),
        (D.MILITARY, "军字第1234567号", "军字第1234567号"),
        (D.MILITARY, "1234567", "1234567"),
        (D.ID_CARD, "11010519491231002x", "11010519491231002X"),
    ],
)
def test_a_number_is_taken_in_the_form_of_its_document(kind: DocumentType, number: str, stored: str) -> None:
    assert identity_documents.checked(kind, number) == stored


@pytest.mark.parametrize(
    ("kind", "number", "refusal"),
    [
        (D.PASSPORT, "E1234", BadDocumentNumber),
        (D.PASSPORT, "护照E12345678", BadDocumentNumber),
        (D.HONG_KONG_MACAO, "A12345678", BadDocumentNumber),
        (D.HONG_KONG_MACAO, "H123456789", BadDocumentNumber),
        (D.TAIWAN, "１２３４５６７８", BadDocumentNumber),
        (D.MILITARY, "军字第123号", BadDocumentNumber),
        (D.ID_CARD, "E12345678", BadIdentityNumber),
    ],
)
def test_a_number_of_another_form_is_refused(
    kind: DocumentType, number: str, refusal: type[BadDocumentNumber | BadIdentityNumber]
) -> None:
    with pytest.raises(refusal):
        identity_documents.checked(kind, number)


@pytest.mark.parametrize(
    ("birthday", "day", "may_sit"),
    [
        (date(2010, 11, 24), date(2026, 11, 23), False),
        (date(2010, 11, 23), date(2026, 11, 23), True),
        (date(2010, 11, 22), date(2026, 11, 23), True),
        (date(2008, 2, 29), date(2024, 2, 28), False),
        (date(2008, 2, 29), date(2024, 2, 29), True),
        (date(2012, 2, 29), date(2028, 3, 1), True),
        (None, date(2026, 11, 23), True),
    ],
)
def test_who_sits_is_sixteen_on_the_day(birthday: date | None, day: date, may_sit: bool) -> None:
    if may_sit:
        identity_documents.check_age(birthday, day)
    else:
        with pytest.raises(TooYoung):
            identity_documents.check_age(birthday, day)


def test_a_child_is_enrolled_neither_alone_nor_from_a_workbook(database: Database, world: World) -> None:
    day = world.exam_session.starts_at.date()
    number = born(day.replace(year=day.year - 16) + timedelta(days=1))
    with database.transaction() as db:
        with pytest.raises(TooYoung):
            enrolling.enrol(db, world.exam_session.id, Person("赵小", number), **act(world))
        report = importing.preview(db, world.exam_session.id, [line("赵小", number)], now=world.now)
    assert [(row.outcome, row.code) for row in report.rows] == [("error", "too_young")]


def test_people_with_other_documents_come_in_from_a_workbook(database: Database, world: World) -> None:
    rows = [
        line("陈大文", "H12345678", "港澳居民来往内地通行证"),
        line("Mary O'Neill", "E12345678", "passport", row=3),
        line("李四", "X", "驾驶证", row=4),
    ]
    with database.transaction() as db:
        report = importing.preview(db, world.exam_session.id, rows, now=world.now)
        assert [(row.outcome, row.code) for row in report.rows] == [
            ("ok", None), ("ok", None), ("error", "unknown_document_type"),
        ]  # fmt: skip
        importing.import_lines(db, world.exam_session.id, rows[:2], **act(world))
        found = enrolling.enrolments_of(db, world.exam_session.id)[-2:]
        told = [(one.candidate.name, one.candidate.document_type) for one in found]
        sealed = [identity_numbers.unseal(one.candidate.identity_sealed) for one in found]
    assert told == [("陈大文", "HONG_KONG_MACAO"), ("Mary O'Neill", "PASSPORT")]
    assert sealed == ["H12345678", "E12345678"]


def test_one_number_of_two_kinds_of_documents_is_two_people(database: Database, world: World) -> None:
    with database.transaction() as db:
        for kind in (D.PASSPORT, D.TAIWAN):
            person = Person(f"陈{kind.lower()}", "12345678", document_type=kind)
            enrolling.enrol(db, world.exam_session.id, person, **act(world))
        assert len(enrolling.enrolments_of(db, world.exam_session.id)) == 5


def test_who_is_in_another_session_of_the_batch_is_told_and_enrolled_all_the_same(
    database: Database, world: World
) -> None:
    with database.transaction() as db:
        session = later(db, world)
        batch = keeping.create(db, "B1", "批次", world.organisation.id, **act(world))
        rows = [line(NAMES[0], IDENTITY_NUMBERS[0])]
        for one in (session, get(db, ExamSession, world.exam_session.id)):
            assert importing.preview(db, session.id, rows, now=world.now).rows[0].outcome == "ok"
            keeping.put_session(db, one.id, batch.id, **act(world))
        report = importing.import_lines(db, session.id, rows, **act(world))
    assert [(row.outcome, row.code) for row in report.rows] == [("notice", "enrolled_in_batch")]
    assert "S1" in report.rows[0].detail
    assert report.enrolled == 1
