"""A bank's way from the editor to the printed paper: written, reviewed, released, drawn, seen and printed.

An item of each type is written and looked at with its key on the screens. Two are approved and released there; the
others, like the practical tasks, by the routes that those screens use. The bank is registered for its filing and
proved on the screen; it is made without one.
"""

import io
import unicodedata
from typing import Any
from uuid import UUID

import item_writing
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from item_kinds import new_bank
from item_writing import KEYS_TOLD, STEMS, TYPE_NAMES, T
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from questionbank.kinds import ItemType

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
USUAL = (T.SINGLE_CHOICE, T.MULTIPLE_CHOICE, T.TRUE_FALSE, T.FILL_IN, T.NUMERIC)
FIRST_TASK = (*USUAL, T.SHORT_ANSWER)
SECOND_TASK = (T.INLINE_CHOICE, T.ORDERING, T.MATCHING, T.HOTSPOT, T.COMPOSITE, T.EXTENDED_ANSWER)
DRAWN = (*FIRST_TASK, *SECOND_TASK)
BY_HAND = (T.SINGLE_CHOICE, T.HOTSPOT)


@pytest.fixture
def bank_id(seed: Seed) -> UUID:
    with seed.transaction() as db:
        return new_bank(db, "全部题型").id


@pytest.mark.slow
def test_every_type_goes_from_the_editor_to_the_printed_paper(page_for: PageFor, bank_id: UUID) -> None:
    author = page_for("author", f"/office/banks/{bank_id}/items")
    items = {kind: _write(author, bank_id, kind) for kind in TYPE_NAMES}
    _add_practicals(author, bank_id)
    reviewer = page_for("reviewer", "/office/review")
    for kind, item_id in items.items():
        _review(reviewer, kind, item_id)
    office = page_for("office", f"/office/banks/{bank_id}/items")
    _register(office)
    _plan(office)
    _draw(office)
    _try(office)
    _print(office)


def _write(page: Page, bank_id: UUID, kind: ItemType) -> str:
    """Write an item, hand it to review, and return its id."""
    page.goto(f"/office/banks/{bank_id}/items/new")
    item_writing.write(page, kind, "1.1 原理" if kind in FIRST_TASK else "2.1 方法")
    if kind is T.HOTSPOT:
        _assert_accessible(page)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审")
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    return page.url.split("/")[-1]


def _add_practicals(page: Page, bank_id: UUID) -> None:
    """Add a practical task for each work task, so that exam sessions may take the paper."""
    steps = [{"value": value, "text": f"{value // 100} 分"} for value in (0, 60_00, 100_00)]
    criterion = {"kind": "MEASUREMENT", "text": "完成", "guidance": "看结果", "values": steps}
    for task in _read(page, f"/api/banks/{bank_id}")["work_tasks"]:
        plan = {"code": f"P{task['number']}", "title": task["name"], "brief": "按要求完成。", "minutes": 30}
        body = {**plan, "work_task_id": task["work_task_id"], "criteria": [criterion]}
        _call(page, f"/api/banks/{bank_id}/practical-tasks", body)


def _review(page: Page, kind: ItemType, item_id: str) -> None:
    page.goto(f"/office/items/{item_id}")
    expect(page.get_by_role("region", name="考生所见")).to_contain_text(TYPE_NAMES[kind])
    expect(page.get_by_role("region", name="答案与解析")).to_contain_text(KEYS_TOLD[kind])
    if kind is T.COMPOSITE:
        _assert_accessible(page)
    if kind in BY_HAND:
        _approve_and_release(page)
        return
    item = _read(page, f"/api/items/{item_id}")
    version = f"/api/item-versions/{item['versions'][0]['version_id']}"
    _call(page, f"{version}/approval", {})
    _call(page, f"{version}/release", {})


def _approve_and_release(page: Page) -> None:
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已通过")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已发布")


