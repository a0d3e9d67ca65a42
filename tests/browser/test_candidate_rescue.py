"""A candidate whose network dies: handed in on the machine, rescue file, a killed page, the receipt to keep."""

from pathlib import Path

from browsers import PageFor
from candidates import begin, expect_paper, expect_saved, go_to, options
from exams import Seed, Ticket
from patience import wait_until
from playwright.sync_api import Page, expect
from proctors import Proctor
from rescuing import enrolment_of, save_rescue_file, take_in

from examsvc.delivery.rescue import keeping
from examsvc.delivery.states import CameraRule, FinishReason, SittingState

FILL_IN, NUMERIC = 7, 9
CUT_OFF = "已在本机交卷，等待网络送达"


def _cut(page: Page) -> None:
    """Cut the network as the developer tools do, websockets too."""
    page.context.set_offline(True)


def _answer_cut_off(page: Page, ticket: Ticket) -> None:
    """Begin, and choose an answer that cannot be sent."""
    begin(page, ticket)
    _cut(page)
    go_to(page, 1)
    page.keyboard.press("b")
    expect(page.get_by_text("未保存 1 题 · 离线")).to_be_visible()


def _hand_in(page: Page) -> None:
    page.get_by_role("button", name="交卷", exact=True).click()
    page.get_by_role("button", name="确认交卷").click()


def _wait_until_the_service_ends_it(page: Page, seed: Seed, ticket: Ticket) -> None:
    for _ in range(240):
        if seed.sitting(ticket).state == SittingState.HANDED_IN:
            return
        page.wait_for_timeout(500)
    raise AssertionError("the sitting was never ended")


