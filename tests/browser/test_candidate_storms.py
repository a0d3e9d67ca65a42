"""A candidate's exam in bad weather: no answer is lost, whatever happens to network, tabs, server and time."""

import time
from contextlib import suppress

from browsers import PageFor
from candidates import begin, check_in, confirm, expect_paper, expect_saved, go_to, options, sign_and_check
from exams import Seed
from patience import wait_until
from playwright.sync_api import Error, Locator, Page, expect
from proctors import Proctor
from running import Service

from examsvc.delivery.rescue import keeping
from examsvc.delivery.states import CameraRule, FinishReason, SittingState

FILL_IN, NUMERIC = 7, 9
PATIENCE_SECONDS = 60


def test_what_was_typed_without_a_network_is_saved_when_it_is_back(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    page.context.set_offline(True)
    go_to(page, FILL_IN)
    page.get_by_label("第 1 空").press_sequentially("断网时写的字", delay=40)
    go_to(page, 1)
    page.keyboard.press("c")
    expect(page.get_by_text("未保存 2 题 · 离线")).to_be_visible()
    expect(page.get_by_text("网络已断开。请继续作答")).to_be_visible()
    assert seed.stored(ticket) == {}
    page.context.set_offline(False)
    expect_saved(page)
    expect(page.get_by_text("网络已断开。请继续作答")).to_be_hidden()
    assert {"blanks": ["断网时写的字"]} in seed.stored(ticket).values()
    assert len(seed.stored(ticket)) == 2


def test_the_steps_before_the_paper_say_that_there_is_no_network(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=600)
    page = page_for(ticket)
    note = page.get_by_text("网络已断开，正在自动重新连接。")
    expect(page.get_by_role("button", name="是我本人")).to_be_visible()
    _go_off_and_on(page, note)
    confirm(page)
    expect(page.get_by_role("heading", name="诚信承诺书")).to_be_visible()
    _go_off_and_on(page, note)
    sign_and_check(page, ticket)
    _go_off_and_on(page, note)


def _go_off_and_on(page: Page, note: Locator) -> None:
    page.context.set_offline(True)
    expect(note).to_be_visible()
    page.context.set_offline(False)
    expect(note).to_be_hidden()


def test_a_page_that_was_refused_at_the_end_goes_on_when_more_time_is_given(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    refusal = {"code": "sitting_closed", "detail": "The time is over."}
    page.route("**/responses", lambda route: route.fulfill(status=409, json=refusal), times=1)
    options(page).first.check()
    expect_saved(page)
    assert [(epoch, seq) for epoch, seq, _ref in seed.lines(ticket)] == [(2, 1)]


def test_a_reload_right_after_typing_loses_nothing(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, NUMERIC)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("答案（数字，单位：元）").fill("12.5")
    page.reload()
    expect_paper(page)
    expect(page.get_by_label("答案（数字，单位：元）")).to_have_value("12.5")
    expect_saved(page)
    assert list(seed.stored(ticket).values()) == [{"text": "12.5"}]


def test_a_second_tab_takes_over_and_the_first_can_take_it_back(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    first = page_for(ticket)
    begin(first, ticket)
    second = page_for(None, f"/candidate/sittings/{ticket.sitting_id}", beside=first)
    expect_paper(second)
    first.bring_to_front()
    go_to(first, 1)
    first.keyboard.press("b")
    expect(first.get_by_role("heading", name="考试已在另一页面或另一台电脑上继续")).to_be_visible()
    assert seed.stored(ticket) == {}
    second.bring_to_front()
    go_to(second, FILL_IN)
    second.get_by_label("第 1 空").fill("第二页")
    expect_saved(second)

    first.bring_to_front()
    first.get_by_role("button", name="在此继续作答").click()
    expect_saved(first)
    expect(options(first).nth(1)).to_be_checked()
    go_to(first, FILL_IN)
    expect(first.get_by_label("第 1 空")).to_have_value("第二页")
    assert len(seed.stored(ticket)) == 2


def test_more_time_is_shown_while_the_candidate_types_on(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket(starts_in=-3_300)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, FILL_IN)
    blank = page.get_by_label("第 1 空")
    blank.press_sequentially("写到一半")
    proctor.order(ticket, "EXTEND", text="设备故障", seconds=300)
    blank.press_sequentially("接着写", delay=30)
    expect(page.get_by_label("通知").get_by_text("考试时间延长 5 分钟")).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text("09:")
    expect(blank).to_have_value("写到一半接着写")
    expect(blank).to_be_focused()


def test_a_pause_hides_the_paper_and_a_message_has_to_be_read(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_role("button", name="草稿").click()
    notes = page.get_by_role("dialog", name="草稿")
    expect(notes).to_be_visible()
    proctor.order(ticket, "PAUSE", text="考场停电")
    expect(page.get_by_role("heading", name="考试已暂停")).to_be_visible()
    expect(page.get_by_text("原因：考场停电")).to_be_visible()
    expect(page.locator("article.question")).to_be_hidden()
    expect(notes).to_be_hidden()
    page.context.set_offline(True)
    cut_off = page.get_by_text("网络已断开，正在自动重新连接。")
    expect(cut_off).to_be_visible()
    page.context.set_offline(False)
    expect(cut_off).to_be_hidden()
    proctor.order(ticket, "RESUME")
    expect(page.locator("article.question")).to_be_visible()
    expect(notes).to_be_visible()
    proctor.order(ticket, "MESSAGE", text="请坐在画面中央")
    dialog = page.get_by_role("dialog", name="监考员通知")
    expect(dialog).to_contain_text("请坐在画面中央")
    page.keyboard.press("Space")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="知道了").click()
    expect(dialog).to_be_hidden()


def test_who_comes_into_a_paused_room_waits_and_is_taken_on_when_it_goes_on(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    check_in(page, ticket)
    expect(page.get_by_role("button", name="开始考试")).to_be_visible()
    proctor.order(ticket, "PAUSE", text="消防演练")
    expect(page.get_by_role("heading", name="考场暂停")).to_be_visible()
    expect(page.get_by_text("原因：消防演练")).to_be_visible()
    proctor.order(ticket, "RESUME")
    expect_paper(page)
    assert seed.sitting(ticket).held_seconds >= 1


def test_every_confirmed_answer_is_there_after_the_server_was_killed(
    page_for: PageFor, seed: Seed, service: Service
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    for number in range(1, 7):
        go_to(page, number)
        page.keyboard.press("a")
    expect_saved(page)
    confirmed = seed.stored(ticket)
    assert len(confirmed) == 6

    with service.killed():
        go_to(page, FILL_IN)
        page.get_by_label("第 1 空").fill("服务器不在的时候")
        page.get_by_role("button", name="交卷").click()
        page.get_by_role("dialog", name="确认交卷？").get_by_role("button", name="确认交卷").click()
        expect(page.get_by_role("heading", name="已在本机交卷，等待网络送达")).to_be_visible()
        expect(page.get_by_text("还有 1 题的作答等待送达。")).to_be_visible()

    expect(page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=45_000)
    stored = seed.stored(ticket)
    assert {ref: stored[ref] for ref in confirmed} == confirmed
    assert {"blanks": ["服务器不在的时候"]} in stored.values()
    assert seed.sitting(ticket).state == SittingState.HANDED_IN


def test_the_paper_is_handed_in_by_itself_at_the_end(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=-48, minutes=1, camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, FILL_IN)
    typed = type_until_time_is_up(page)
    assert typed.startswith("写到最后一秒")
    expect(page.get_by_role("heading", name="考试时间到")).to_be_visible()
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=40_000)
    expect(page.get_by_text("系统已自动交卷")).to_be_visible()
    sitting = seed.sitting(ticket)
    assert (sitting.state, sitting.finish_reason) == (SittingState.HANDED_IN, FinishReason.TIME_UP)
    assert list(seed.stored(ticket).values()) == [{"blanks": [typed]}]


def type_until_time_is_up(page: Page) -> str:
    """Type without a rest, and return what stood on the screen when it was over."""
    blank = page.get_by_label("第 1 空")
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if page.get_by_role("heading", name="考试时间到").is_visible():
            return blank.input_value()
        blank.press_sequentially("写到最后一秒")
        page.wait_for_timeout(250)
    raise AssertionError("time was never up")


def test_what_could_not_be_sent_at_the_end_counts_when_the_network_is_back_within_the_grace(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket(starts_in=-40, minutes=1, grace_seconds=30, camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    begin(page, ticket)
    page.context.set_offline(True)
    go_to(page, FILL_IN)
    typed = type_until_time_is_up(page)
    assert seed.stored(ticket) == {}
    page.context.set_offline(False)
    expect(page.get_by_text("您的作答已全部保存")).to_be_visible()
    assert list(seed.stored(ticket).values()) == [{"blanks": [typed]}]
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=60_000)
    assert seed.sitting(ticket).finish_reason == FinishReason.TIME_UP
    with seed.transaction() as db:
        assert keeping.kept(db, ticket.sitting_id) == []


ON_DISK = """async () => {
  const opening = indexedDB.open("examsvc-candidate");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const asked = database.transaction("entries").objectStore("entries").getAll();
  return (await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)))).length;
}"""


def test_a_crashed_page_loses_nothing_and_all_counts_as_unsaved_until_the_server_says(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 1)
    page.keyboard.press("a")
    expect_saved(page)
    page.context.set_offline(True)
    go_to(page, FILL_IN)
    page.get_by_label("第 1 空").fill("崩溃之前")
    wait_until(lambda: page.evaluate(ON_DISK) == 2)
    context = page.context
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.route("**/claim", lambda route: route.abort())
    again.goto(f"/candidate/sittings/{ticket.sitting_id}")
    again.wait_for_timeout(3_000)
    expect(again.get_by_text("已保存", exact=True)).to_be_hidden()
    again.route("**/responses", lambda route: route.abort())
    again.unroute("**/claim")
    expect(again.get_by_text("未保存 1 题")).to_be_visible(timeout=30_000)
    go_to(again, 1)
    expect(options(again).first).to_be_checked()
    assert len(seed.stored(ticket)) == 1
    again.unroute("**/responses")
    expect_saved(again)
    assert {"blanks": ["崩溃之前"]} in seed.stored(ticket).values()
    assert len(seed.stored(ticket)) == 2


def test_who_comes_without_a_camera_goes_on_unless_one_is_required(page_for: PageFor, seed: Seed) -> None:
    required = seed.ticket(camera_rule=CameraRule.REQUIRED)
    page = page_for(required, permissions=[])
    page.context.add_init_script("delete Navigator.prototype.mediaDevices")
    page.reload()
    page.get_by_role("button", name="是我本人").click()
    page.get_by_label("我已阅读并同意以上承诺").check()
    page.get_by_label("签名").fill(required.name)
    page.get_by_role("button", name="签署并继续").click()
    expect(page.get_by_text("本场考试必须使用摄像头")).to_be_visible()
    expect(page.get_by_role("button", name="继续", exact=True)).to_be_disabled()

    optional = seed.ticket(camera_rule=CameraRule.OPTIONAL)
    free = page_for(optional)
    free.context.add_init_script("delete Navigator.prototype.mediaDevices")
    free.reload()
    check_in(free, optional)


def test_a_cookie_that_is_carried_off_opens_nothing_but_the_log_in(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    own = page_for(ticket)
    begin(own, ticket)
    thief = page_for(None, "/candidate/")
    thief.context.add_cookies(own.context.cookies())  # type: ignore[arg-type]
    thief.goto(thief.url)
    expect(thief.get_by_role("heading", name="考生登录")).to_be_visible()
    go_to(own, 1)
    options(own).first.check()
    expect_saved(own)
    own.reload()
    expect_paper(own)
