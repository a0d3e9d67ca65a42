"""What a scheme has to be, and that its versions stay: 140号 二(一), 五(三) (B05, B07, E09, G11)."""

import io
import json
import zipfile
from typing import Any

import pytest
from casework import Casework
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.registry import service as registry
from examsvc.registry.annexes.wording import INSTRUCTIONS
from examsvc.registry.cases.states import CaseState
from examsvc.registry.models import SchemeSpecification
from examsvc.registry.recommending import industries
from examsvc.registry.reviews import checking, dispatching
from examsvc.registry.reviews.checking import Point
from examsvc.registry.reviews.dispatching import Seen
from examsvc.registry.reviews.errors import MaterialsIncomplete
from examsvc.registry.reviews.kinds import CheckItem, Conclusion


@pytest.fixture
def work(db: Session) -> Casework:
    return Casework(db, NINE_IN_SHANGHAI)


def test_b05_three_leading_and_six_key_industries_livelihood_and_what_is_new(work: Casework) -> None:
    assert [len(group) for group in (industries.LEADING, industries.KEY, industries.LIVELIHOOD)] == [3, 6, 2]
    assert industries.split("人工智能、低空经济") == ("人工智能", "低空经济")


@pytest.mark.parametrize("item", [CheckItem.INDUSTRY, CheckItem.EMPLOYMENT, CheckItem.DEMAND])
def test_b05_b06_b07_the_centre_confirms_each_condition(work: Casework, item: CheckItem) -> None:
    case = work.case()
    points = [Point(one, ticked=one != item) for one in CheckItem]
    with pytest.raises(MaterialsIncomplete):
        checking.check(work.db, case.id, case.version, points, Conclusion.PASS, "", **work.act("centre1"))


def test_b07_e09_the_three_years_demand_goes_along_to_the_national_centre(work: Casework) -> None:
    case = work.case(CaseState.CITY_PASSED, expected_candidates=1234)
    sent = dispatching.send(work.db, [Seen(case.id, case.version)], "", **work.act("centre1"))
    with zipfile.ZipFile(io.BytesIO(dispatching.package(work.db, sent.id)[1])) as package:
        about = json.loads(package.read("manifest.json"))["about"]
    assert [one["expected_candidates"] for one in about["cases"]] == [1234]
    assert any("三年内" in line for line in INSTRUCTIONS)


def test_g11_b01_an_updated_specification_is_another_version_and_the_old_one_stays(work: Casework) -> None:
    act: dict[str, Any] = work.act("centre1")
    scheme = registry.define_scheme(
        work.db, "人工智能模型运用", occupation=("4-04-05", "软件和信息技术服务人员"), industries=[], **act
    )
    for definition in ("一版", "二版"):
        registry.adopt_specification(
            work.db,
            scheme.id,
            definition=definition,
            audience="劳动者",
            theory_minutes=60,
            work_tasks=[registry.WorkTaskPlan("撰写", 40, 60, ["能撰写"], ["原理"])],
            **act,
        )
    columns = select(SchemeSpecification.version, SchemeSpecification.definition)
    found = work.db.execute(columns.order_by(SchemeSpecification.version)).all()
    assert [tuple(row) for row in found] == [(1, "一版"), (2, "二版")]
