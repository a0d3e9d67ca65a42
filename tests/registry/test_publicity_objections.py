"""异议: received only in time, followed with a code, answered by somebody whom they do not concern."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.publicity import ending, objecting, posting, resolving
from examsvc.registry.publicity.errors import CannotReturn, HandlerConcerned, NoticeClosed, NotInNotice
from examsvc.registry.publicity.models import Notice, Objection
from examsvc.registry.publicity.objecting import Complaint
from examsvc.registry.publicity.posting import NoticePlan, Seen
from examsvc.registry.publicity.states import Against, Consequence, NoticeKind, ObjectionState

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)
ENDS_AT = datetime(2026, 11, 30, 16, tzinfo=UTC)
LATER = ENDS_AT + timedelta(days=1)
TYPED = {"name": "赵<b>某</b>", "contact": "zhao@example.org", "against": "ORGANISATION", "text": "场地不实\x00。"}


class Noticed:
    """A notice of one case, posted at nine on 2026-11-23, and ways to object to it."""

    def __init__(self, database: Database, kind: NoticeKind = NoticeKind.ORGANISATIONS) -> None:
        self.database = database
        state = CaseState.SELECTED if kind == NoticeKind.SCHEMES else CaseState.BUREAU_AGREED
        with database.transaction() as db:
            self.work = Casework(db, NINE_IN_SHANGHAI)
            case = self.work.case(state)
            plan = NoticePlan(kind, "公示", "", working_days=5)
            self.notice = posting.post(db, plan, [Seen(case.id, case.version)], **self.work.act("centre1"))
            self.case_id, self.stream = case.id, case.audit_stream

    @property
    def case(self) -> Case:
        with self.database.reading() as db:
            return db.get_one(Case, self.case_id)

    def object(
        self, against: Against = Against.ORGANISATION, *, now: datetime = NINE_IN_SHANGHAI, **fields: Any
    ) -> Objection:
        whole: dict[str, Any] = {"case_id": self.case_id, "name": "赵某", "contact": "021-1", "text": "不实", **fields}
        with self.database.transaction() as db:
            complaint = Complaint(against=against, **whole)
            return objecting.object_to(db, self.notice.id, complaint, None, form_key=objecting.new_form_key(), now=now)

    def dismiss(self, objection: Objection, username: str = "centre2", *, now: datetime = LATER) -> Objection:
        with self.database.transaction() as db:
            version = db.get_one(Case, self.case_id).version
            return resolving.dismiss(db, objection.id, version, "查无此事", **self.work.act(username, now))

    def uphold(
        self, objection: Objection, consequence: Consequence = Consequence.REJECTED, *, now: datetime = LATER
    ) -> Objection:
        with self.database.transaction() as db:
            version = db.get_one(Case, self.case_id).version
            return resolving.uphold(db, objection.id, version, "属实", consequence, **self.work.act("centre2", now))


@pytest.fixture
def noticed(database: Database) -> Noticed:
    return Noticed(database)


@pytest.mark.parametrize(("delta", "is_received"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_d11_objections_are_received_only_while_the_notice_is_open(
    noticed: Noticed, delta: timedelta, is_received: bool
) -> None:
    if is_received:
        assert noticed.object(now=ENDS_AT + delta).state == ObjectionState.OPEN
    else:
        with pytest.raises(NoticeClosed):
            noticed.object(now=ENDS_AT + delta)
    with pytest.raises(NoticeClosed):
        noticed.object(now=NINE_IN_SHANGHAI - SECOND)


def test_d11_an_objection_that_arrived_in_time_is_received_after_the_worker_ended_the_notice(
    database: Database, noticed: Noticed, moving_clock: MovableClock
) -> None:
    moving_clock.at = ENDS_AT
    sweeps.run(database, [ending.SWEEP])
    assert noticed.object(now=ENDS_AT - SECOND).state == ObjectionState.OPEN


def test_a_case_that_is_not_in_the_notice_cannot_be_objected_to(database: Database, noticed: Noticed) -> None:
    with database.transaction() as db:
        noticed.work.db = db
        other_id = noticed.work.case(CaseState.PUBLICITY).id
    with pytest.raises(NotInNotice):
        noticed.object(case_id=other_id)


def send(caller: Caller, noticed: Noticed, **fields: Any) -> Any:
    sent = {**TYPED, "case_id": str(noticed.case_id), "form_key": "a-form", **fields}
    return caller.client.post(f"/notices/{noticed.notice.id}/objections", data=sent)


def uploaded(value: Any) -> Any:
    """A (bytes, name) pair as a stream of its own: the test client closes what it sends."""
    return (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value


def kept(database: Database) -> list[Objection]:
    with database.reading() as db:
        return list(db.scalars(select(Objection)))


def test_d12_anybody_objects_without_a_script_and_follows_it_with_reference_and_code(
    noticed: Noticed, nobody: Caller, database: Database
) -> None:
    form = nobody.get(f"/notices/{noticed.notice.id}").text
    assert 'method="post"' in form
    assert "<script" not in form
    answer = send(nobody, noticed)
    assert answer.status_code == 201
    (objection,) = kept(database)
    secret = objecting.secret_of("a-form")
    assert objection.reference in answer.text
    assert secret in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    asked = {"reference": objection.reference.lower().replace("-", " "), "secret": secret.lower()}
    found = nobody.client.post("/objections", data=asked)
    assert (found.status_code, "正在处理" in found.text, "赵" in found.text) == (200, True, False)
    noticed.dismiss(objection)
    assert "查无此事" in nobody.client.post("/objections", data=asked).text


@pytest.mark.parametrize("wrong", ["reference", "secret"])
def test_every_miss_of_the_objection_query_looks_the_same(
    noticed: Noticed, nobody: Caller, database: Database, wrong: str
) -> None:
    send(nobody, noticed)
    right = {"reference": kept(database)[0].reference, "secret": objecting.secret_of("a-form")}
    answer = nobody.client.post("/objections", data={**right, wrong: "BP-2026-0000-0000-0"})
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def test_the_same_form_twice_is_one_objection(noticed: Noticed, nobody: Caller, database: Database) -> None:
    first, second = send(nobody, noticed), send(nobody, noticed)
    assert first.text == second.text
    assert len(kept(database)) == 1


@pytest.mark.postgresql_only
def test_the_same_form_twice_at_once_is_one_objection(noticed: Noticed, database: Database) -> None:
    def send_again() -> UUID:
        with database.transaction() as db:
            return object_once(db).id

    def object_once(db: Session) -> Objection:
        complaint = Complaint(noticed.case_id, "赵某", "021-1", Against.OTHER, "不实")
        return objecting.object_to(db, noticed.notice.id, complaint, None, form_key="k", now=NINE_IN_SHANGHAI)

    with ThreadPoolExecutor() as pool, database.transaction() as db:
        first = object_once(db)
        second = pool.submit(send_again)
        wait([second], timeout=0.5)  # it comes as far as it can before the first is committed
        db.commit()
        assert second.result(30) == first.id


def test_who_objects_is_sealed_and_nothing_of_it_is_in_the_history(
    noticed: Noticed, nobody: Caller, database: Database
) -> None:
    send(nobody, noticed)
    (objection,) = kept(database)
    assert "赵".encode() not in objection.name_sealed
    with database.reading() as db:
        told = str([entry.detail for entry in audit.history(db, noticed.stream)])
    assert "赵" not in told
    assert "zhao@" not in told
    assert objection.reference in told


def test_html_in_what_was_typed_is_shown_as_text(noticed: Noticed, nobody: Caller) -> None:
    page = send(nobody, noticed, text="")
    assert page.status_code == 422
    assert "赵&lt;b&gt;某" in page.text
    assert "<b>某" not in page.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"text": "长" * 3001},
        {"against": "EVERYBODY"},
        {"case_id": "nothing"},
        {"website": "https://example.org"},
        {"evidence": (b"PK\x03\x04 no pdf", "a.pdf")},
        {"evidence": (b"%PDF-1.7", "../a.pdf")},
        {"evidence": (b"MZ", "a.exe")},
    ],
)
def test_a_bad_form_keeps_nothing_and_says_so(
    noticed: Noticed, nobody: Caller, database: Database, bad: dict[str, Any]
) -> None:
    answer = send(nobody, noticed, **{name: uploaded(value) for name, value in bad.items()})
    assert answer.status_code == 422
    assert "提交异议" in answer.text
    assert kept(database) == []


def test_evidence_is_for_handlers_only(app: Flask, noticed: Noticed, nobody: Caller, database: Database) -> None:
    send(nobody, noticed, evidence=(BytesIO(b"%PDF-1.7 proof"), "证明.pdf"))
    path = f"/api/objections/{kept(database)[0].id}/evidence"
    assert nobody.get(path).status_code == 401
    assert Caller(app).log_in("applicant").get(path).status_code == 403
    answer = Caller(app).log_in("centre1").get(path)
    assert answer.data == b"%PDF-1.7 proof"
    assert "filename*=UTF-8''%E8%AF%81%E6%98%8E.pdf" in answer.headers["Content-Disposition"]


def test_objections_are_limited_by_address(noticed: Noticed, nobody: Caller, database: Database) -> None:
    for number in range(10):
        assert send(nobody, noticed, form_key=f"form-{number}").status_code == 201
    refused = send(nobody, noticed, form_key="form-10")
    assert (refused.status_code, len(kept(database))) == (429, 10)


def test_a_form_of_another_site_is_refused(noticed: Noticed, nobody: Caller, database: Database) -> None:
    path = f"/notices/{noticed.notice.id}/objections"
    answer = nobody.client.post(path, data=TYPED, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, kept(database)) == (403, [])


@pytest.mark.parametrize("after_the_end", [False, True])
def test_d12_an_upheld_objection_rejects_the_case_with_the_answer(noticed: Noticed, after_the_end: bool) -> None:
    objection = noticed.object()
    resolved = noticed.uphold(objection, now=LATER if after_the_end else NINE_IN_SHANGHAI + timedelta(hours=1))
    assert (resolved.state, resolved.answer) == (ObjectionState.UPHELD, "属实")
    assert noticed.case.state == CaseState.REJECTED
    with noticed.database.reading() as db:
        actions = [entry.action for entry in audit.history(db, noticed.stream)]
    assert actions[-2:] == ["objection.upheld", "case.rejected"]


def test_an_upheld_objection_can_send_the_case_back_and_its_old_notice_no_longer_moves_it(
    noticed: Noticed, database: Database
) -> None:
    objection = noticed.object()
    noticed.uphold(objection, Consequence.RETURNED, now=NINE_IN_SHANGHAI + timedelta(hours=1))
    case = noticed.case
    assert case.state == CaseState.BUREAU_AGREED
    act = noticed.work.act("centre1", NINE_IN_SHANGHAI + timedelta(days=2))
    with database.transaction() as db:
        plan = NoticePlan(NoticeKind.ORGANISATIONS, "再次公示", "")
        posting.post(db, plan, [Seen(case.id, case.version)], **act)
    with database.transaction() as db:
        ending.end_if_due(db, noticed.notice.id, ENDS_AT)
    assert noticed.case.state == CaseState.PUBLICITY


def test_after_the_end_an_upheld_objection_can_only_reject(noticed: Noticed) -> None:
    objection = noticed.object()
    with pytest.raises(CannotReturn):
        noticed.uphold(objection, Consequence.RETURNED)
    assert noticed.case.state == CaseState.PUBLICITY  # nothing of the refused attempt stays


def test_d04_a_scheme_stays_in_its_notice_until_the_last_objection_is_answered(database: Database) -> None:
    noticed = Noticed(database, NoticeKind.SCHEMES)
    first, second = noticed.object(), noticed.object(Against.OTHER)
    with database.transaction() as db:
        ending.end_if_due(db, noticed.notice.id, LATER)
    assert noticed.case.state == CaseState.SCHEME_PUBLICITY
    noticed.dismiss(first)
    assert noticed.case.state == CaseState.SCHEME_PUBLICITY
    noticed.dismiss(second, now=LATER + SECOND)
    assert (noticed.case.state, noticed.case.state_since_at) == (CaseState.SCHEME_PUBLICISED, LATER + SECOND)


def test_a_scheme_that_its_department_withdraws_leaves_the_notice_and_is_objected_to_no_more(
    database: Database, nobody: Caller
) -> None:
    noticed = Noticed(database, NoticeKind.SCHEMES)
    with database.transaction() as db:
        case = db.get_one(Case, noticed.case_id)
        cases.advance(db, case, CaseState.WITHDRAWN, **noticed.work.act("recommender"))
    assert "已退出本次公示" in nobody.get(f"/notices/{noticed.notice.id}?lang=zh").text
    with pytest.raises(NotInNotice):
        noticed.object()


def concluded_by(noticed: Noticed, username: str, action: str) -> None:
    with noticed.database.transaction() as db:
        audit.append(db, noticed.stream, action, **noticed.work.act(username))


@pytest.mark.parametrize("action", ["case.scheme_assessed", "application.eligibility"])
def test_d12_who_concluded_a_review_does_not_answer_an_objection_against_the_centre(
    noticed: Noticed, action: str
) -> None:
    concluded_by(noticed, "centre2", action)
    against_centre, against_organisation = noticed.object(Against.CENTRE), noticed.object()
    with pytest.raises(HandlerConcerned):
        noticed.dismiss(against_centre, "centre2")
    assert noticed.dismiss(against_organisation, "centre2").state == ObjectionState.DISMISSED
    assert noticed.dismiss(against_centre, "centre1").state == ObjectionState.DISMISSED


def test_d12_who_is_complained_about_neither_answers_nor_learns_who_complained(
    app: Flask, noticed: Noticed, database: Database
) -> None:
    objection = noticed.object(Against.OTHER)
    path = f"/api/objections/{objection.id}"
    centre1, centre2 = Caller(app).log_in("centre1"), Caller(app).log_in("centre2")
    assert centre2.get(path).json["name"] == "赵某"
    about = {"account_id": str(noticed.work.accounts["centre2"].id)}
    assert centre1.post(f"{path}/concern", about).json["concerned"]["name"] == "centre2先生"
    seen = centre2.get(path).json
    assert (seen["is_concerned"], seen["name"], seen["contact"]) == (True, None, None)
    body = {"version": noticed.case.version, "is_upheld": False, "answer": "不成立"}
    assert centre2.post(f"{path}/resolution", body).json["code"] == "handler_concerned"
    assert centre2.post(f"{path}/concern", {"account_id": None}).json["code"] == "handler_concerned"
    answer = centre1.post(f"{path}/resolution", body)
    assert (answer.status_code, answer.json["state"], answer.json["handler_name"]) == (200, "DISMISSED", "centre1先生")
    assert centre1.post(f"{path}/resolution", body).status_code == 409


@pytest.mark.parametrize("against", list(Against))
@pytest.mark.parametrize("place", ["organisation", "department"])
def test_d12_who_belongs_to_a_party_of_the_case_does_not_answer(noticed: Noticed, against: Against, place: str) -> None:
    work = noticed.work
    with noticed.database.transaction() as db:
        db.add(Affiliation(account_id=work.accounts["centre2"].id, **{f"{place}_id": getattr(work, place).id}))
    with pytest.raises(HandlerConcerned):
        noticed.dismiss(noticed.object(against), "centre2")


def test_the_second_of_two_who_answer_one_objection_is_refused(app: Flask, noticed: Noticed) -> None:
    objection, version = noticed.object(), noticed.case.version
    body = {"version": version, "is_upheld": True, "answer": "属实"}
    path = f"/api/objections/{objection.id}/resolution"
    assert Caller(app).log_in("centre1").post(path, body).status_code == 200
    answer = Caller(app).log_in("centre2").post(path, {**body, "is_upheld": False})
    assert (answer.status_code, answer.json["code"]) == (409, "case_moved_on")


def test_the_list_of_objections_is_the_centres_and_names_nobody(app: Flask, noticed: Noticed, nobody: Caller) -> None:
    noticed.object()
    assert nobody.get("/api/objections").status_code == 401
    assert Caller(app).log_in("applicant").get("/api/objections").status_code == 403
    listed = Caller(app).log_in("centre1").get("/api/objections?state=OPEN").json
    assert listed["items"][0]["case"]["id"] == str(noticed.case_id)
    assert "赵某" not in str(listed)
    assert Caller(app).log_in("bureau").get(f"/api/objections/{listed['items'][0]['id']}").status_code == 403


def test_the_state_of_a_notice_with_objections_is_counted_for_its_case(app: Flask, noticed: Noticed) -> None:
    noticed.object()
    shown = Caller(app).log_in("applicant").get(f"/api/cases/{noticed.case_id}/publicity").json
    assert shown["objections"] == {"open": 1, "upheld": 0, "dismissed": 0}
    assert [one["number"] for one in shown["notices"]] == [noticed.notice.number]
    assert Caller(app).log_in("applicant2").get(f"/api/cases/{noticed.case_id}/publicity").status_code == 404
    with noticed.database.reading() as db:
        assert db.get_one(Notice, noticed.notice.id).title == "公示"
