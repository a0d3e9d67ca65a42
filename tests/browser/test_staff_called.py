"""What staff are called to decide or sign: papers known outside, and a refusal to sign next door."""

import re
from datetime import UTC, datetime, timedelta

from browsers import PageFor
from candidates import check_in, expect_paper
from exams import Seed
from playwright.sync_api import expect

from examsvc.core import ids
from examsvc.core.db import get
from examsvc.delivery.models import ExamSession
from proctoring import membership
from proctoring.misconduct import content, hearing, recording
from proctoring.misconduct.classes import MisconductClass
from proctoring.misconduct.recording import Facts


def test_a_chief_lets_candidates_begin_although_a_question_is_known_outside(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    with seed.transaction() as db:
        get(db, ExamSession, ticket.exam_session_id).papers_withheld_at = datetime.now(UTC)
    page = page_for(ticket)
    check_in(page, ticket)
    page.get_by_role("button", name="开始考试").click()
    expect(page.get_by_text(re.compile("有试题已泄露")).first).to_be_visible()

    wall = page_for("proctor1", f"/wall/{ticket.exam_session_id}")
    expect(wall.get_by_text("试题泄露，暂停开考")).to_be_visible()
    wall.get_by_label("继续使用本试卷的理由").fill("市职鉴中心同意继续使用")
    wall.get_by_role("button", name="准予开考").click()
    expect(wall.get_by_text("试题泄露，暂停开考")).to_have_count(0)
    page.get_by_role("button", name="开始考试").click()
    expect_paper(page)


def test_a_proctor_of_another_session_at_the_site_is_the_second_witness(page_for: PageFor, seed: Seed) -> None:
    ticket, other = seed.ticket(), seed.ticket()
    with seed.transaction() as db:
        now, by, first = datetime.now(UTC), seed.by(db, "office"), seed.by(db, "proctor1")
        second = seed.by(db, "proctor2")
        assert second.account_id
        membership.assign(db, other.exam_session_id, [second.account_id], by=by, now=now)
        facts = Facts(MisconductClass.SERIOUS, "查看手机。", "一号机房", now - timedelta(minutes=1))
        record = recording.open_record(db, ticket.sitting_id, ids.new_id(), facts, [], by=first, now=now)
        hearing.tell(db, record.id, "", content.digest(record), by=first, now=now)
        signature, digest = {"typed_name": first.name}, content.digest(record)
        hearing.witness(db, record.id, signature, digest, "拒绝签名", by=first, now=now)
    page = page_for("proctor2", "/wall/")
    page.get_by_role("button", name=re.compile(ticket.number)).click()
    sheet = page.get_by_role("dialog", name="违纪记录")
    expect(sheet.get_by_role("button", name="考生签名", exact=True)).to_have_count(0)
    sheet.get_by_label("键入本人姓名作为签名").fill(second.name)
    sheet.get_by_role("button", name="签名见证").click()
    expect(sheet.get_by_text("待处理决定", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="关闭").last.click()
    expect(page.get_by_role("button", name=re.compile(ticket.number))).to_have_count(0)
