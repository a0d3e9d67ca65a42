"""The recommending department's screens, in a real browser against the real service."""

import batches
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from playwright.sync_api import Page, expect
from sqlalchemy import select
from world import _PASSWORD_HASH

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.identity import system
from examsvc.registry.cases.models import Affiliation, Case, CaseProposal, Department
from examsvc.registry.cases.states import CaseState

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def department(seed: Seed) -> str:
    """A recommending department; returns the username of its clerk."""
    with seed.transaction() as db:
        clerk = accounts.create_account(
            db, "clerk", "科员", [Role.RECOMMENDER], password=None, by=system("tests"), now=clock.now()
        )
        clerk.password_hash = _PASSWORD_HASH
        place = Department(name="上海市浏览器行业主管部门", created_at=clock.now())
        db.add(place)
        db.flush()
        db.add(Affiliation(account_id=clerk.id, department_id=place.id))
    return "clerk"


def test_a_department_writes_a_batch_with_its_annexes_and_submits_it_in_the_window(
    page_for: PageFor, seed: Seed, department: str
) -> None:
    page = page_for(department, "/office/recommendations")
    batches.open_batch(page, "浏览器推荐")
    for name in ("智能体搭建", "人工智能模型运用"):
        batches.add_row(page, name)
    _reorder(page)
    batches.write_proposal(page)
    batches.write_content(page)
    _check_accessibility(page)
    batches.upload_scan(page)
    _submit(page, seed)


def _reorder(page: Page) -> None:
    """The second row goes up by keyboard; the first one is then removed from below it."""
    page.get_by_role("listitem", name="第 2 位：人工智能模型运用").press("Alt+ArrowUp")
    expect(page.get_by_text("“人工智能模型运用”已移到第 1 位")).to_be_attached()
    other = page.get_by_role("listitem", name="第 2 位：智能体搭建")
    other.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(other).to_have_count(0)


def _check_accessibility(page: Page) -> None:
    expect(page.get_by_role("heading", name="推荐意见与盖章")).to_be_visible()
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def _submit(page: Page, seed: Seed) -> None:
    """The service runs by the real clock: outside the window nothing can be submitted, and the page says so."""
    submit = page.get_by_role("complementary", name="提交推荐").get_by_role("button", name="提交", exact=True)
    if page.get_by_text("推荐窗口未开放").is_visible():
        expect(submit).to_be_disabled()
        assert _case_state(seed) == CaseState.DRAFT
        return
    submit.click()
    page.get_by_role("dialog", name="提交推荐").get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("heading", name="浏览器推荐")).to_contain_text("已提交")
    expect(page.get_by_role("link", name="添加项目")).to_have_count(0)
    assert _case_state(seed) == CaseState.SUBMITTED


def _case_state(seed: Seed) -> CaseState:
    with seed.transaction() as db:
        case = db.scalars(select(Case).where(Case.scheme_name == "人工智能模型运用", Case.reason == "行业规划")).one()
        annexes = db.get_one(CaseProposal, case.id)
        assert case.industries == "人工智能"
        assert annexes.main_content["work_tasks"][0]["weight"] == 100
        return case.state
