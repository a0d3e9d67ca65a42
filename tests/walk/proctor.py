"""The proctor's part: the live wall, while the candidate answers."""

from candidate import Candidate
from playwright.sync_api import Page, expect
from scenes import Walk


def watch(walk: Walk, page: Page, candidate: Candidate) -> None:
    """Open the demo's session and wait until the candidate's frame is there."""
    page.get_by_role("link", name="开放中").click()
    tile = page.locator(".tile").filter(has_text=candidate.name)
    expect(tile).to_contain_text("在线", timeout=30_000)
    page.wait_for_timeout(6_000)  # a frame or two
    walk.scene(page, "wall")
    tile.click()
    page.get_by_role("complementary").get_by_role("heading", name=candidate.name).wait_for()
    walk.scene(page, "wall-candidate")


def order(walk: Walk, page: Page, candidate_page: Page) -> None:
    """Send a message, give five minutes, pause and resume; the candidate's page shows each."""
    _command(page, "发消息", "请坐正，面部保持在画面中央。", button="发送")
    expect(candidate_page.get_by_text("请坐正，面部保持在画面中央。")).to_be_visible()
    walk.scene(candidate_page, "candidate-message")
    candidate_page.get_by_role("button", name="知道了").click()
    _command(page, "延时", "设备故障", button="确认延时")
    expect(candidate_page.get_by_text("考试时间延长 5 分钟").first).to_be_visible()
    candidate_page.wait_for_timeout(300)
    _close_notice(candidate_page)
    _command(page, "暂停", "更换键盘", button="确认暂停")
    expect(candidate_page.get_by_role("heading", name="考试已暂停")).to_be_visible()
    walk.scene(candidate_page, "candidate-paused")
    _command(page, "恢复", None, button="确认恢复")
    expect(candidate_page.get_by_role("heading", name="考试已暂停")).to_be_hidden()
    _close_notice(candidate_page)
    walk.scene(page, "wall-after-commands")


def _close_notice(candidate_page: Page) -> None:
    button = candidate_page.get_by_role("button", name="知道了")
    if button.count():
        button.first.click()


def _command(page: Page, kind: str, text: str | None, *, button: str) -> None:
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name=kind, exact=True).click()
    dialog = page.get_by_role("dialog")
    if text:
        dialog.locator("textarea").last.fill(text)
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden()


def note_incident(walk: Walk, page: Page) -> None:
    """Put an incident on record and dismiss it."""
    page.get_by_role("tab", name="异常登记").or_(page.get_by_role("button", name="异常登记")).first.click()
    page.get_by_label("情况说明").fill("键盘失灵，已更换，补时 5 分钟。")
    page.get_by_label("类别").select_option(label="设备故障")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("键盘失灵，已更换").first).to_be_visible()
    walk.scene(page, "wall-incident")
