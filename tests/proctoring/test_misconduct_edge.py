"""Misconduct over HTTP: who may do what, a whole case by its routes, the printed ruling."""

import io
from typing import Any

import misconduct
import pytest
from callers import Caller
from flask import Flask
from pypdf import PdfReader
from sitters import Sitter
from walls import Wall
from world import World

from examsvc.core import ids
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database

pytestmark = pytest.mark.slow
STROKES = misconduct.STROKES


@pytest.fixture
def staff(app: Flask, world: World, database: Database, moving_clock: MovableClock) -> dict[str, Caller]:
    """People in front of the application; proctor1 and proctor2 serve in the exam session."""
    with database.transaction() as db:
        misconduct.assign_proctors(db, world, moving_clock())
    names = ("proctor1", "proctor2", "office", "decider", "supervisor", "examiner1")
    return {name: Caller(app).log_in(name) for name in names}


def facts(clock: MovableClock, **changes: Any) -> dict[str, Any]:
    told = {
        "id": str(ids.new_id()),
        "kind": "SERIOUS",
        "facts": "查看手机中的资料。",
        "place": "一号机房",
        "happened_at": clock().isoformat(),
    }
    return {**told, **changes}


def opened(by: Caller, world: World, clock: MovableClock, **changes: Any) -> dict[str, Any]:
    sitting_id = world.enrolments[0].sitting.id
    answer = by.post(f"/api/sittings/{sitting_id}/misconduct-records", facts(clock, **changes))
    assert answer.status_code == 201, answer.json
    body: dict[str, Any] = answer.json
    return body


def go(by: Caller, record: dict[str, Any], step: str, **body: Any) -> dict[str, Any]:
    answer = by.post(f"/api/misconduct-records/{record['id']}/{step}", body)
    assert answer.status_code in (200, 201), answer.json
    shown: dict[str, Any] = answer.json
    return shown


def signed(staff: dict[str, Caller], world: World, clock: MovableClock) -> dict[str, Any]:
    record = opened(staff["proctor1"], world, clock)
    told = go(staff["proctor1"], record, "telling", statement="手机不是我的。", digest=record["digest"])
    return go(staff["proctor1"], told, "signature", digest=told["digest"], **STROKES)


def test_a_case_goes_its_way_over_http(staff: dict[str, Caller], world: World, moving_clock: MovableClock) -> None:
    record = signed(staff, world, moving_clock)
    assert record["may"] == {"keep": True, "witness": False, "rule": False, "revoke": False}
    office = staff["office"]
    shown = office.get(f"/api/misconduct-records/{record['id']}").json
    assert shown["may"]["rule"]
    assert shown["rule"]["permitted"] == ["NONE", "SESSION_VOID"]
    verdict = {"consequence": "SESSION_VOID", "grounds": "有抓拍为证。", "hearing": "已核对手机号码。"}
    ruled = go(office, shown, "rulings", digest=shown["digest"], **verdict)
    [ruling] = ruled["rulings"]
    assert (ruled["consequence"], ruling["remedy"]) == ("SESSION_VOID", shown["remedy"])

    path = f"/api/misconduct-rulings/{ruling['id']}"
    today = {"service": "IN_PERSON", "served_on": "2026-11-23"}
    served = office.post(f"{path}/service", today)
    assert served.status_code == 200, served.json
    assert served.json["rulings"][0]["remedy_until_on"] == "2026-12-14"
    assert office.post(f"{path}/revocation", {"reason": "误判"}).json["code"] == "ruler_cannot_revoke"
    back = staff["decider"].post(f"{path}/revocation", {"reason": "证据不足"}).json
    assert (back["state"], back["consequence"], back["rulings"][0]["revoked_by"]) == ("REVOKED", None, "decider先生")


