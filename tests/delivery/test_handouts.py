"""Admission tickets, door lists and sign-in sheets."""

import io
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import exam_rooms
import pypdf
import pytest
import zxingcpp
from callers import Caller
from flask import Flask
from moments import NINE_IN_SHANGHAI
from pictures import scene
from PIL import Image
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core import audit
from examsvc.core.clock import SHANGHAI
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import BadTicketCode, CannotBeHandedOut
from examsvc.delivery.handouts import printing, ticket_codes, words
from examsvc.delivery.handouts.printing import Handout
from examsvc.delivery.instants import Window
from examsvc.delivery.models import Candidate, ExamSession
from examsvc.delivery.states import CameraRule, ClockRule, ExamSessionState

RARE, LONG = "𬎆珺", "阿卜杜热合曼·买买提艾力"

WINDOW = Window(
    starts_at=NINE_IN_SHANGHAI,
    ends_at=NINE_IN_SHANGHAI + timedelta(minutes=90),
    minutes=90,
    clock_rule=ClockRule.COMMON,
    late_entry_minutes=30,
    earliest_hand_in_minutes=20,
    grace_seconds=15,
    login_absent_minutes=40,
    last_minutes_consent=10,
)


def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


def printed(database: Database, world: World, handout: Handout, **options: Any) -> pypdf.PdfReader:
    with database.transaction() as db:
        manuscript = printing.hand_out(db, world.exam_session.id, handout, **options, **act(world))
    return pypdf.PdfReader(io.BytesIO(manuscript.printed().pdf))


def text_of(reader: pypdf.PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace(" ", "")


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def pages_of(document: bytes, folder: Path) -> list[Image.Image]:
    """Return the pages as a printer draws them."""
    (folder / "printed.pdf").write_bytes(document)
    program = ["pdftoppm", "-r", "200", "-gray", "-png", str(folder / "printed.pdf"), str(folder / "page")]
    subprocess.run(program, check=True, timeout=60)
    return [Image.open(path) for path in sorted(folder.glob("page-*.png"))]


@pytest.fixture
def late(database: Database, world: World) -> str:
    """Somebody with a photo and a long name, in a second room."""
    with database.transaction() as db:
        room = exam_rooms.give_room(db, world.exam_session.id, **act(world))
        person = Person(LONG, "310101199001010012", scene(1, size=(295, 413)))
        enrolment = enrolling.enrol(db, world.exam_session.id, person, **act(world))
        enrolment.session_room, enrolment.seat_number = room, 1
        return enrolment.ticket_number


@pytest.mark.sqlite_only
def test_tickets_are_two_to_a_page_with_all_that_a_candidate_needs(database: Database, world: World, late: str) -> None:
    reader = printed(database, world, Handout.TICKETS)
    assert len(reader.pages) == 2
    text = text_of(reader)
    for name in (*NAMES, LONG):
        assert name in text
    for enrolment in world.enrolments:
        assert enrolment.ticket_number in text
    for told in ("310**************7", "2026年11月23日（星期一）08:30—10:30", "外滩考核点", "第01考场", "第02考场"):
        assert told in text
    assert late in text
    assert not [number for number in IDENTITY_NUMBERS if number in text]


@pytest.mark.sqlite_only
def test_the_code_on_a_ticket_holds_its_number_and_nothing_of_the_person(database: Database, world: World) -> None:
    with database.transaction() as db:
        found = printing._pictures(Handout.TICKETS, enrolling.enrolments_of(db, world.exam_session.id))
    assert sorted(found) == sorted(f"qr-{one.id}.svg" for one in world.enrolments)
    number = world.enrolments[0].ticket_number
    symbol = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(ticket_codes.code(number), zxingcpp.BarcodeFormat.QRCode)
    )
    (scanned,) = zxingcpp.read_barcodes(Image.fromarray(symbol).resize((400, 400), Image.Resampling.NEAREST))
    assert ticket_codes.read(scanned.text) == number
    assert not [digits for digits in IDENTITY_NUMBERS if digits in scanned.text]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "change",
    [
        lambda code: code.replace("T1.", "T2."),
        lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"),
        lambda code: code.replace(".2", ".3", 1),
        lambda code: code.rpartition(".")[0],
        lambda code: code + "\n" + code,
        lambda _: "",
        lambda _: "T1." + "9" * 25 + "." + "0" * 16,
        lambda _: "https://example.cn/" * 400,
    ],
)
def test_a_code_that_was_made_up_or_altered_is_refused(world: World, change: Any) -> None:
    code = ticket_codes.code(world.enrolments[0].ticket_number)
    with pytest.raises(BadTicketCode):
        ticket_codes.read(change(code))


