"""Misconduct in the browser: recorded and signed on a tablet, ruled on by the office, reviewed by another."""

import re

import evidence_files
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from candidates import begin
from exams import Seed, Ticket
from patience import wait_until
from playwright.sync_api import Locator, Page, expect
from proctors import Proctor

GRAVE = ("serious", "critical")
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


def record(page: Page, ticket: Ticket) -> None:
    """Open the candidate's panel, put misconduct on record with two pieces of evidence, open the record."""
    page.locator("button.tile").first.click()
    page.get_by_role("tab", name="违纪").click()
    page.get_by_role("button", name="登记违纪").click()
    dialog = page.get_by_role("dialog", name=re.compile("登记违纪"))
    dialog.get_by_label("类别").select_option(label="严重违纪违规")
    dialog.get_by_label("事实经过").fill("考生低头查看藏在草稿纸下的手机。经提醒后再次查看。")
    dialog.get_by_role("checkbox", name=re.compile("留存画面")).first.check()
    dialog.get_by_role("checkbox", name=re.compile("发消息")).check()
    expect(dialog.get_by_text("已选 2 项")).to_be_visible()
    expect_usable(page)
    dialog.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("dialog", name="违纪记录").get_by_text(ticket.number)).to_be_visible()


def add_photo(page: Page, sheet: Locator) -> None:
    """Add what is no evidence, which is said, then a photo, which is shown and can be kept."""
    chosen = sheet.get_by_label("添加文件证据")
    chosen.set_input_files({"name": "手机.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    expect(sheet.get_by_text("该文件不能作为证据")).to_be_visible()
    chosen.set_input_files({"name": "手机.jpg", "mimeType": "image/jpeg", "buffer": evidence_files.photo()})
    picture = sheet.get_by_role("img", name="照片“手机.jpg”")
    expect(picture).to_have_js_property("naturalWidth", 120)
    with page.expect_download() as kept:
        sheet.get_by_role("link", name="下载 手机.jpg").click()
    assert kept.value.suggested_filename == "手机.jpg"


def expect_usable(page: Page) -> None:
    """Nothing that keeps people out, and nothing to scroll sideways."""
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in violations if each["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def draw(page: Page) -> None:
    pad = page.get_by_test_id("pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 40 + 12 * step, box["y"] + 60 + 40 * (step % 2))
    page.mouse.up()


def test_misconduct_goes_from_the_wall_to_a_ruling_and_back(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket()
    begin(page_for(ticket), ticket)
    proctor.order(ticket, "MESSAGE", text="请收起手机，这是警告")
    wait_until(lambda: "SNAPSHOT" in proctor.noticed(ticket))

    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}", **TABLET)
    record(wall, ticket)
    sheet = wall.get_by_role("dialog", name="违纪记录")
    expect(sheet.locator("img")).to_have_js_property("complete", True)
    add_photo(wall, sheet)
    sheet.get_by_role("button", name="更正记录").click()
    corrected = wall.get_by_role("dialog", name=re.compile("登记违纪"))
    expect(corrected.get_by_text("已选 3 项")).to_be_visible()  # the photo stays evidence
    corrected.get_by_label("地点").fill("一号机房 01-01 号座位")
    corrected.get_by_role("button", name="更正记录").click()
    expect(sheet.get_by_text("一号机房 01-01 号座位")).to_be_visible()
    sheet.get_by_label("考生陈述").fill("手机是用来看时间的。")
    sheet.get_by_role("button", name="已告知，记录陈述").click()
    expect_usable(wall)
    draw(wall)
    sheet.get_by_role("button", name="提交签名").click()
    expect(sheet.get_by_text("待处理决定")).to_be_visible()
    expect_usable(wall)

    office = page_for("office", "/office/misconduct", **TABLET)
    office.get_by_role("link", name=ticket.name).first.click()
    office.get_by_label("处理", exact=True).select_option(label="本次考核全部成绩无效")
    office.get_by_label("认定理由").fill("抓拍与监考指令相互印证。")
    office.get_by_label("对陈述申辩的核查").fill("考场备有时钟，理由不成立。")
    office.get_by_label(re.compile("我确认作出")).check()
    expect_usable(office)
    office.get_by_role("button", name="作出决定").click()
    expect(office.get_by_text("已作决定")).to_be_visible()
    with office.expect_download() as told:
        office.get_by_role("link", name="下载决定书").click()
    assert told.value.suggested_filename.endswith(".pdf")
    office.get_by_role("button", name="登记送达").click()
    expect(office.get_by_text("申请复核截止")).to_be_visible()
    expect_usable(office)
    office.goto(f"/office/sessions/{ticket.exam_session_id}/results")
    expect(office.get_by_role("row", name=ticket.name).get_by_text("成绩无效")).to_be_visible()

    decider = page_for("decider", f"/office/decisions/{ticket.exam_session_id}")
    expect(decider.get_by_text(re.compile("全部科目成绩无效：严重违纪违规"))).to_be_visible()
    decider.goto("/office/misconduct")
    decider.get_by_role("link", name=ticket.name).first.click()
    decider.get_by_role("button", name="复核后撤销").click()
    decider.get_by_label("撤销理由").fill("补充证据表明手机为道具。")
    decider.get_by_role("dialog").get_by_role("button", name="复核后撤销").click()
    expect(decider.get_by_text("决定已撤销", exact=True)).to_be_visible()
    office.reload()
    expect(office.get_by_role("row", name=ticket.name).get_by_text("成绩无效")).to_have_count(0)
