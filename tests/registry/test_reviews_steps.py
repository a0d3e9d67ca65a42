"""The material check, the national centre, the selection, the bureau's consent."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from casework import Casework
from moments import NINE_IN_SHANGHAI
from reviewing import ALL_TICKED, Reviewing, pdf
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.errors import Refusal
from examsvc.registry.annexes import word_reading
from examsvc.registry.cases import documents
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import Case, CaseProposal, DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews import checking, deciding, dispatching, viewing
from examsvc.registry.reviews.checking import Point
from examsvc.registry.reviews.dispatching import Reply, Seen
from examsvc.registry.reviews.errors import (
    AnnexesMissing,
    MaterialsIncomplete,
    NotThisStage,
    NotYetHeld,
    ReasonMissing,
    SomebodyElsesFile,
)
from examsvc.registry.reviews.kinds import CheckItem, Conclusion, NationalReply

pytestmark = pytest.mark.slow

CONCLUSIONS = [
    (Conclusion.PASS, CaseState.MATERIALS_CHECKED),
    (Conclusion.RETURN, CaseState.RETURNED),
    (Conclusion.REJECT, CaseState.REJECTED),
]


@pytest.fixture
def work(db: Session) -> Casework:
    return Casework(db, NINE_IN_SHANGHAI)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("left_out", list(CheckItem))
def test_b03_d03_the_material_check_passes_only_with_every_point_ticked(work: Casework, left_out: CheckItem) -> None:
    case = work.case()
    points = [Point(item, ticked=item != left_out) for item in CheckItem]
    with pytest.raises(MaterialsIncomplete) as refused:
        checking.check(work.db, case.id, 1, points, Conclusion.PASS, "", **work.act("centre1"))
    assert refused.value.extra == {"items": [left_out]}
    with pytest.raises(MaterialsIncomplete):
        not_named = [point for point in points if point.ticked]
        checking.check(work.db, case.id, 1, not_named, Conclusion.PASS, "", **work.act("centre1"))


@pytest.mark.parametrize(("conclusion", "state"), CONCLUSIONS)
def test_d03_the_material_check_moves_the_case_and_stays_on_record(
    work: Casework, conclusion: Conclusion, state: CaseState
) -> None:
    case = work.case()
    checking.check(work.db, case.id, 1, ALL_TICKED, conclusion, "补充附件2", **work.act("centre1"))
    assert (case.state, case.version) == (state, 2)
    shown = viewing.of_case(work.db, case.id, by=work.by("recommender"))["material_checks"]
    assert [(one["round"], one["conclusion"], one["note"]) for one in shown] == [(1, conclusion, "补充附件2")]
    entry = audit.history(work.db, case.audit_stream)[-1]
    assert (entry.action, entry.detail["reason"]) == (f"case.{state.lower()}", "补充附件2")
    with pytest.raises(NotThisStage):
        checking.check(work.db, case.id, 2, ALL_TICKED, conclusion, "补充附件2", **work.act("centre1"))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("conclusion", [Conclusion.RETURN, Conclusion.REJECT])
def test_d03_turning_a_case_down_needs_a_reason(work: Casework, conclusion: Conclusion) -> None:
    for state, verb in (
        (
            CaseState.SUBMITTED,
            lambda case: checking.check(work.db, case.id, 1, [], conclusion, "", **work.act("centre1")),
        ),
        (
            CaseState.EXPERT_REVIEWED,
            lambda case: deciding.pass_city(work.db, case.id, 1, conclusion, "", **work.act("centre1")),
        ),
    ):
        with pytest.raises(ReasonMissing):
            verb(work.case(state))


def test_b06_evidence_of_another_case_proves_nothing(work: Casework) -> None:
    case, other = work.case(), work.case()
    mine, foreign = (
        documents.keep(work.db, owner, DocumentKind.EVIDENCE, pdf(), **work.act("recommender"))
        for owner in (case, other)
    )
    for document, refusal in ((foreign, SomebodyElsesFile), (mine, None)):
        points = [*ALL_TICKED[:-1], Point(CheckItem.DEMAND, ticked=True, document_id=document.id)]

        def check(points: list[Point] = points) -> None:
            checking.check(work.db, case.id, 1, points, Conclusion.PASS, "", **work.act("centre1"))

        if refusal:
            with pytest.raises(refusal):
                check()
        else:
            check()


@pytest.mark.parametrize(("conclusion", "state"), [(Conclusion.PASS, CaseState.CITY_PASSED), *CONCLUSIONS[1:]], ids=str)
def test_d03_the_centre_concludes_the_initiation_review(
    work: Casework, conclusion: Conclusion, state: CaseState
) -> None:
    case = work.case(CaseState.EXPERT_REVIEWED)
    deciding.pass_city(work.db, case.id, 1, conclusion, "结论", **work.act("centre1"))
    assert case.state == state


def _send(work: Casework, *wanted: Case) -> bytes:
    seen = [Seen(case.id, case.version) for case in wanted]
    dispatch = dispatching.send(work.db, seen, "第四季度", **work.act("centre1"))
    return dispatching.package(work.db, dispatch.id)[1]


def test_d04_a06_one_package_carries_several_cases_with_their_annexes(work: Casework) -> None:
    first = work.case(CaseState.CITY_PASSED)
    second = work.case(CaseState.CITY_PASSED, recommendation_id=first.recommendation_id, position=2)
    third = work.case(CaseState.CITY_PASSED, scheme_name="/../“珺”<b>")
    with zipfile.ZipFile(io.BytesIO(_send(work, third, first, second))) as package:
        names = package.namelist()
        manifest = json.loads(package.read("manifest.json"))
        annex3 = next(name for name in names if first.scheme_name in name and "附件3" in name)
        assert word_reading.opened(package.read(annex3)).tables
    assert [case["number"] for case in manifest["about"]["cases"]] == [first.number, second.number, third.number]
    assert sum("附件1" in name for name in names) == 2
    assert sum("附件2" in name for name in names) == sum("附件3" in name for name in names) == 3
    assert not any(".." in name.split("/") or "<" in name for name in names)
    assert {case.state for case in (first, second, third)} == {CaseState.SENT_TO_NATIONAL}
    shown = viewing.of_case(work.db, first.id, by=work.by("centre2"))["dispatches"]
    assert [(one["package_name"], one["reply"]) for one in shown] == [("立项报送-2026-11-23.zip", None)]
    assert not viewing.of_case(work.db, first.id, by=work.by("recommender"))["dispatches"]


def test_d04_nothing_is_sent_when_one_of_the_cases_cannot_be(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        ready, early, empty = work.case(CaseState.CITY_PASSED), work.case(), work.case(CaseState.CITY_PASSED)
        db.get_one(CaseProposal, empty.id).main_content = {}
    for other, version, refusal in ((early, 1, NotThisStage), (empty, 1, AnnexesMissing), (empty, 2, CaseMovedOn)):
        seen = [Seen(ready.id, 1), Seen(other.id, version)]
        with pytest.raises(refusal), database.transaction() as db:
            dispatching.send(db, seen, "", **work.act("centre1"))
    with database.reading() as db:
        assert db.get_one(Case, ready.id).state == CaseState.CITY_PASSED


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (NationalReply.AGREED, CaseState.NATIONAL_AGREED),
        (NationalReply.RETURNED, CaseState.RETURNED),
        (NationalReply.REFUSED, CaseState.REJECTED),
    ],
)
def test_d04_a_reply_is_recorded_with_its_letter(work: Casework, result: NationalReply, state: CaseState) -> None:
    case = work.case(CaseState.CITY_PASSED)
    _send(work, case)
    reply = Reply(result, work.now, "复函意见", pdf("复函.pdf"))
    dispatching.record_reply(work.db, case.id, 2, reply, **work.act("centre1"))
    assert case.state == state
    assert [(kept.kind, kept.file_name) for kept in documents.of_case(work.db, case)] == [
        (DocumentKind.NATIONAL_REPLY, "复函.pdf")
    ]
    shown = viewing.of_case(work.db, case.id, by=work.by("bureau"))["dispatches"]
    assert [(one["reply"], one["note"]) for one in shown] == [(result, "复函意见")]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("seconds", "refused"), [(-1, False), (0, False), (1, True)])
def test_d04_a_reply_does_not_come_from_the_future(work: Casework, seconds: int, refused: bool) -> None:
    case = work.case(CaseState.CITY_PASSED)
    _send(work, case)
    reply = Reply(NationalReply.AGREED, work.now + timedelta(seconds=seconds), "", pdf())

    def record() -> None:
        dispatching.record_reply(work.db, case.id, 2, reply, **work.act("centre1"))

    if refused:
        with pytest.raises(NotYetHeld):
            record()
    else:
        record()


def test_d04_a_case_that_came_back_is_sent_again_and_replied_to_apart(work: Casework) -> None:
    case = work.case(CaseState.CITY_PASSED)
    for result in (NationalReply.RETURNED, NationalReply.AGREED):
        _send(work, case)
        reply = Reply(result, work.now, "意见", pdf(more=result.encode()))
        dispatching.record_reply(work.db, case.id, case.version, reply, **work.act("centre1"))
        if result == NationalReply.RETURNED:
            _bring_again(work, case)
    shown = viewing.of_case(work.db, case.id, by=work.by("centre1"))["dispatches"]
    assert [one["reply"] for one in shown] == [NationalReply.RETURNED, NationalReply.AGREED]


def _bring_again(work: Casework, case: Case) -> None:
    way = ("DRAFT", "SUBMITTED", "MATERIALS_CHECKED", "EXPERT_REVIEWED", "CITY_PASSED")
    for state in way:
        Reviewing(work, case).advance(CaseState(state))


def test_d04_only_what_the_national_centre_agreed_to_is_selected(work: Casework) -> None:
    for state in set(CaseState) - {CaseState.DRAFT, CaseState.NATIONAL_AGREED}:
        with pytest.raises(NotThisStage):
            deciding.select(work.db, work.case(state).id, 1, is_selected=True, note="", **work.act("centre1"))
    chosen, dropped = work.case(CaseState.NATIONAL_AGREED), work.case(CaseState.NATIONAL_AGREED)
    deciding.select(work.db, chosen.id, 1, is_selected=True, note="", **work.act("centre1"))
    with pytest.raises(ReasonMissing):
        deciding.select(work.db, dropped.id, 1, is_selected=False, note="", **work.act("centre1"))
    deciding.select(work.db, dropped.id, 1, is_selected=False, note="名额已满", **work.act("centre1"))
    assert (chosen.state, dropped.state) == (CaseState.SELECTED, CaseState.REJECTED)


def test_d10_a03_the_bureaus_consent_has_its_document_and_a_refusal_its_reason(work: Casework) -> None:
    agreed, refused = work.case(CaseState.SCHEME_ASSESSED), work.case(CaseState.SCHEME_ASSESSED)
    deciding.consent(work.db, agreed.id, 1, pdf("同意.pdf"), "同意公示", **work.act("bureau"))
    deciding.refuse_consent(work.db, refused.id, 1, "材料存疑", **work.act("bureau"))
    assert (agreed.state, refused.state) == (CaseState.BUREAU_AGREED, CaseState.REJECTED)
    entry = audit.history(work.db, agreed.audit_stream)[-1]
    [kept] = documents.of_case(work.db, agreed)
    assert kept.kind == DocumentKind.BUREAU_CONSENT
    assert (entry.action, entry.detail["document"]) == ("case.bureau_agreed", str(kept.id))


@pytest.mark.parametrize("state", [CaseState.HANDED_IN, CaseState.BUREAU_AGREED, CaseState.FILED])
def test_d10_the_bureau_consents_at_its_turn_only(work: Casework, state: CaseState) -> None:
    verbs: list[Callable[[Case], Any]] = [
        lambda case: deciding.consent(work.db, case.id, 1, pdf(), "", **work.act("bureau")),
        lambda case: deciding.refuse_consent(work.db, case.id, 1, "理由", **work.act("bureau")),
    ]
    for verb in verbs:
        with pytest.raises(NotThisStage):
            verb(work.case(state))


def test_two_registrars_act_on_one_case_and_the_second_is_told(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case_id = work.case().id
    with database.transaction() as db:
        checking.check(db, case_id, 1, ALL_TICKED, Conclusion.PASS, "", **work.act("centre1"))
    with pytest.raises(CaseMovedOn) as refused, database.transaction() as db:
        checking.check(db, case_id, 1, [], Conclusion.REJECT, "不符合", **work.act("centre2"))
    assert isinstance(refused.value, Refusal)
    assert refused.value.extra == {"version": 2, "state": "MATERIALS_CHECKED"}
    with database.reading() as db:
        assert len(viewing.of_case(db, case_id, by=work.by("centre1"))["material_checks"]) == 1