@pytest.mark.sqlite_only
def test_door_lists_name_seats_and_people_only(database: Database, world: World, late: str) -> None:
    reader = printed(database, world, Handout.DOOR_LISTS)
    assert len(reader.pages) == 2
    text = text_of(reader)
    assert "第01考场" in squeezed(reader.pages[0].extract_text())
    assert LONG in squeezed(reader.pages[1].extract_text()).replace("\n", "")
    assert RARE in text
    assert late[-4:] in text
    assert late not in text
    assert "***" not in text


@pytest.mark.sqlite_only
def test_sign_in_sheets_have_a_page_for_each_room_and_lines_to_sign(
    database: Database, world: World, late: str
) -> None:
    reader = printed(database, world, Handout.SIGN_IN_SHEETS)
    assert len(reader.pages) == 2
    first, second = (squeezed(page.extract_text()) for page in reader.pages)
    for told in ("考生签到表", "应到3人", "考生签名", "监考员签名", "缺考", RARE):
        assert told in first
    assert late in second
    assert len(reader.pages[1].images) == 1


@pytest.mark.sqlite_only
def test_one_room_is_printed_by_itself(database: Database, world: World, late: str) -> None:
    with database.reading() as db:
        *_, last = enrolling.enrolments_of(db, world.exam_session.id)
    text = text_of(printed(database, world, Handout.TICKETS, session_room_id=last.session_room_id))
    assert late in text
    assert not [one for one in world.enrolments if one.ticket_number in text]


def test_the_office_downloads_them_once_published_and_it_is_put_on_record(
    app: Flask, database: Database, world: World
) -> None:
    office, path = Caller(app).log_in("office"), f"/api/exam-sessions/{world.exam_session.id}/handouts"
    answer = office.get(path, query_string={"kind": "door-lists"})
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    with database.transaction() as db:
        last = audit.history(db, world.exam_session.audit_stream)[-1]
        get(db, ExamSession, world.exam_session.id).state = ExamSessionState.DRAFT
    assert (last.action, last.detail["handout"]) == ("exam_session.handout_printed", "door-lists")
    assert office.get(path, query_string={"kind": "tickets"}).json["code"] == "seats_not_settled"
    assert office.get(path, query_string={"kind": "keys"}).status_code == 422
    assert Caller(app).log_in("proctor1").get(path, query_string={"kind": "tickets"}).status_code == 403


@pytest.mark.sqlite_only
def test_a_name_that_no_font_draws_is_refused_and_not_left_out(database: Database, world: World) -> None:
    with database.transaction() as db:
        get(db, Candidate, world.enrolments[0].candidate_id).name = "王\U0001f600"
    with pytest.raises(CannotBeHandedOut) as refused:
        printed(database, world, Handout.TICKETS)
    assert "U+1F600" in str(refused.value)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-23T09:00", "2026-11-23T10:30", "2026年11月23日（星期一）09:00—10:30"),
        ("2026-11-22T23:30", "2026-11-23T00:30", "2026年11月22日（星期日）23:30—2026年11月23日（星期一）00:30"),
    ],
)
def test_the_time_on_a_ticket_is_that_of_shanghai(first: str, last: str, text: str) -> None:
    at = [datetime.fromisoformat(one).replace(tzinfo=SHANGHAI) for one in (first, last)]
    assert words.span(*at) == text