def _register(page: Page) -> None:
    page.get_by_role("link", name="备案版本").click()
    page.get_by_role("button", name="登记新版本").click()
    page.get_by_role("dialog").get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name="第 1 版", exact=True).click()
    page.get_by_role("button", name="立即核验").click()
    expect(page.get_by_text("核验通过")).to_be_visible()
    _assert_accessible(page)


def _plan(page: Page) -> None:
    page.get_by_role("link", name="双向细目表").click()
    page.get_by_role("button", name="新建双向细目表").click()
    page.get_by_label("名称", exact=True).fill("全部题型卷")
    for kind in (T.SHORT_ANSWER, *SECOND_TASK):
        page.get_by_role("checkbox", name=TYPE_NAMES[kind], exact=True).check()
    for task, kinds in (("提示词撰写", FIRST_TASK), ("智能体生成", SECOND_TASK)):
        for kind in kinds:
            _type(page, f"{task} · {TYPE_NAMES[kind]} 题数", "1")
            _type(page, f"{task} · {TYPE_NAMES[kind]} 每题分值", "10" if kind.is_written else "8")
    expect(page.get_by_text("题库可以满足这张细目表")).to_be_visible()
    expect(page.get_by_text("全卷正好 100 分")).to_be_visible()
    _assert_accessible(page)
    page.get_by_role("button", name="保存细目表").click()


def _type(page: Page, label: str, figure: str) -> None:
    page.get_by_label(label, exact=True).fill(figure)
    page.get_by_label(label, exact=True).press("Tab")


def _draw(page: Page) -> None:
    page.get_by_role("button", name="抽取试卷").click()
    page.get_by_role("dialog").get_by_role("button", name="抽取试卷").click()
    questions = page.get_by_role("region", name="理论试题")
    expect(questions.get_by_role("rowheader")).to_have_count(len(DRAWN))
    page.get_by_role("link", name="考生所见").click()


def _try(page: Page) -> None:
    """Answer a question as a candidate does; the page holds no key."""
    expect(page.get_by_role("article")).to_have_count(len(DRAWN))
    for kind in DRAWN:
        expect(page.get_by_role("region", name=TYPE_NAMES[kind], exact=True)).to_be_visible()
    page.get_by_role("radio", name="复核员").check()
    expect(page.locator("mfrac")).to_be_visible()
    page.wait_for_function("document.querySelector('[role=application] img').naturalWidth === 400")
    _assert_accessible(page)


def _print(page: Page) -> None:
    page.get_by_role("radio", name="纸质版式").check()
    sheet = page.get_by_role("article", name="全部题型卷")
    expect(sheet).to_contain_text("共 12 题，满分 100 分")
    _assert_accessible(page)
    page.wait_for_load_state("networkidle")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = _plain("".join(printed.extract_text() for printed in reader.pages))
    for kind in set(DRAWN) - {T.SINGLE_CHOICE}:  # whose formula is no line of text
        assert _plain(STEMS[kind].replace("____", "_" * 12)) in text
    assert _plain("一、单项选择题（共 1 题，8 分）") in text
    assert all(told in text for told in ("复核员", "明确任务", "随机程度", "上线前应由谁批准"))
    assert not any(hidden in text for hidden in ("少样本", "退出登录"))
    assert sum(len(printed.images) for printed in reader.pages) >= 2


def _plain(text: str) -> str:
    """Return the text as it is compared: a PDF may name a character by its radical, and breaks lines anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _assert_accessible(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    faults = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    assert [(page.url, fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []


def _read(page: Page, path: str) -> Any:
    answer = page.context.request.get(path)
    assert answer.ok, answer.text()
    return answer.json()


def _call(page: Page, path: str, body: dict[str, Any]) -> None:
    """Send what a screen would send, as who has the page."""
    token = _read(page, "/api/me")["csrf_token"]
    answer = page.context.request.post(path, data=body, headers={"X-CSRF-Token": token})
    assert answer.ok, answer.text()
