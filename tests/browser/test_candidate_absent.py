"""An absence that is taken back while the candidate waits before the page, and the machine after the log-out."""

import re

from browsers import PageFor
from candidates import confirm
from exams import Seed
from playwright.sync_api import expect
from proctors import Proctor

from examsvc.delivery.states import SittingState


def test_an_absence_taken_back_on_the_wall_lets_the_waiting_page_go_on_and_the_log_out_shows_the_log_in(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = seed.ticket(starts_in=-2_400, login_absent_minutes=60, late_entry_minutes=30)
    proctor.mark_absent(ticket, seed.room(ticket))
    page = page_for(ticket)
    expect(page.get_by_text("记录为缺考")).to_be_visible()

    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}")
    wall.locator("button.tile").first.click()
    wall.get_by_role("button", name="撤销缺考").click()
    dialog = wall.get_by_role("dialog", name=re.compile("撤销"))
    dialog.get_by_label("原因").fill("座位认错")
    dialog.get_by_role("button", name="撤销缺考").click()
    expect(page.get_by_text("缺考记录已撤销，请继续参加考试。原因：座位认错")).to_be_visible()
    expect(wall.get_by_role("button", name="撤销缺考")).to_be_hidden()
    confirm(page)
    expect(page.get_by_role("heading", name="诚信承诺书")).to_be_visible()
    assert seed.sitting(ticket).state == SittingState.EXPECTED

    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="考生登录")).to_be_visible()
    expect(page).to_have_url(re.compile("/candidate/$"))
