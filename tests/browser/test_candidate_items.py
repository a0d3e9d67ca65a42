"""Items of every type in a candidate's hands: by the keys alone, by touch, heard once, seen without a network."""

from typing import Any
from uuid import UUID

import item_kinds
import pytest
from browsers import PageFor
from candidates import begin, expect_saved, go_to
from exams import Seed, Ticket
from playwright.sync_api import Page, expect
from test_candidate_access import assert_accessible

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


@pytest.fixture(scope="module")
def paper_id(seed: Seed) -> UUID:
    return item_kinds.draw_paper(seed)


@pytest.fixture
def ticket(seed: Seed, paper_id: UUID) -> Ticket:
    return seed.ticket(paper_id=paper_id)


def answers(seed: Seed, ticket: Ticket) -> list[dict[str, Any]]:
    """The stored answers, each by its form."""
    return [answer for answer in seed.stored(ticket).values() if answer]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_every_type_is_answered_by_keyboard_alone(page_for: PageFor, seed: Seed, ticket: Ticket) -> None:
    page = page_for(ticket)
    begin(page, ticket)
    press(page, "b", "j")
    page.get_by_label("第 1 空").press("ArrowDown")
    page.get_by_label("第 2 空").press("ArrowDown")
    press(page, "PageDown")
    page.get_by_role("button", name="现在是第 1 项").press("ArrowDown")
    expect(page.get_by_role("button", name="现在是第 2 项")).to_be_focused()
    press(page, "j")
    page.get_by_role("combobox").first.press("ArrowDown")
    press(page, "PageDown")
    page.get_by_role("application").focus()
    press(page, *["ArrowRight"] * 15, *["ArrowDown"] * 11, "Enter")
    expect(page.get_by_text("标记已用完，移除后可以重新标记")).to_be_visible()
    press(page, "j")
    page.get_by_role("article").get_by_role("radio").first.focus()
    press(page, "c")
    page.get_by_label("第 1 空").fill("少样本提示")
    expect_saved(page)
    given = {name: value for answer in answers(seed, ticket) for name, value in answer.items()}
    assert set(given) == {"choice", "gaps", "order", "pairs", "points", "parts"}
    assert given["points"] == [[350, 260]]
    assert given["parts"]["p2"] == {"blanks": ["少样本提示"]}
    assert sorted(given["order"]) == ["a", "b", "c", "d"]


def test_every_type_passes_axe(page_for: PageFor, ticket: Ticket) -> None:
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_text("整卷显示").click()
    expect(page.locator("math").first).to_be_visible()
    assert_accessible(page)
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    assert_accessible(page)


def test_a_tablet_marks_orders_and_picks_by_touch(page_for: PageFor, seed: Seed, ticket: Ticket) -> None:
    page = page_for(ticket, **TABLET)
    begin(page, ticket)
    go_to(page, 3)
    page.get_by_role("button", name="下移：").first.tap()
    go_to(page, 5)
    stage = page.get_by_role("application")
    box = stage.bounding_box()
    assert box
    # The middle of the button in the picture of 400 by 300 pixels, wherever that is on the glass.
    stage.tap(position={"x": box["width"] * 353 / 400, "y": box["height"] * 262 / 300})
    expect_saved(page)
    stored = answers(seed, ticket)
    assert [len(answer["order"]) for answer in stored if "order" in answer] == [4]
    ((x, y),) = next(answer["points"] for answer in stored if "points" in answer)
    assert 350 <= x <= 356
    assert 259 <= y <= 265
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert fits, "nothing sticks out sideways"


def test_a_recording_is_heard_once_also_over_a_reload(page_for: PageFor, ticket: Ticket) -> None:
    page = page_for(ticket)
    begin(page, ticket)
    expect(page.get_by_text("还可以从头播放 1 次（共 1 次）")).to_be_visible()
    page.get_by_role("button", name="播放", exact=True).click()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    used = page.get_by_text("播放次数已用完（共 1 次）")
    expect(used).to_be_visible()
    page.reload()
    expect(used).to_be_visible()
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_disabled()


def test_pictures_and_formulas_are_there_without_a_network(page_for: PageFor, ticket: Ticket) -> None:
    page = page_for(ticket)
    with page.expect_response(lambda answer: "audio" in answer.headers.get("content-type", "")):
        begin(page, ticket)
    go_to(page, 6)
    page.context.set_offline(offline=True)
    go_to(page, 5)
    page.wait_for_function("document.querySelector('[role=application] img').naturalWidth === 400")
    go_to(page, 1)
    expect(page.locator("mfrac")).to_be_visible()
    page.wait_for_function("document.querySelector('figure img').naturalWidth === 400")
