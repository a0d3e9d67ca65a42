"""What proctors see of a candidate, and what reaches the candidate, with a socket and without one."""

from browsers import PageFor
from candidates import begin
from exams import Seed
from patience import wait_until
from playwright.sync_api import expect
from proctors import Proctor


def test_proctors_see_the_camera_and_what_the_page_noticed(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    wait_until(lambda: proctor.tile(ticket)["frame_at"])
    page.evaluate("window.dispatchEvent(new Event('blur')); window.dispatchEvent(new Event('focus'))")
    wait_until(lambda: "WINDOW_FOCUSED" in proctor.noticed(ticket))
    told = proctor.noticed(ticket)
    assert told.index("WINDOW_BLURRED") < told.index("WINDOW_FOCUSED")
    message = proctor.order(ticket, "MESSAGE", text="请坐正")
    expect(page.get_by_role("dialog", name="监考员通知")).to_be_visible()
    wait_until(lambda: proctor.shown(ticket, message) == 1)


def test_without_a_socket_everything_goes_over_http(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    page.context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.reload()
    begin(page, ticket)
    wait_until(lambda: proctor.tile(ticket)["frame_at"])
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    wait_until(lambda: "WINDOW_BLURRED" in proctor.noticed(ticket))
    message = proctor.order(ticket, "MESSAGE", text="没有长连接")
    proctor.order(ticket, "EXTEND", text="设备故障", seconds=300)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("dialog", name="监考员通知")).to_contain_text("没有长连接")
    expect(page.get_by_label("通知").get_by_text("考试时间延长 5 分钟")).to_be_visible()
    wait_until(lambda: proctor.shown(ticket, message) == 1)
