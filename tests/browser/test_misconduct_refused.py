"""A record of misconduct that the candidate does not sign: two of the staff sign that, each by their own log-in."""

import re
from datetime import UTC, datetime

import misconduct
from browsers import PageFor
from exams import Seed, Ticket
from playwright.sync_api import Locator, Page, expect

from examsvc.core import ids
from proctoring import membership
from proctoring.misconduct import recording


def record(seed: Seed, ticket: Ticket) -> None:
    """Let proctor2 serve there too, and proctor1 put misconduct on record."""
    with seed.transaction() as db:
        now, serving = datetime.now(UTC), membership.proctors(db, ticket.exam_session_id)
        both = [*(each.account_id for each in serving), seed.by(db, "proctor2").account_id]
        membership.assign(db, ticket.exam_session_id, both, by=seed.by(db, "office"), now=now)
        by = seed.by(db, "proctor1")
        recording.open_record(db, ticket.sitting_id, ids.new_id(), misconduct.facts(now), (), by=by, now=now)


def sheet(page: Page) -> Locator:
    """Open the candidate's only record from the wall."""
    page.locator("button.tile").first.click()
    page.get_by_role("tab", name="违纪").click()
    page.get_by_role("button", name=re.compile("严重违纪违规")).click()
    return page.get_by_role("dialog", name="违纪记录")


def witness(shown: Locator, name: str) -> None:
    shown.get_by_label("拒签情况").fill("拒绝签名，离场")
    signing = shown.get_by_role("button", name="签名见证")
    shown.get_by_label("键入本人姓名作为签名").fill("别人")
    expect(signing).to_be_disabled()
    shown.get_by_label("键入本人姓名作为签名").fill(name)
    signing.click()


def test_two_of_the_staff_sign_when_the_candidate_refuses(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    record(seed, ticket)
    first = sheet(page_for("proctor1", f"/wall/{ticket.exam_session_id}"))
    first.get_by_label("已询问，考生不作陈述").check()
    first.get_by_role("button", name="已告知，记录陈述").click()
    first.get_by_role("button", name="考生拒绝签名").click()
    witness(first, "proctor1先生")
    expect(first.get_by_text("拒签，待第二人见证")).to_be_visible()
    expect(first.get_by_text("您已签名见证。请另一名监考人员登录后签名，可以是同考点当日其他场次的。")).to_be_visible()
    expect(first.get_by_role("button", name="签名见证")).to_have_count(0)

    second = sheet(page_for("proctor2", f"/wall/{ticket.exam_session_id}"))
    witness(second, "proctor2先生")
    expect(second.get_by_text("待处理决定")).to_be_visible()
    for name in ("proctor1先生", "proctor2先生"):
        expect(second.get_by_text(f"拒签见证：{name}")).to_be_visible()
