"""An examiner's part: three score sheets for one candidate, on a tablet."""

from candidate import Candidate
from playwright.sync_api import Page, expect
from scenes import Walk


def examine(walk: Walk, page: Page, candidate: Candidate, *, photograph: bool) -> None:
    """Mark and sign the candidate's three sheets; the pages are photographed for the first examiner."""
    page.get_by_role("link", name="开放中").click()
    page.get_by_role("heading", name=f"考生 {candidate.seat_label}", exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    if photograph:
        walk.scene(page, "examiner-candidates")
    listed = page.url
    for task in (1, 2, 3):
        page.goto(listed)
        row = page.locator("li.row").filter(
            has=page.get_by_role("heading", name=f"考生 {candidate.seat_label}", exact=True)
        )
        row.get_by_role("link", name=f"试题 {task}").click()
        _mark_all(page)
        if photograph and task == 1:
            walk.scene(page, "examiner-sheet")
        _sign(walk, page, photograph=photograph and task == 1)


def _mark_all(page: Page) -> None:
    groups = page.get_by_role("radiogroup")
    groups.first.wait_for()
    for number in range(groups.count()):
        group = groups.nth(number)
        # the most of what is awarded, the least of what is taken off, no veto
        wanted = group.locator("label").first if group.locator(".first").count() == 0 else _best(group)
        wanted.click()
    expect(page.get_by_test_id("sync")).to_have_text("全部评分已上传", timeout=20_000)


def _best(group: object) -> object:
    labels = group.locator("label")  # type: ignore[attr-defined]
    texts = labels.all_inner_texts()
    if any(text.startswith(("−", "不扣", "未发生")) for text in texts):
        return labels.first
    return labels.last


def _sign(walk: Walk, page: Page, *, photograph: bool) -> None:
    page.get_by_role("link", name="核对并签名").click()
    page.get_by_test_id("pad").wait_for()
    box = page.get_by_test_id("pad").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 24):
        page.mouse.move(box["x"] + 60 + 12 * step, box["y"] + 60 + 45 * (step % 2))
    page.mouse.up()
    if photograph:
        walk.scene(page, "examiner-signature")
    page.get_by_role("button", name="签名并提交").click()
    expect(page.get_by_text("的评分表已签名").first).to_be_visible()
