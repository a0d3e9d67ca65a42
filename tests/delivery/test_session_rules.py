"""The settings of exam sessions and the sources of their defaults."""

from dataclasses import MISSING, fields

from callers import Caller
from world import World

from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.session_rules import SESSION_RULES, Founded


def test_every_setting_of_the_plan_has_a_rule() -> None:
    """What the plan has a default for, besides the paper, is a setting."""
    settings = {field.name for field in fields(SessionPlan) if field.default is not MISSING}
    assert {rule.key for rule in SESSION_RULES} == settings - {"paper_id", "draw_id"}
    assert len({rule.key for rule in SESSION_RULES}) == len(SESSION_RULES)


def test_every_default_that_a_source_is_named_for_is_the_one_a_new_session_has() -> None:
    defaults = {field.name: field.default for field in fields(SessionPlan)}
    columns = ExamSession.__table__.columns
    for rule in SESSION_RULES:
        assert rule.default == defaults[rule.key]
        assert columns[rule.key].default.arg == rule.default


def test_the_office_reads_each_setting_with_its_default_and_its_source(nobody: Caller, world: World) -> None:
    items = {rule["key"]: rule for rule in nobody.log_in("office").get("/api/exam-sessions/rules").json["items"]}
    assert items["login_absent_minutes"]["default"] == 30
    assert "视为缺考" in items["login_absent_minutes"]["source_zh"]
    assert (items["late_entry_minutes"]["practical"], items["earliest_hand_in_minutes"]["practical"]) == (15, None)
    assert {rule["founded"] for rule in items.values()} <= set(Founded)


def test_the_notices_settings_are_told_apart_from_customs() -> None:
    assert [rule.key for rule in SESSION_RULES if rule.founded == Founded.SEED] == ["camera_rule"]
