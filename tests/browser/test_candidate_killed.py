"""The candidate's whole browser dies without a network: what was answered is there when it is started again."""

from pathlib import Path

from candidates import begin, expect_paper, expect_saved, go_to, options
from exams import Seed, Ticket
from killable import kill, started, unconfirmed_lines
from patience import wait_until
from playwright.sync_api import Browser, Page, expect
from running import Service

from examsvc.delivery.states import CameraRule

FILL_IN, NUMERIC = 7, 9


def _log_in(page: Page, ticket: Ticket) -> None:
    page.goto("/candidate/")
    page.get_by_label("准考证号").fill(ticket.number)
    page.get_by_label("身份证号后 6 位").fill(ticket.proof)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_browser_killed_without_a_network_has_all_answers_when_it_is_started_again(
    chromium: Browser, service: Service, seed: Seed, tmp_path: Path
) -> None:
    ticket = seed.ticket(camera_rule=CameraRule.OFF)
    with started(chromium.browser_type, tmp_path, service.url) as browser:
        page = browser.new_page()
        _log_in(page, ticket)
        begin(page, ticket)
        go_to(page, 1)
        page.keyboard.press("a")
        expect_saved(page)
        browser.set_offline(True)
        page.keyboard.press("b")
        go_to(page, FILL_IN)
        page.get_by_label("第 1 空").fill("断网后的答案")
        go_to(page, NUMERIC)
        page.get_by_label("答案（数字，单位：元）").fill("7.5")
        expect(page.get_by_text("未保存 3 题 · 离线")).to_be_visible()
        wait_until(lambda: unconfirmed_lines(page) == 3)
        kill(tmp_path)
    stored = seed.stored(ticket)
    assert len(stored) == 1

    with started(chromium.browser_type, tmp_path, service.url) as browser:
        page = browser.new_page()
        _log_in(page, ticket)
        expect_paper(page)
        expect_saved(page)
        go_to(page, 1)
        expect(options(page).nth(1)).to_be_checked()
        go_to(page, FILL_IN)
        expect(page.get_by_label("第 1 空")).to_have_value("断网后的答案")
        go_to(page, NUMERIC)
        expect(page.get_by_label("答案（数字，单位：元）")).to_have_value("7.5")
        assert unconfirmed_lines(page) == 0
    later = seed.stored(ticket)
    assert later.keys() > stored.keys()
    assert [later[key] for key in stored] != list(stored.values())
    assert [answer for key, answer in later.items() if key not in stored] == [
        {"blanks": ["断网后的答案"]},
        {"text": "7.5"},
    ]
