"""Reconciliation: acknowledged = stored = written, by room, and every difference by name."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from callers import Caller
from click.testing import CliRunner
from rescues import Desk, line, rescue_file
from sitters import Sitter
from sqlalchemy import delete, event, select, update
from werkzeug.test import TestResponse

from examsvc.cli.receipts import receipt
from examsvc.core import canonical, signing
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.reconciling import printing, reconciliation
from examsvc.delivery.reconciling.models import JournalReport


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


def _tell(sitter: Sitter, receipt: str | None = None, *epochs: tuple[int, int, int]) -> TestResponse:
    told = [
        {"epoch": epoch, "written_seq": written, "acknowledged_seq": acknowledged}
        for epoch, written, acknowledged in epochs
    ]
    return sitter.put(f"{sitter.path}/journal-report", {"epochs": told, "receipt": receipt})


def _report(office: Caller, sitter: Sitter) -> dict[str, Any]:
    answer = office.get(f"/api/exam-sessions/{sitter.enrolment.exam_session_id}/reconciliation")
    assert answer.status_code == 200, answer.json
    body: dict[str, Any] = answer.json
    return body


def _kinds(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["name"], each["kind"]) for each in report["differences"]]


def test_without_a_loss_all_numbers_agree(sitter: Sitter, neighbour: Sitter, office: Caller) -> None:
    for one in (sitter, neighbour):
        receipt = one.begin().answer()["receipt"]
        assert _tell(one, receipt, (1, 1, 1)).status_code == 200
    report = _report(office, sitter)
    assert report["differences"] == []
    numbers = {name: report["total"][name] for name in ("opened", "reported", "acknowledged", "stored", "written")}
    assert numbers == {"opened": 2, "reported": 2, "acknowledged": 2, "stored": 2, "written": 2}
    assert [(room["room"], room["stored"]) for room in report["rooms"]] == [("01 S1 第1考场", 2)]
    assert report["total"]["lost"] == 0


@pytest.mark.postgresql_only
def test_answers_that_come_in_while_it_is_read_are_no_loss(sitter: Sitter, office: Caller, database: Database) -> None:
    _tell(sitter, sitter.begin().answer()["receipt"], (1, 1, 1))
    arrived: list[int] = []

    def answer_once_rows_are_counted(*executed: Any) -> None:
        if "count(*)" in executed[2] and "FROM responses" in executed[2] and not arrived:
            arrived.append(1)
            pool.submit(answer_and_tell).result(30)

    def answer_and_tell() -> None:
        _tell(sitter, sitter.answer("TRUE_FALSE")["receipt"], (1, 2, 2))

    event.listen(database.engine, "after_cursor_execute", answer_once_rows_are_counted)
    try:
        with ThreadPoolExecutor(1) as pool:
            report = _report(office, sitter)
    finally:
        event.remove(database.engine, "after_cursor_execute", answer_once_rows_are_counted)
    assert arrived
    assert report["total"]["lost"] == 0


def test_a_planted_loss_is_found_by_the_signed_receipt_even_if_the_page_says_less(
    sitter: Sitter, office: Caller, database: Database
) -> None:
    sitter.begin().answer()
    receipt = sitter.answer("TRUE_FALSE")["receipt"]
    _tell(sitter, receipt, (1, 1, 1))
    with database.transaction() as db:
        db.execute(delete(Response).where(Response.seq == 2))
    report = _report(office, sitter)
    assert _kinds(report) == [("王小明", "LOST")]
    assert report["total"]["lost"] == 1


def test_what_a_page_only_says_was_acknowledged_is_named_apart_and_is_no_loss(sitter: Sitter, office: Caller) -> None:
    receipt = sitter.begin().answer()["receipt"]
    _tell(sitter, receipt, (1, 10**9, 10**9))
    report = _report(office, sitter)
    assert _kinds(report) == [("王小明", "UNPROVEN")]
    assert report["differences"][0]["acknowledged"] == 10**9
    numbers = {name: report["total"][name] for name in ("acknowledged", "stored", "lost", "unproven")}
    assert numbers == {"acknowledged": 1, "stored": 1, "lost": 0, "unproven": 10**9 - 1}


@pytest.mark.parametrize(("unproven", "lost", "said"), [(0, 0, "全部入库。"), (7, 0, "另有 7 行"), (7, 2, "立即核查")])
def test_the_documents_verdict_keeps_a_pages_word_apart(unproven: int, lost: int, said: str) -> None:
    verdict = printing.verdict(lost, unproven, is_whole=lost == 0)
    assert said in verdict
    assert ("立即核查" in verdict) is (lost > 0)


def test_of_epochs_that_the_sitting_has_not_had_nothing_is_kept(
    sitter: Sitter, office: Caller, database: Database
) -> None:
    receipt = sitter.begin().answer()["receipt"]
    invented = [(epoch, 5, 5) for epoch in range(2, 90)]
    assert _tell(sitter, receipt, (0, 0, 0), (1, 1, 1), *invented).status_code == 200
    with database.reading() as db:
        assert sorted(db.scalars(select(JournalReport.epoch))) == [0, 1]
    assert _kinds(_report(office, sitter)) == []


def test_what_we_signed_before_the_database_was_set_back_is_kept_with_its_counts(
    sitter: Sitter, office: Caller, database: Database
) -> None:
    sitter.begin().answer()
    sitter.claim()
    receipt = sitter.answer("TRUE_FALSE")["receipt"]
    with database.transaction() as db:
        db.execute(delete(Response).where(Response.epoch == 2))
        db.execute(update(Sitting).values(epoch=1))
    _tell(sitter, receipt, (1, 1, 1), (2, 1, 1), (3, 1, 1))
    report = _report(office, sitter)
    assert [(each["kind"], each["epoch"]) for each in report["differences"]] == [("LOST", 2)]


def test_a_changed_row_is_found_at_the_receipt(sitter: Sitter, office: Caller, database: Database) -> None:
    receipt = sitter.begin().answer()["receipt"]
    _tell(sitter, receipt, (1, 1, 1))
    with database.transaction() as db:
        db.execute(update(Response).values(chain="f" * 64))
    assert _kinds(_report(office, sitter)) == [("王小明", "ALTERED")]


def test_lines_that_never_arrived_and_pages_that_told_nothing_are_named(
    sitter: Sitter, neighbour: Sitter, office: Caller
) -> None:
    receipt = sitter.begin().answer()["receipt"]
    _tell(sitter, receipt, (1, 3, 1))
    neighbour.begin()
    report = _report(office, sitter)
    assert _kinds(report) == [("王小明", "UNDELIVERED"), ("𬎆珺", "UNREPORTED")]
    assert report["total"]["lost"] == 0


def test_what_the_office_took_over_stands_apart(sitter: Sitter, office: Caller, moving_clock: MovableClock) -> None:
    receipt = sitter.begin().answer()["receipt"]
    made = line(sitter, sitter.refs()["TRUE_FALSE"], {"value": True})
    moving_clock.forward(minutes=61)
    _tell(sitter, receipt, (1, 2, 1))
    Desk(office, sitter).take(rescue_file(sitter, made))
    report = _report(office, sitter)
    total = report["total"]
    assert (total["stored"], total["taken_over"], total["late"], total["lost"]) == (1, 1, 1, 0)
    assert _kinds(report) == [("王小明", "UNDELIVERED"), ("王小明", "TAKEN_OVER")]


def test_a_lower_number_changes_nothing(sitter: Sitter, office: Caller) -> None:
    receipt = sitter.begin().answer()["receipt"]
    later = sitter.answer("TRUE_FALSE")["receipt"]
    _tell(sitter, later, (1, 2, 2))
    _tell(sitter, receipt, (1, 1, 1))
    assert _report(office, sitter)["total"]["acknowledged"] == 2


def test_the_newest_report_stands_when_lines_went_on_into_another_epoch(sitter: Sitter, office: Caller) -> None:
    receipt = sitter.begin().answer()["receipt"]
    _tell(sitter, receipt, (1, 3, 1))  # the page is left with two lines on their way
    assert _kinds(_report(office, sitter)) == [("王小明", "UNDELIVERED")]
    sitter.claim()
    later = sitter.answer("TRUE_FALSE")["receipt"]
    _tell(sitter, later, (1, 1, 1), (2, 1, 1))
    assert _kinds(_report(office, sitter)) == []


def test_a_report_that_was_overtaken_takes_nothing_back(sitter: Sitter, office: Caller) -> None:
    sitter.begin().answer()
    receipt = sitter.answer("TRUE_FALSE")["receipt"]
    _tell(sitter, receipt, (1, 5, 2))
    _tell(sitter, None, (1, 2, 1))
    total = _report(office, sitter)["total"]
    assert (total["written"], total["acknowledged"]) == (5, 2)


def test_a_receipt_that_is_not_ours_or_of_another_sitting_is_refused(sitter: Sitter, neighbour: Sitter) -> None:
    receipt = sitter.begin().answer()["receipt"]
    neighbour.begin()
    assert _tell(neighbour, receipt).json["code"] == "receipt_of_another"
    assert _tell(sitter, receipt[:-4] + "AAAA").json["code"] in {"receipt_broken", "receipt_unreadable"}


def test_the_statement_is_signed(
    sitter: Sitter, office: Caller, database: Database, moving_clock: MovableClock
) -> None:
    sitter.begin().answer()
    with database.reading() as db:
        found = reconciliation.reconcile(db, sitter.enrolment.exam_session_id, now=moving_clock())
        statement = canonical.encode(found.statement)
        signature = bytes.fromhex(found.signature)
    public = signing.public_key(reconciliation.LABEL)
    assert signing.verify(public, statement, signature)
    assert not signing.verify(public, statement.replace(b'"lost":0', b'"lost":1'), signature)
    assert json.loads(statement)["total"]["stored"] == 1


def test_the_signed_file_is_checked_by_the_command_with_the_public_keys_alone(
    sitter: Sitter, office: Caller, nobody: Caller, tmp_path: Path
) -> None:
    sitter.begin().answer()
    data = office.get(f"/api/exam-sessions/{sitter.enrolment.exam_session_id}/reconciliation.json").data
    keys, file = tmp_path / "keys.json", tmp_path / "report.json"
    keys.write_text(json.dumps(nobody.get("/receipts/keys").json), encoding="utf-8")
    for content, status in (
        (data, 0),
        (data.replace(b'"lost": 0', b'"lost": 1'), 1),
        (b"{}", 2),
        (b"\xff", 2),
        (b"[" * 100_000, 2),
    ):
        file.write_bytes(content)
        ended = CliRunner().invoke(receipt, ["reconciliation", str(file), "--keys", str(keys)])
        assert ended.exit_code == status, ended.output


def test_the_report_is_a_document_too(sitter: Sitter, neighbour: Sitter, office: Caller) -> None:
    sitter.begin().answer()
    neighbour.begin()
    pdf = office.get(f"/api/exam-sessions/{sitter.enrolment.exam_session_id}/reconciliation.pdf")
    assert pdf.status_code == 200
    assert pdf.data.startswith(b"%PDF-")