def test_a_double_click_opens_one_record(staff: dict[str, Caller], world: World, moving_clock: MovableClock) -> None:
    path = f"/api/sittings/{world.enrolments[0].sitting.id}/misconduct-records"
    told = facts(moving_clock)
    first, again = (staff["proctor1"].post(path, told) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert [one["id"] for one in staff["proctor1"].get(path).json["items"]] == [told["id"]]


def test_an_id_with_other_facts_or_from_somebody_else_is_refused(
    staff: dict[str, Caller], world: World, moving_clock: MovableClock
) -> None:
    own, other = (f"/api/sittings/{each.sitting.id}/misconduct-records" for each in world.enrolments[:2])
    told = facts(moving_clock)
    assert staff["proctor1"].post(own, told).status_code == 201
    tries = [("proctor1", own, {**told, "facts": "查看了笔记。"}), ("proctor1", other, told), ("proctor2", own, told)]
    for name, path, sent in tries:
        refused = staff[name].post(path, sent)
        assert (refused.status_code, refused.json["code"]) == (409, "misconduct_differs")


def test_two_witnesses_sign_by_their_own_log_in(
    staff: dict[str, Caller], world: World, moving_clock: MovableClock
) -> None:
    record = opened(staff["proctor1"], world, moving_clock)
    told = go(staff["proctor1"], record, "telling", statement="", digest=record["digest"])
    sign: dict[str, Any] = {"digest": told["digest"], "note": "考生拒绝签名"}
    first = go(staff["proctor1"], told, "witnesses", typed_name="proctor1先生", **sign)
    assert (first["state"], first["may"]["witness"]) == ("REFUSED", False)
    second = go(staff["proctor2"], told, "witnesses", typed_name="proctor2先生", **sign)
    assert (second["state"], [one["signer"] for one in second["signatures"]]) == ("SIGNED", ["WITNESS", "WITNESS"])


@pytest.mark.parametrize(
    ("name", "record", "rulings", "revocation", "pdf"),
    [
        ("proctor2", 200, 403, 403, 403),
        ("office", 200, 201, 403, 200),
        ("decider", 403, 403, 200, 200),
        ("supervisor", 403, 403, 403, 200),
        ("examiner1", 403, 403, 403, 403),
    ],
)
def test_who_may_do_what(
    name: str,
    record: int,
    rulings: int,
    revocation: int,
    pdf: int,
    staff: dict[str, Caller],
    world: World,
    moving_clock: MovableClock,
) -> None:
    who = staff[name]
    first, second = signed(staff, world, moving_clock), signed(staff, world, moving_clock)
    statement = who.post(f"/api/misconduct-records/{first['id']}/statements", {"statement": "补充"})
    assert statement.status_code == record
    verdict = {"consequence": "NONE", "grounds": "理由", "hearing": "已核查"}
    tried = who.post(f"/api/misconduct-records/{second['id']}/rulings", {**verdict, "digest": second["digest"]})
    assert tried.status_code == rulings
    if tried.status_code != 201:
        go(staff["office"], second, "rulings", digest=second["digest"], **verdict)
    made = staff["office"].get(f"/api/misconduct-records/{second['id']}").json["rulings"]
    path = f"/api/misconduct-rulings/{made[0]['id']}"
    assert who.get(f"{path}/pdf").status_code == pdf
    assert who.post(f"{path}/revocation", {"reason": "复核"}).status_code == revocation


def test_a_proctor_of_another_exam_session_sees_no_record(
    wall: Wall, stranger: Wall, world: World, moving_clock: MovableClock
) -> None:
    record = opened(wall, world, moving_clock)
    assert len(wall.get("/api/misconduct-records").json["items"]) == 1
    assert stranger.get("/api/misconduct-records").json["items"] == []
    assert stranger.get(f"/api/misconduct-records/{record['id']}").status_code == 404
    sitting = f"/api/sittings/{record['sitting_id']}/misconduct-records"
    assert stranger.get(sitting).json["items"] == []
    assert stranger.post(sitting, facts(moving_clock)).status_code == 404


def test_a_candidate_reads_and_writes_no_record(sitter: Sitter, wall: Wall, moving_clock: MovableClock) -> None:
    assert sitter.get("/api/misconduct-records").status_code == 403
    assert sitter.post(f"{sitter.path}/misconduct-records", facts(moving_clock)).status_code == 403


def test_evidence_is_shown_to_whoever_reads_the_record(
    wall: Wall, sitter: Sitter, app: Flask, world: World, moving_clock: MovableClock
) -> None:
    wall.post(f"{sitter.path}/incidents", {"category": "BEHAVIOUR", "note": "低头看手机"})
    assert wall.order("MESSAGE", sitter, text="请收起手机，警告一次").status_code == 200
    timeline = wall.get(f"{sitter.path}/timeline").json["items"]
    refs = [{"kind": each["type"], "id": each["id"]} for each in timeline if each["type"] in ("INCIDENT", "COMMAND")]
    record = opened(wall, world, moving_clock, evidence=refs)
    shown = Caller(app).log_in("office").get(f"/api/misconduct-records/{record['id']}").json["evidence"]
    told = {(each["kind"], each["what"], each["text"]) for each in shown}
    assert told == {("INCIDENT", "BEHAVIOUR", "低头看手机"), ("COMMAND", "MESSAGE", "请收起手机，警告一次")}
    none = f"/api/misconduct-records/{record['id']}/snapshots/{record['id']}/image"
    assert wall.get(none).status_code == 404


def test_the_classes_are_told_with_their_regulation(staff: dict[str, Caller]) -> None:
    seen = staff["proctor1"].get("/api/misconduct-classes").json["items"]
    assert [each["kind"] for each in seen] == ["GENERAL", "SERIOUS", "ESPECIALLY_SERIOUS", "DISORDER"]
    assert all("人力资源社会保障部令第31号" in each["source"] for each in seen)
    assert len(staff["office"].get("/api/misconduct-classes").json["items"]) == 6


def test_the_printed_ruling_names_person_facts_basis_result_and_remedy(
    staff: dict[str, Caller], world: World, moving_clock: MovableClock
) -> None:
    record = signed(staff, world, moving_clock)
    verdict = {"consequence": "SESSION_VOID", "grounds": "有抓拍为证。", "hearing": "已核对手机号码。"}
    office = staff["office"]
    [ruling] = go(office, record, "rulings", digest=record["digest"], **verdict)["rulings"]
    path = f"/api/misconduct-rulings/{ruling['id']}"
    assert office.post(f"{path}/service", {"service": "IN_PERSON", "served_on": "2026-11-23"}).status_code == 200
    answer = office.get(f"{path}/pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    text = "".join(text.split())
    number = world.enrolments[0].ticket_number
    for told in (
        "王小明",
        number,
        "查看手机中的资料",
        "手机不是我的",
        "第七条",
        "全部科目考核成绩无效",
        "书面申请复核",
    ):
        assert told in text
    assert "2026年12月14日" in text
    assert "11010519491231002X" not in text
    assert answer.data == office.get(f"{path}/pdf").data


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "MURDER"),
        ("facts", " "),
        ("facts", "\x00"),
        ("subject", "BOTH"),
        ("happened_at", "yesterday"),
        ("evidence", [{"kind": "SNAPSHOT"}]),
        ("evidence", [{"kind": "EVENT", "id": "1"}]),
        ("state", "RULED"),
    ],
)
def test_facts_of_a_wrong_form_are_refused(
    field: str, value: Any, staff: dict[str, Caller], world: World, moving_clock: MovableClock
) -> None:
    path = f"/api/sittings/{world.enrolments[0].sitting.id}/misconduct-records"
    assert staff["proctor1"].post(path, facts(moving_clock, **{field: value})).status_code == 422
