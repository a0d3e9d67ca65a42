"""A candidate whose machine or server fails: moved to another machine, and given back what was lost."""

import re
import time
from io import BytesIO
from pathlib import Path

import zxingcpp
from browsers import PageFor
from candidates import begin, expect_paper, expect_saved, go_to, options
from exams import Seed
from patience import wait_until
from PIL import Image
from playwright.sync_api import Page, expect
from proctors import Proctor
from rescuing import save_rescue_file, take_in
from running import Service

FILL_IN = 7
HAND_OVER_SECONDS = 30


def open_seat(wall: Page, name: str) -> None:
    wall.get_by_role("button", name=re.compile(name)).first.click()
    expect(wall.get_by_role("complementary", name=re.compile(name))).to_be_visible()


def scanned_from(page: Page, name: str) -> str:
    """What a camera reads in the picture with that name."""
    picture = page.get_by_role("img", name=name)
    expect(picture).to_be_visible()
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.screenshot())))
    return found.text


def seconds_left(page: Page) -> int:
    """What the timer shows."""
    shown = re.search(r"(\d+):(\d\d)", page.get_by_role("timer").inner_text())
    assert shown
    return int(shown[1]) * 60 + int(shown[2])


def test_a_seat_is_handed_over_by_the_proctors_code(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    old = page_for(ticket)
    begin(old, ticket)
    go_to(old, FILL_IN)
    old.get_by_label("第 1 空").fill("旧电脑上写的")
    expect_saved(old)
    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}")
    open_seat(wall, ticket.name)
    wall.get_by_role("button", name="换机", exact=True).click()
    dialog = wall.get_by_role("dialog", name=re.compile("^换机"))
    dialog.get_by_role("button", name="电脑故障").click()

    began = time.monotonic()
    dialog.get_by_role("button", name="生成换机码").click()
    expect(dialog.get_by_role("img", name="换机二维码")).to_be_visible()
    code = dialog.get_by_label("换机码", exact=True).inner_text()
    new = page_for(None, "/candidate/")
    new.get_by_role("link", name="换机：输入换机码").click()
    new.get_by_label("换机码").fill(code.lower())
    new.get_by_role("button", name="在本机继续考试").click()
    expect_paper(new)
    assert time.monotonic() - began < HAND_OVER_SECONDS

    go_to(new, FILL_IN)
    expect(new.get_by_label("第 1 空")).to_have_value("旧电脑上写的")
    expect(dialog.get_by_text("换机完成")).to_be_visible()
    expect(old.get_by_role("heading", name="考试已换到另一台电脑继续")).to_be_visible()
    new.get_by_label("第 1 空").fill("新电脑上接着写")
    expect_saved(new)
    assert {"blanks": ["新电脑上接着写"]} in seed.stored(ticket).values()
    assert seed.sitting(ticket).credited_seconds > 0
    new.get_by_role("button", name="帮助").click()
    expect(new.get_by_role("dialog")).to_contain_text("因更换设备")


