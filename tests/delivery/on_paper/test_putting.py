"""Putting a sitting on paper: only once its paper may be shown, with every page fenced and the clock standing."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pypdf
import pytest
import zxingcpp
from callers import Caller
from clerks import REASON, Clerk
from moments import NINE_IN_SHANGHAI
from PIL import Image
from sitters import ANSWERS, Sitter
from sqlalchemy import select
from world import NAMES, World

from examsvc.core import audit, print_pictures
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import finding, invigilating
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper import sheet_codes
from examsvc.delivery.on_paper.errors import ContinuesOnPaper, ForeignSheet
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.sheet_codes import Sheet
from examsvc.delivery.states import SittingState

Stored = Callable[[Sitter], Sitting]


def printed(answer: Any) -> pypdf.PdfReader:
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.json
    return pypdf.PdfReader(io.BytesIO(answer.data))


def text_of(reader: pypdf.PdfReader) -> str:
    return "".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.sqlite_only
def test_each_paper_has_its_own_order_and_the_answers_so_far(cut_off: Sitter, clerk: Clerk) -> None:
    numbers = {
        question["number"]: question["stem"]
        for section in cut_off.paper()["sections"]
        for question in section["questions"]
    }
    text = text_of(printed(clerk.print(cut_off)))
    places = [
        text.index("".join(f"{number}.{stem}".replace("____", "________").split())) for number, stem in numbers.items()
    ]
    assert places == sorted(places)
    assert "提示词" in text
    assert text.count("●") >= 2
    for told in (NAMES[0], cut_off.enrolment.ticket_number, "60分00秒", "3/10题"):
        assert told in text
    assert "因为" not in text


@pytest.mark.sqlite_only
def test_a_room_is_printed_in_one_file_and_every_page_says_whose_it_is(
    cut_off: Sitter, neighbour: Sitter, clerk: Clerk
) -> None:
    neighbour.begin()
    reader = printed(clerk.print(cut_off, neighbour))
    for sitter in (cut_off, neighbour):
        ticket = sitter.enrolment.ticket_number
        own = [page for page in reader.pages if ticket in page.extract_text()]
        assert own
        for place, page in enumerate(own, start=1):
            assert f"第{place}页，共{len(own)}页" in "".join(page.extract_text().split())


def test_the_code_of_a_page_names_sitting_and_page_and_is_recognised(
    cut_off: Sitter, neighbour: Sitter, clerk: Clerk
) -> None:
    ticket = cut_off.enrolment.ticket_number
    code = sheet_codes.code(Sheet(ticket, 2))
    found = clerk.post(f"{clerk.path}/on-paper/find", {"code": code})
    assert (found.json["page"], found.json["enrolment_id"]) == (2, str(cut_off.enrolment.id))
    forged = code.replace(ticket, neighbour.enrolment.ticket_number)
    for wrong in (forged, code.replace(".2.", ".3."), "P1.x", "T1.S1001.0000000000000000"):
        assert clerk.post(f"{clerk.path}/on-paper/find", {"code": wrong}).json["code"] == "foreign_sheet"
    other = sheet_codes.code(Sheet("X999", 1))
    assert clerk.post(f"{clerk.path}/on-paper/find", {"code": other}).json["code"] == "sheet_of_another"


@pytest.mark.sqlite_only
def test_the_codes_on_the_pages_can_be_scanned(cut_off: Sitter) -> None:
    said = sheet_codes.code(Sheet(cut_off.enrolment.ticket_number, 3))
    symbol = zxingcpp.write_barcode_to_image(print_pictures.qr_symbol(said), scale=4)
    read = zxingcpp.read_barcode(Image.fromarray(symbol))
    assert read is not None
    assert sheet_codes.read(read.text) == Sheet(cut_off.enrolment.ticket_number, 3)
    with pytest.raises(ForeignSheet):
        sheet_codes.read(read.text[:-1] + "g")


def test_who_printed_whose_paper_and_why_is_on_record(cut_off: Sitter, clerk: Clerk, database: Database) -> None:
    clerk.print(cut_off)
    clerk.print(cut_off, reason="卡纸重打")
    with database.reading() as db:
        own = audit.history(db, f"sitting:{cut_off.enrolment.sitting.id}")
        whole = audit.history(db, cut_off.enrolment.exam_session.audit_stream)
    prints = [(one.actor_name, one.detail["reason"]) for one in own if one.action == "sitting.paper_printed"]
    assert prints == [("office先生", REASON), ("office先生", "卡纸重打")]
    assert whole[-1].detail["tickets"] == [cut_off.enrolment.ticket_number]


def test_from_then_on_the_clock_stands_and_no_page_answers(
    cut_off: Sitter, clerk: Clerk, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    entry = cut_off.entry(cut_off.refs()["NUMERIC"], ANSWERS["NUMERIC"])
    moving_clock.forward(minutes=10)
    clerk.print(cut_off)
    assert cut_off.send(entry).json["code"] == "epoch_superseded"
    assert cut_off.ask_claim().json["code"] == "continues_on_paper"
    assert cut_off.hand_in().json["code"] in {"sitting_paused", "epoch_superseded"}
    assert cut_off.get(f"{cut_off.path}/paper").json["code"] == "sitting_paused"
    view = cut_off.view()
    assert (view["on_paper_at"], view["state"]) == ("2026-11-23T01:10:00+00:00", "PAUSED")
    moving_clock.forward(hours=6)
    assert cut_off.view()["state"] == "PAUSED"
    with database.reading() as db:
        assert get(db, OnPaper, stored(cut_off).id).left_seconds == 50 * 60


@pytest.mark.postgresql_only
def test_who_is_printed_waits_for_all_in_one_order_so_that_two_prints_never_deadlock(
    cut_off: Sitter, neighbour: Sitter, clerk: Clerk, database: Database
) -> None:
    neighbour.begin()
    low, high = sorted((cut_off, neighbour), key=lambda sitter: sitter.enrolment.sitting.id)
    with ThreadPoolExecutor() as pool, database.transaction() as db:
        finding.locked(db, low.enrolment.sitting.id)
        printing = pool.submit(clerk.print, high, low)
        wait([printing], timeout=0.5)  # it comes as far as it can
        free = select(Sitting.id).filter_by(id=high.enrolment.sitting.id).with_for_update(nowait=True)
        assert db.scalar(free)
        db.commit()
        assert printing.result(60).status_code == 200


def test_no_page_answers_on_with_the_epoch_that_it_is_told(cut_off: Sitter, clerk: Clerk, stored: Stored) -> None:
    ref = cut_off.refs()["NUMERIC"]
    clerk.print(cut_off)
    cut_off.epoch, cut_off.seq = cut_off.view()["epoch"], 0
    assert cut_off.send(cut_off.entry(ref, ANSWERS["NUMERIC"])).json["code"] == "epoch_superseded"
    assert stored(cut_off).last_seq == 0


def test_a_start_is_not_moved_away_from_papers_that_are_handed_out(
    cut_off: Sitter, clerk: Clerk, stored: Stored, world: World
) -> None:
    clerk.print(cut_off)
    body = {"starts_at": (world.now + timedelta(minutes=40)).isoformat(), "reason": "停电"}
    assert clerk.post(f"{clerk.path}/move-start", body).json["code"] == "continues_on_paper"
    assert stored(cut_off).paused_at == NINE_IN_SHANGHAI
    assert clerk.withdraw(cut_off).status_code == 200
    assert clerk.post(f"{clerk.path}/move-start", body).status_code == 200


def test_no_proctor_lets_it_go_on_at_a_machine_by_mistake(
    cut_off: Sitter, clerk: Clerk, database: Database, proctor: Any, moving_clock: MovableClock
) -> None:
    clerk.print(cut_off)
    with pytest.raises(ContinuesOnPaper), database.transaction() as db:
        invigilating.resume(db, cut_off.enrolment.sitting.id, by=proctor, now=moving_clock())


def test_the_office_takes_it_back_to_a_machine_with_the_time_given_back(
    cut_off: Sitter, clerk: Clerk, other: Clerk, stored: Stored, moving_clock: MovableClock
) -> None:
    clerk.print(cut_off)
    moving_clock.forward(minutes=7)
    assert clerk.withdraw(cut_off).status_code == 200
    cut_off.claim()
    cut_off.answer("NUMERIC")
    assert stored(cut_off).closes_at == NINE_IN_SHANGHAI + timedelta(minutes=67)
    assert clerk.sheet(cut_off)["code"] == "not_on_paper"
    clerk.print(cut_off)
    moving_clock.forward(minutes=30)
    assert clerk.type_in(cut_off, began=8, handed_in=20).status_code == 200
    assert clerk.withdraw(cut_off).json["code"] == "illegal_transition"


def test_who_was_paused_already_has_the_time_since_the_pause(
    cut_off: Sitter, clerk: Clerk, stored: Stored, database: Database, proctor: Any, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        invigilating.pause(db, cut_off.enrolment.sitting.id, reason="断电", by=proctor, now=moving_clock())
    moving_clock.forward(minutes=15)
    clerk.print(cut_off)
    with database.reading() as db:
        row = get(db, OnPaper, stored(cut_off).id)
    assert (row.since, row.left_seconds) == (NINE_IN_SHANGHAI, 3600)


def test_who_had_not_opened_the_paper_has_it_opened_and_signs_the_undertaking_by_hand(
    sitter: Sitter, clerk: Clerk, stored: Stored
) -> None:
    sitter.enter()
    assert "诚信考试承诺书" in text_of(printed(clerk.print(sitter)))
    assert stored(sitter).state == SittingState.PAUSED
    assert stored(sitter).opened_at == NINE_IN_SHANGHAI


def test_whom_a_pause_kept_out_goes_on_by_hand_with_the_pause_given_back(
    sitter: Sitter, clerk: Clerk, stored: Stored, world: World, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        act = {"reason": "停电", "by": world.by("proctor1"), "now": moving_clock()}
        invigilating.pause(db, sitter.enrolment.sitting.id, **act)
    moving_clock.forward(minutes=5)
    printed(clerk.print(sitter))
    own = stored(sitter)
    assert (own.state, own.held_at, own.held_seconds) == (SittingState.PAUSED, None, 300)


def test_nothing_is_printed_before_the_start_nor_after_the_end(
    sitter: Sitter, clerk: Clerk, reset: Callable[..., None], world: World, stored: Stored, moving_clock: MovableClock
) -> None:
    reset(starts_at=world.now + timedelta(seconds=1))
    assert clerk.print(sitter).json["code"] == "not_started"
    assert stored(sitter).state == SittingState.EXPECTED
    reset(starts_at=world.now)
    sitter.begin()
    sitter.hand_in()
    assert clerk.print(sitter).json["code"] == "sitting_over"


def test_one_who_cannot_be_printed_keeps_all_at_their_machines(
    cut_off: Sitter, neighbour: Sitter, clerk: Clerk, stored: Stored
) -> None:
    neighbour.begin()
    neighbour.hand_in()
    assert clerk.print(cut_off, neighbour).json["code"] == "sitting_over"
    assert stored(cut_off).state == SittingState.IN_PROGRESS
    assert stored(cut_off).on_paper_at is None


@pytest.mark.parametrize("username", ["supervisor", "examiner1", "author", "proctor1", "decider"])
def test_only_the_office_prints_and_types_in(cut_off: Sitter, app: Any, world: World, username: str) -> None:
    someone = Clerk(app, world, username)
    assert someone.print(cut_off).json["code"] == "not_allowed"
    assert someone.sheet(cut_off)["code"] == "not_allowed"


def test_a_candidate_prints_nothing(cut_off: Sitter, nobody: Caller) -> None:
    path = f"/api/exam-sessions/{cut_off.enrolment.exam_session_id}/on-paper/print"
    body = {"enrolment_ids": [str(cut_off.enrolment.id)], "reason": "x"}
    assert cut_off.post(path, body).json["code"] == "not_allowed"
    assert nobody.post(path, body).json["code"] == "not_logged_in"


def test_a_sheet_as_it_is_typed_in_says_nothing_of_what_is_asked(on_paper: Sitter, clerk: Clerk) -> None:
    told = clerk.get(f"{clerk.path}/enrolments/{on_paper.enrolment.id}/on-paper").get_data(as_text=True)
    assert "选一项" not in told
    assert "甲" not in told