def test_a_hand_in_without_a_network_is_delivered_when_it_is_back(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    _cut(page)
    go_to(page, FILL_IN)
    page.get_by_label("第 1 空").fill("断网后的答案")
    _hand_in(page)
    expect(page.get_by_role("heading", name=CUT_OFF)).to_be_visible()
    expect(page.get_by_text("还有 1 题的作答等待送达")).to_be_visible()
    assert seed.sitting(ticket).state == SittingState.IN_PROGRESS
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已交卷", exact=True)).to_be_visible()
    assert list(seed.stored(ticket).values()) == [{"blanks": ["断网后的答案"]}]
    assert seed.sitting(ticket).finish_reason == FinishReason.BY_CANDIDATE


def test_a_page_killed_after_its_hand_in_goes_on_with_it(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    _cut(page)
    go_to(page, 1)
    page.keyboard.press("c")
    _hand_in(page)
    expect(page.get_by_role("heading", name=CUT_OFF)).to_be_visible()
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/candidate/sittings/{ticket.sitting_id}")
    expect(again.get_by_role("heading", name="已交卷", exact=True)).to_be_visible()
    assert len(seed.stored(ticket)) == 1


def test_a_killed_page_loses_nothing_and_counts_all_as_unsaved_until_the_server_says(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    _cut(page)
    go_to(page, NUMERIC)
    page.get_by_label("答案（数字，单位：元）").fill("7.5")
    expect(page.get_by_text("未保存 1 题 · 离线")).to_be_visible()
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/candidate/sittings/{ticket.sitting_id}")
    expect_paper(again)
    expect_saved(again)
    assert list(seed.stored(ticket).values()) == [{"text": "7.5"}]


CONSENT_MINUTES = 5


def _consent_needed_in(seed: Seed, seconds: int, **plan: object) -> Ticket:
    """A ticket of an exam in which handing in needs consent soon."""
    begun = (60 - CONSENT_MINUTES) * 60 - seconds
    return seed.ticket(starts_in=-begun, last_minutes_consent=CONSENT_MINUTES, camera_rule=CameraRule.OFF, **plan)


def _hand_in_cut_off(page: Page, ticket: Ticket) -> None:
    """Hand in without a network, and wait until consent is needed."""
    _answer_cut_off(page, ticket)
    _hand_in(page)
    expect(page.get_by_role("heading", name=CUT_OFF)).to_be_visible()
    left = page.get_by_role("timer").inner_text()
    minutes, seconds = (int(part) for part in left.split()[-1].split(":")[-2:])
    page.wait_for_timeout(1_000 * max(0, (minutes - CONSENT_MINUTES) * 60 + seconds + 2))


def test_a_hand_in_made_without_a_network_before_consent_was_needed_counts_when_it_arrives(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = _consent_needed_in(seed, 40)
    page = page_for(ticket)
    _hand_in_cut_off(page, ticket)
    expect(page.get_by_text("本场次采信本机记录的交卷时间")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已交卷", exact=True)).to_be_visible()
    assert seed.sitting(ticket).finish_reason == FinishReason.BY_CANDIDATE
    assert len(seed.stored(ticket)) == 1


def test_where_the_machines_time_is_not_believed_the_page_says_so_and_waits_for_a_proctor(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = _consent_needed_in(seed, 40, accept_offline=False)
    page = page_for(ticket)
    _hand_in_cut_off(page, ticket)
    expect(page.get_by_text("本场次不采信本机时间")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="交卷没有被接受，请举手")).to_be_visible()
    expect(page.get_by_text("不能认定是何时作出的")).to_be_visible()
    expect(page.locator(".under")).to_have_attribute("inert", "")
    assert seed.sitting(ticket).state == SittingState.IN_PROGRESS
    proctor.order(ticket, "ALLOW_HAND_IN")
    expect(page.get_by_role("heading", name="已交卷", exact=True)).to_be_visible(timeout=30_000)
    assert seed.sitting(ticket).finish_reason == FinishReason.BY_CANDIDATE


def test_a_hand_in_that_arrives_after_the_end_with_all_answers_stored_is_recorded_as_one(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket(starts_in=-20, minutes=1, camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 1)
    page.keyboard.press("b")
    expect_saved(page)
    _cut(page)
    _hand_in(page)
    expect(page.get_by_role("heading", name=CUT_OFF)).to_be_visible()
    _wait_until_the_service_ends_it(page, seed, ticket)
    ended = seed.sitting(ticket)
    assert ended.finish_reason == FinishReason.TIME_UP
    page.context.set_offline(False)
    expect(page.get_by_text("您的试卷已经收到")).to_be_visible(timeout=40_000)
    assert seed.sitting(ticket).finish_reason == FinishReason.BY_CANDIDATE
    assert seed.sitting(ticket).finished_at == ended.finished_at


def test_a_rescue_file_saved_without_a_network_is_taken_in_by_the_office(
    page_for: PageFor, seed: Seed, tmp_path: Path
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 1)
    page.keyboard.press("a")
    expect_saved(page)
    _cut(page)
    go_to(page, FILL_IN)
    page.get_by_label("第 1 空").fill("只在本机")
    expect(page.get_by_text("未保存 1 题 · 离线")).to_be_visible()
    file = save_rescue_file(page, tmp_path)
    assert file.name == f"examsvc-rescue-{ticket.number}.json"
    assert "只在本机" not in file.read_text(encoding="utf-8")
    desk = page_for("office", f"/office/sessions/{ticket.exam_session_id}/enrolments/{enrolment_of(seed, ticket)}/late")
    desk.get_by_label("应急文件（.json）").set_input_files(file)
    desk.get_by_role("button", name="查看内容").click()
    expect(desk.get_by_text("确认第 1 轮第 1 行及以前的作答均已收到")).to_contain_text("这些作答都已入库，未被改动。")
    office = desk.context
    seen = take_in(office, seed, ticket, file, "rescue-file/preview")
    assert [each["place"] for each in seen["lines"]] == ["STORED", "NEW"]  # type: ignore[attr-defined]
    assert len(seed.stored(ticket)) == 1
    take_in(office, seed, ticket, file)
    take_in(office, seed, ticket, file)
    assert {"blanks": ["只在本机"]} in seed.stored(ticket).values()
    assert [epoch for epoch, _, _ in seed.lines(ticket)] == [1, 2]

    # The page is fenced now. It goes on by itself, and what it wrote after the file was saved stands.
    page.get_by_label("第 1 空").fill("文件之后又改")
    expect(page.get_by_text("未保存 1 题 · 离线")).to_be_visible()
    page.context.set_offline(False)
    expect_saved(page)
    expect(page.get_by_label("第 1 空")).to_have_value("文件之后又改")
    expect(page.get_by_text("在另一台电脑上有更新的作答")).to_be_hidden()
    assert {"blanks": ["文件之后又改"]} in seed.stored(ticket).values()
    assert [epoch for epoch, _, _ in seed.lines(ticket)] == [1, 2, 3]


def test_what_arrives_after_the_end_is_kept_as_evidence_and_the_candidate_is_told(
    page_for: PageFor, seed: Seed
) -> None:
    ticket = seed.ticket(starts_in=-20, minutes=1, camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    begin(page, ticket)
    _cut(page)
    go_to(page, 1)
    page.keyboard.press("b")
    _hand_in(page)
    expect(page.get_by_role("heading", name=CUT_OFF)).to_be_visible()
    _wait_until_the_service_ends_it(page, seed, ticket)
    page.context.set_offline(False)
    expect(page.get_by_text("有 1 条作答在考试结束后才送达，没有计入，已交考核机构留存")).to_be_visible()
    assert seed.stored(ticket) == {}
    assert _late_lines(seed, ticket) == 1
    assert seed.sitting(ticket).finish_reason == FinishReason.TIME_UP


def test_a_page_killed_before_the_end_and_opened_after_it_hands_over_what_it_had(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=-20, minutes=1, camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    _answer_cut_off(page, ticket)
    context = page.context
    page.close(run_before_unload=False)
    _wait_until_the_service_ends_it(context.new_page(), seed, ticket)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/candidate/sittings/{ticket.sitting_id}")
    expect(again.get_by_text("有 1 条作答在考试结束后才送达，没有计入，已交考核机构留存")).to_be_visible()
    assert seed.stored(ticket) == {}
    assert _late_lines(seed, ticket) == 1


def test_what_a_machine_holds_when_a_proctor_ends_the_sitting_is_handed_over_as_late(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = seed.ticket(camera_rule=CameraRule.OFF)
    page = page_for(ticket)
    _answer_cut_off(page, ticket)
    proctor.order(ticket, "TERMINATE", text="替考")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="考试已终止")).to_be_visible()
    wait_until(lambda: _late_lines(seed, ticket) == 1)
    assert seed.stored(ticket) == {}


def _late_lines(seed: Seed, ticket: Ticket) -> int:
    with seed.transaction() as db:
        return len(keeping.kept(db, ticket.sitting_id))


def test_the_final_receipt_is_kept_as_a_file_and_checked_in_public(
    page_for: PageFor, seed: Seed, tmp_path: Path
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 1)
    page.keyboard.press("a")
    expect(options(page).nth(0)).to_be_checked()
    expect_saved(page)
    _hand_in(page)
    expect(page.get_by_role("img", name="回执二维码")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="下载回执").click()
    file = tmp_path / "receipt.txt"
    started.value.save_as(file)
    anybody = page_for(None, "/receipts")
    anybody.get_by_label("或者上传回执文件").set_input_files(file)
    anybody.get_by_role("button", name="核验").click()
    expect(anybody.get_by_text("回执属实，作答完整")).to_be_visible()
    expect(anybody.get_by_text("交卷回执")).to_be_visible()
