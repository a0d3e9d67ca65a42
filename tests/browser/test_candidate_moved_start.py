"""A start that is moved while papers are open: they go at once, and nothing but the server's word brings them back."""

from datetime import UTC, datetime, timedelta

from browsers import PageFor
from candidates import begin, confirm, expect_paper, expect_saved, options
from exams import Seed, Ticket
from patience import wait_until
from playwright.sync_api import expect
from proctors import Proctor

from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from proctoring.models import Command, CommandReceipt

COMES_BACK_MS = 30_000


def _move(office: Proctor, ticket: Ticket, seconds: float) -> None:
    body = {"starts_at": (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(), "reason": "消防演练"}
    path = f"/api/exam-sessions/{ticket.exam_session_id}/move-start"
    answer = office.request.post(path, data=body, headers=office.headers)
    assert answer.ok, answer.text()


def _was_acknowledged(seed: Seed, ticket: Ticket) -> bool:
    with seed.transaction() as db:
        found = db.query(CommandReceipt.shown_at).join(Command).filter(Command.kind == "MOVE_START")
        (shown_at,) = found.filter(CommandReceipt.sitting_id == ticket.sitting_id).one()
        return shown_at is not None


def test_the_paper_goes_without_asking_anybody_and_comes_back_at_the_new_start(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    ticket = seed.ticket(starts_in=-5)
    page = page_for(ticket)
    begin(page, ticket)
    view = f"**/api/sittings/{ticket.sitting_id}"
    page.route(view, lambda route: route.abort())
    _move(office, ticket, 12)
    dialog = page.get_by_role("dialog", name="开考时间已更改")
    expect(dialog).to_contain_text("消防演练")
    expect(page.get_by_role("article")).to_be_hidden()
    wait_until(lambda: _was_acknowledged(seed, ticket))
    page.unroute(view)
    dialog.get_by_role("button", name="知道了").click()
    expect(page.get_by_role("heading", name="考试须知")).to_be_visible()
    expect(page.get_by_role("navigation", name="答题卡")).to_be_visible(timeout=COMES_BACK_MS)
    page.get_by_role("button", name="帮助", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("开考时间由")).to_contain_text("消防演练")


def test_a_page_loaded_again_meanwhile_shows_what_was_answered_before(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    ticket = seed.ticket(starts_in=-5)
    page = page_for(ticket)
    begin(page, ticket)
    chosen = options(page).nth(0)
    chosen.check()
    expect_saved(page)
    _move(office, ticket, 8)
    page.reload()
    expect(chosen).to_be_hidden()
    expect(chosen).to_be_checked(timeout=COMES_BACK_MS)


def test_without_a_line_the_page_fetches_it_and_posts_that_it_was_shown(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    ticket = seed.ticket(starts_in=-5)
    page = page_for(ticket)
    page.context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.reload()
    begin(page, ticket)
    page.route(f"**/api/sittings/{ticket.sitting_id}", lambda route: route.abort())
    _move(office, ticket, 600)
    with page.expect_response(lambda answer: answer.url.endswith("/shown") and answer.request.method == "POST") as told:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert told.value.ok
    expect(page.get_by_role("dialog", name="开考时间已更改")).to_be_visible()
    expect(page.get_by_role("article")).to_be_hidden()
    assert _was_acknowledged(seed, ticket)


def test_more_time_in_a_break_says_why_and_does_not_bring_the_paper_back(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = seed.ticket()
    scope, on = Scope(enrolment_id=seed.sitting(ticket).enrolment_id), Basis("合理便利申请", "便利〔2026〕3 号")
    with seed.transaction() as db:
        act = {"by": seed.by(db, "office"), "now": datetime.now(UTC)}
        deciding.decide(db, ticket.exam_session_id, scope, Grant(break_minutes=10), on, **act)
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_role("button", name="休息（10 分钟）").click()
    page.get_by_role("button", name="开始休息").click()
    expect(page.get_by_role("heading", name="正在休息")).to_be_visible()
    view = f"**/api/sittings/{ticket.sitting_id}"
    page.route(view, lambda route: route.abort())
    proctor.order(ticket, "EXTEND", text="设备故障", seconds=300)
    expect(page.get_by_label("通知").get_by_text("考试时间延长 5 分钟。原因：设备故障")).to_be_visible()
    expect(page.get_by_role("heading", name="正在休息")).to_be_visible()
    expect(page.get_by_role("article")).to_be_hidden()
    page.unroute(view)
    page.get_by_role("button", name="结束休息，继续作答").click()
    expect_paper(page)


def test_on_another_day_one_confirms_again_and_goes_on_with_what_was_answered(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    ticket = seed.ticket(starts_in=-5)
    page = page_for(ticket)
    begin(page, ticket)
    options(page).nth(0).check()
    expect_saved(page)
    wait_until(lambda: seed.stored(ticket))
    before = seed.stored(ticket)
    told = page.get_by_role("dialog", name="开考时间已更改")
    for seconds in (86_400, 15):
        _move(office, ticket, seconds)
        told.get_by_role("button", name="知道了").click()
        expect(page.get_by_role("navigation", name="答题卡")).to_be_hidden()
        confirm(page)
    page.get_by_role("button", name="继续", exact=True).click()
    expect(page.get_by_role("navigation", name="答题卡")).to_be_visible(timeout=COMES_BACK_MS)
    expect(options(page).nth(0)).to_be_checked()
    options(page).nth(1).check()
    expect_saved(page)
    wait_until(lambda: seed.stored(ticket) != before)
    assert (seed.sitting(ticket).epoch, seed.stored(ticket).keys()) == (2, before.keys())
