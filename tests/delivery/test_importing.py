import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from uploads import upload
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import Database
from examsvc.core.web.downloads import XLSX
from examsvc.delivery import workbooks
from examsvc.delivery.errors import BadWorkbook
from examsvc.delivery.models import Candidate, Enrolment, Sitting
from examsvc.delivery.states import ExamSessionState

pytestmark = pytest.mark.slow

HEAD = ("姓名", "证件号码", "延长分钟")
NEW = ("赵一", "310101190001010011", None)
OTHER = ("钱二", "310101190001020025", "15")
KNOWN = ("王小明", "11010519491231002X", None)
Send = Callable[..., TestResponse]


def sheet(*rows: Sequence[Any], head: Sequence[Any] = HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def altered(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its archive changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


@pytest.fixture
def send(office: Caller, world: World) -> Send:
    def post(data: bytes, *, dry_run: bool = False) -> TestResponse:
        path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/import?dry_run={str(dry_run).lower()}"
        return office.post(path, **upload("workbook", data, "people.xlsx"))

    return post


def _count(database: Database, model: Any) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def test_a_dry_run_says_what_would_become_of_each_row_and_writes_nothing(send: Send, database: Database) -> None:
    report = send(sheet(NEW, KNOWN, ("孙三", "310101190001010012", None)), dry_run=True).json
    assert [(row["row"], row["outcome"], row["code"]) for row in report["rows"]] == [
        (2, "ok", None),
        (3, "warning", "already_enrolled"),
        (4, "error", "bad_identity_number"),
    ]
    assert report["rows"][0]["identity_masked"] == "310**************1"
    assert (report["errors"], report["enrolled"]) == (1, 0)
    assert _count(database, Enrolment) == 3


def test_an_import_enrols_all_and_passes_over_who_is_enrolled(send: Send, database: Database, office: Caller) -> None:
    report = send(sheet(NEW, KNOWN, OTHER)).json
    assert (report["errors"], report["enrolled"]) == (0, 2)
    with database.reading() as db:
        rows = db.execute(
            select(Candidate.name, Enrolment.seat_number, Sitting.accommodation_seconds)
            .join(Enrolment.candidate)
            .join(Enrolment.sitting)
            .order_by(Enrolment.seat_number)
        ).all()
    assert [tuple(row) for row in rows[3:]] == [("赵一", 4, 0), ("钱二", 5, 15 * 60)]
    assert send(sheet(NEW, KNOWN, OTHER)).json["enrolled"] == 0


def test_one_bad_row_and_nobody_is_enrolled(send: Send, database: Database) -> None:
    report = send(sheet(NEW, OTHER, ("孙三", "1", None))).json
    assert (report["errors"], report["enrolled"]) == (1, 0)
    assert (_count(database, Enrolment), _count(database, Candidate)) == (3, 3)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("赵一", 310101190001010011, None), "identity_number_as_number"),
        (("赵一", '="310101190001010011"', None), "row_has_formula"),
        (('=CONCATENATE("赵","一")', "310101190001010011", None), "row_has_formula"),
        (("赵一", "310101190001010011", "=1+1"), "row_has_formula"),
        (("赵一", None, None), "bad_identity_number"),
        ((None, "310101190001010011", None), "bad_name"),
        (("赵😀", "310101190001010011", None), "bad_name"),
        (("赵\ue123", "310101190001010011", None), "name_not_drawable"),
        (("王大明", "11010519491231002X", None), "name_differs"),
        (("赵一", "310101190001010011", "多"), "bad_extra_minutes"),
        (("赵一", "310101190001010011", -5), "bad_extra_minutes"),
        (("赵一", "310101190001010011", 241), "bad_extra_minutes"),
        (("赵一", "310101190001010011", True), "bad_extra_minutes"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(send: Send, row: Sequence[Any], code: str) -> None:
    (judged,) = send(sheet(row), dry_run=True).json["rows"]
    assert (judged["outcome"], judged["code"]) == ("error", code)


@pytest.mark.sqlite_only
def test_whole_numbers_of_extra_minutes_may_be_numbers(send: Send) -> None:
    (judged,) = send(sheet(("赵一", "310101190001010011", 15.0)), dry_run=True).json["rows"]
    assert judged["outcome"] == "ok"


def test_a_number_that_stands_twice_is_an_error_at_the_second(send: Send) -> None:
    rows = send(sheet(NEW, ("赵一", "310101190001010011", None)), dry_run=True).json["rows"]
    assert [row["code"] for row in rows] == [None, "row_repeated"]


def test_no_answer_holds_a_number_in_clear(send: Send) -> None:
    answer = send(sheet(NEW, ("孙三", "310101190001010012", None)), dry_run=True)
    assert "310101190001010011" not in answer.get_data(as_text=True)
    assert "310101190001010012" not in answer.get_data(as_text=True)


@pytest.mark.sqlite_only
def test_headings_may_stand_in_another_order_and_have_stars(send: Send) -> None:
    data = sheet(("x", "310101190001010011", "赵一"), head=("备注", "身份证号*", " 姓名 * "))
    (judged,) = send(data, dry_run=True).json["rows"]
    assert (judged["outcome"], judged["name"]) == ("ok", "赵一")


@pytest.mark.sqlite_only
def test_empty_rows_between_are_passed_over_and_rows_keep_their_number(send: Send) -> None:
    rows = send(sheet(NEW, (None, " ", None), OTHER), dry_run=True).json["rows"]
    assert [row["row"] for row in rows] == [2, 4]


@pytest.mark.sqlite_only
def test_a_workbook_that_lies_about_its_dimension_is_read_whole(send: Send) -> None:
    def lie(xml: bytes) -> bytes:
        return xml.replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1"/>').replace(
            b'<dimension ref="A1:C3" />', b'<dimension ref="A1" />'
        )

    data = altered(sheet(NEW, OTHER), "xl/worksheets/sheet1.xml", lie)
    assert b'ref="A1"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert len(send(data, dry_run=True).json["rows"]) == 2


def test_the_template_can_be_filled_in_and_sent_back(office: Caller, send: Send, world: World) -> None:
    answer = office.get(f"/api/exam-sessions/{world.exam_session.id}/enrolments/template")
    assert answer.mimetype == XLSX
    book = load_workbook(io.BytesIO(answer.get_data()))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [*HEAD, "证件类型"]
    assert page["B2"].number_format == "@"
    page["A2"], page["B2"] = NEW[0], NEW[1]
    file = io.BytesIO()
    book.save(file)
    assert send(file.getvalue()).json["enrolled"] == 1


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"not a workbook", "unreadable", id="rubbish"),
        pytest.param(b"", "unreadable", id="nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "unreadable", id="an old .xls"),
        pytest.param(sheet(NEW)[:-200], "unreadable", id="cut short"),
        pytest.param(sheet(NEW, head=("a", "b")), "no_headings", id="no headings"),
        pytest.param(sheet(head=()), "no_headings", id="no rows"),
        pytest.param(altered(sheet(NEW), "xl/worksheets/sheet1.xml", lambda _: b"<broken"), "unreadable", id="bad XML"),
        pytest.param(
            altered(sheet(NEW), "xl/worksheets/sheet1.xml", lambda xml: LAUGHS + xml), "unreadable", id="entities"
        ),
        pytest.param(
            altered(sheet(NEW), "xl/theme/theme1.xml", lambda _: b" " * (33 * 1024 * 1024)),
            "unpacks_too_large",
            id="a bomb",
        ),
        pytest.param(sheet(*[("赵", str(n), None) for n in range(5_001)]), "too_many_rows", id="5,001 rows"),
    ],
)
def test_a_workbook_that_cannot_be_trusted_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(BadWorkbook) as refused:
        workbooks.lines(data)
    assert refused.value.extra["fault"] == fault