def test_a_spare_machine_shows_a_code_and_nobody_types_anything_there(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    old = page_for(ticket)
    begin(old, ticket)
    go_to(old, FILL_IN)
    old.get_by_label("第 1 空").fill("旧电脑上写的")
    expect_saved(old)
    new = page_for(None, "/candidate/spare")
    expect(new.get_by_role("img", name="备用机二维码")).to_be_visible()
    code = new.locator(".code").inner_text().replace("-", "")
    scanned = scanned_from(new, "备用机二维码")
    assert scanned.endswith(f"/wall/spare#{code}")
    wall = page_for("proctor1", scanned[scanned.index("/wall/") :])
    expect(wall.get_by_text(f"已读取备用机代码 {code}")).to_be_visible()
    assert "#" not in wall.url
    wall.locator(f"a[href='/wall/{ticket.exam_session_id}']").click()
    open_seat(wall, ticket.name)
    wall.get_by_role("button", name="换机", exact=True).click()
    dialog = wall.get_by_role("dialog", name=re.compile("^换机"))
    dialog.get_by_role("button", name="电脑故障").click()
    dialog.get_by_role("button", name="核对备用机").click()
    expect(dialog.get_by_text("备用机：127.0.0.1")).to_be_visible()
    dialog.get_by_role("button", name="换到这台备用机").click()
    expect_paper(new)
    go_to(new, FILL_IN)
    expect(new.get_by_label("第 1 空")).to_have_value("旧电脑上写的")
    expect(dialog.get_by_text("换机完成")).to_be_visible()
    expect(old.get_by_role("heading", name="考试已换到另一台电脑继续")).to_be_visible()


def test_a_seat_is_handed_over_by_scanning_the_picture_on_the_proctors_tablet(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    begin(page_for(ticket), ticket)
    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}")
    open_seat(wall, ticket.name)
    wall.get_by_role("button", name="换机", exact=True).click()
    dialog = wall.get_by_role("dialog", name=re.compile("^换机"))
    dialog.get_by_role("button", name="电脑故障").click()
    began = time.monotonic()
    dialog.get_by_role("button", name="生成换机码").click()
    scanned = scanned_from(wall, "换机二维码")
    new = page_for(None, scanned[scanned.index("/candidate/") :])
    expect_paper(new)
    assert time.monotonic() - began < HAND_OVER_SECONDS


def test_what_the_old_machine_could_not_send_goes_by_a_file_and_the_qr_code_needs_no_typing(
    page_for: PageFor, seed: Seed, proctor: Proctor, tmp_path: Path
) -> None:
    ticket = seed.ticket()
    old = page_for(ticket)
    begin(old, ticket)
    old.context.set_offline(True)
    go_to(old, 1)
    old.keyboard.press("b")
    expect(old.get_by_text("未保存 1 题 · 离线")).to_be_visible()
    made = proctor.hand_over(ticket, "网络故障")
    new = page_for(None, made["address"])
    expect_paper(new)
    assert "#" not in new.url
    old.context.set_offline(False)
    expect(old.get_by_role("heading", name="考试已换到另一台电脑继续")).to_be_visible()
    expect(old.get_by_text("本机有 1 题的最后修改没有送达")).to_be_visible()
    assert seed.stored(ticket) == {}
    go_to(new, 1)
    expect(options(new).first).to_be_visible()
    file = save_rescue_file(old, tmp_path)
    take_in(page_for("office", "/office/").context, seed, ticket, file)
    assert len(seed.stored(ticket)) == 1
    expect(new.get_by_text("考务人员已将您此前未能送达的作答计入")).to_be_visible()
    expect(options(new).nth(1)).to_be_checked()  # nobody did anything at this machine
    new.keyboard.press("c")
    expect_saved(new)
    expect(options(new).nth(2)).to_be_checked()


def test_lost_time_is_given_back_while_the_candidate_types_on(page_for: PageFor, seed: Seed, service: Service) -> None:
    ticket = seed.ticket(starts_in=-3_300)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, FILL_IN)
    blank = page.get_by_label("第 1 空")
    blank.fill("中断之前")
    expect_saved(page)
    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}")
    expect(wall.get_by_role("button", name=re.compile(ticket.name)).first).to_be_visible()

    with service.killed():
        blank.press_sequentially("，中断当中", delay=100)
        time.sleep(11)
    expect(wall.get_by_text("建议补时")).to_be_visible(timeout=40_000)
    wall.get_by_role("button", name="查看并决定").click()
    dialog = wall.get_by_role("dialog", name="补时决定")
    expect(dialog).to_contain_text("服务器中断")
    expect(dialog).to_contain_text(ticket.name)
    before = seed.sitting(ticket).closes_at
    dialog.get_by_role("button", name="全部补时").click()

    blank.press_sequentially("，接着写", delay=30)
    expect(page.get_by_label("通知").get_by_text(re.compile("因服务器中断.*补时"))).to_be_visible(timeout=30_000)
    expect(blank).to_have_value("中断之前，中断当中，接着写")
    expect(blank).to_be_focused()
    wait_until(lambda: seed.sitting(ticket).credited_seconds >= 10)
    after = seed.sitting(ticket)
    assert before
    assert after.closes_at
    assert (after.closes_at - before).total_seconds() == after.credited_seconds
    expect_saved(page)
    page.get_by_role("button", name="帮助").click()
    expect(page.get_by_role("dialog")).to_contain_text("考试时间变动记录")


def test_neither_a_set_clock_nor_a_sleep_nor_the_back_button_changes_the_time_or_the_paper(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket(starts_in=-1_800)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, FILL_IN)
    timer = page.get_by_role("timer")
    expect(timer).to_contain_text(re.compile("29:|30:"))
    for minutes in (5, -10):
        with page.expect_response(
            re.compile(f"/api/sittings/{ticket.sitting_id}$")
        ):  # the step is noticed, and asked about
            page.evaluate(SET_CLOCK, minutes * 60_000)
        expect(timer).to_contain_text(re.compile("29:|28:"))
    page.get_by_label("第 1 空").fill("时钟拨过之后")
    expect_saved(page)
    page.go_back()
    expect(page.get_by_text("已留在试卷页面")).to_be_visible()
    expect(page.get_by_label("第 1 空")).to_have_value("时钟拨过之后")
    assert {"blanks": ["时钟拨过之后"]} in seed.stored(ticket).values()


def test_a_laptop_that_slept_shows_the_true_time_and_saves_on(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=-1_800)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, FILL_IN)
    page.get_by_label("第 1 空").fill("睡前")
    expect_saved(page)
    before, began = seconds_left(page), time.monotonic()
    browser = page.context.new_cdp_session(page)
    page.context.set_offline(True)
    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(SLEEP_SECONDS)
    browser.send("Page.setWebLifecycleState", {"state": "active"})
    page.evaluate(STOOD_STILL, SLEEP_SECONDS * 1_000)  # as the monotonic clock of a machine that slept
    page.context.set_offline(False)
    wait_until(lambda: abs(before - seconds_left(page) - (time.monotonic() - began)) <= 2)
    page.get_by_label("第 1 空").fill("醒后接着写")
    expect_saved(page)
    assert {"blanks": ["醒后接着写"]} in seed.stored(ticket).values()


SLEEP_SECONDS = 20
STOOD_STILL = "ms => { const real = performance.now.bind(performance); performance.now = () => real() - ms }"
SET_CLOCK = "ms => { const real = Date.now; Date.now = () => real() + ms }"