@pytest.mark.parametrize(
    ("changes", "told", "untold"),
    [
        ({}, ["考试时长 90 分钟", "开考 30 分钟后不得入场", "开考 20 分钟后方可交卷", "全程视频监控"], ["摄像头须"]),
        ({}, ["迟到不延长考试时间", "开考 40 分钟内未签到入场", "最后 10 分钟内交卷须经监考员同意"], ["补足"]),
        ({"late_entry_minutes": 0}, ["开考后不得入场"], ["0 分钟后不得入场，"]),
        ({"late_entry_minutes": 0, "login_absent_minutes": 0}, ["开考前未签到入场"], ["0 分钟内未签到"]),
        ({"late_entry_minutes": 600}, ["开考 90 分钟后不得入场", "开考 90 分钟内未签到入场"], ["600"]),
        ({"login_absent_minutes": 20}, ["开考 30 分钟内未签到入场"], ["开考 20 分钟内"]),
        ({"late_extends_time": True}, ["迟到的时间补足"], ["不延长"]),
        ({"late_extends_time": True, "late_entry_minutes": 0}, ["迟到不延长考试时间"], ["补足"]),
        ({"earliest_hand_in_minutes": 0}, ["可随时交卷"], ["方可交卷", "不得提前"]),
        ({"earliest_hand_in_minutes": None}, ["不得提前交卷"], ["可随时交卷", "方可交卷", "监考员同意"]),
        ({"earliest_hand_in_minutes": 90}, ["不得提前交卷"], ["方可交卷"]),
        ({"last_minutes_consent": 0}, ["方可交卷；交卷后不得"], ["监考员同意"]),
        ({"clock_rule": ClockRule.PERSONAL}, ["随时入场开考"], ["分钟后不得入场", "缺考"]),
    ],
)
def test_the_rules_on_a_ticket_are_those_of_the_session(
    changes: dict[str, Any], told: list[str], untold: list[str]
) -> None:
    text = "\n".join(words.rules(replace(WINDOW, **changes), CameraRule.OPTIONAL))
    assert all(part in text for part in told)
    assert not [part for part in untold if part in text]


def test_a_ticket_tells_of_the_camera_when_there_is_one() -> None:
    said = {rule: "".join(words.rules(WINDOW, rule)) for rule in CameraRule}
    assert "摄像头须正常工作" in said[CameraRule.REQUIRED]
    assert "视频监控" not in said[CameraRule.OFF]


@pytest.mark.sqlite_only
def test_the_code_is_scanned_out_of_the_printed_tickets_and_nothing_is_cut_off(
    database: Database, world: World, tmp_path: Path
) -> None:
    """With as many rules as there can be, and each as long as it can be."""
    with database.transaction() as db:
        exam_session = get(db, ExamSession, world.exam_session.id)
        exam_session.clock_rule, exam_session.camera_rule = ClockRule.COMMON, CameraRule.REQUIRED
        exam_session.earliest_hand_in_minutes, exam_session.last_minutes_consent = 30, 10
        manuscript = printing.hand_out(db, exam_session.id, Handout.TICKETS, **act(world))
    document = manuscript.printed().pdf
    reader = pypdf.PdfReader(io.BytesIO(document))
    assert len(reader.pages) == -(-len(world.enrolments) // 2)
    scanned = [code for page in pages_of(document, tmp_path) for code in zxingcpp.read_barcodes(page)]
    numbers = sorted(ticket_codes.read(code.text) for code in scanned)
    assert numbers == sorted(enrolment.ticket_number for enrolment in world.enrolments)
    assert not [digits for code in scanned for digits in IDENTITY_NUMBERS if digits in code.text]
    assert text_of(reader).replace("\n", "").count("违纪违规的按有关规定处理。") == len(world.enrolments)