def test_five_thousand_rows_are_read() -> None:
    assert len(workbooks.lines(sheet(*[("赵", str(n), None) for n in range(5_000)]))) == 5_000


@pytest.mark.sqlite_only
def test_an_upload_over_eight_megabytes_is_refused(send: Send) -> None:
    answer = send(b"0" * (8 * 1024 * 1024 + 1))
    assert answer.status_code == 413


@pytest.mark.sqlite_only
def test_the_edge_answers_a_refused_workbook_by_code(send: Send) -> None:
    answer = send(b"rubbish", dry_run=True)
    assert (answer.status_code, answer.json["code"], answer.json["fault"]) == (422, "bad_workbook", "unreadable")


@pytest.mark.sqlite_only
def test_without_a_file_the_import_is_refused(office: Caller, world: World) -> None:
    answer = office.post(f"/api/exam-sessions/{world.exam_session.id}/enrolments/import")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def rows(count: int) -> bytes:
    """A workbook of so many rows, each with an error, so that nobody is enrolled."""
    return sheet(*[("赵", str(number), None) for number in range(count)])


@pytest.mark.parametrize("dry_run", [True, False])
def test_while_papers_are_opened_a_large_import_is_refused_and_a_small_one_is_not(send: Send, dry_run: bool) -> None:
    refused = send(rows(51), dry_run=dry_run)
    assert (refused.status_code, refused.json["code"]) == (409, "import_while_sitting")
    assert (refused.json["minutes"], refused.json["most"]) == (10, 50)
    assert send(rows(50), dry_run=dry_run).json["errors"] == 50


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("minutes", "status"), [(10, 409), (10.1, 200)])
def test_a_large_import_is_done_well_before_the_start(
    send: Send, reset: Callable[..., None], world: World, minutes: float, status: int
) -> None:
    reset(starts_at=world.now + timedelta(minutes=minutes))
    assert send(rows(51)).status_code == status


@pytest.mark.sqlite_only
def test_a_draft_takes_a_large_import_at_any_time(send: Send, reset: Callable[..., None]) -> None:
    reset(state=ExamSessionState.DRAFT)
    assert send(rows(51)).status_code == 200
