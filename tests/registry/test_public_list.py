import re
from datetime import date, timedelta

import pytest
from callers import Caller
from world import World

from examsvc.core import states
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.models import Filing, FilingState
from examsvc.registry.site import FRAME
from examsvc.registry.standing import Standing, standing
from examsvc.registry.texts import HOME, REGISTRY

FROM, TO = date(2026, 1, 1), date(2028, 12, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FROM - DAY, Standing.NOT_YET),
        (FROM, Standing.IN_FORCE),
        (FROM + DAY, Standing.IN_FORCE),
        (TO - DAY, Standing.IN_FORCE),
        (TO, Standing.IN_FORCE),
        (TO + DAY, Standing.EXPIRED),
    ],
)
def test_a_filing_is_in_force_from_its_first_to_its_last_day(day: date, expected: Standing) -> None:
    assert standing(FilingState.IN_FORCE, FROM, TO, day=day) == expected


@pytest.mark.parametrize("state", [FilingState.SUSPENDED, FilingState.WITHDRAWN])
def test_what_was_done_to_a_filing_outweighs_its_dates(state: FilingState) -> None:
    for day in (FROM - DAY, FROM, TO + DAY):
        assert standing(state, FROM, TO, day=day) == state.value


def test_anybody_reads_the_list_as_data(nobody: Caller, world: World) -> None:
    (filing,) = nobody.get("/api/registry/filings").json["items"]
    assert filing["filing_id"] == str(world.filing.id)
    assert filing["organisation"] == "上海测试有限公司"
    assert filing["credit_code"] == "91350100M000100Y43"
    assert filing["scheme"] == "人工智能模型运用"
    assert filing["occupation_code"] == "4-04-05"
    assert (filing["valid_from_on"], filing["valid_to_on"]) == ("2026-01-01", "2028-12-31")
    assert filing["standing"] == "IN_FORCE"


def test_the_day_changes_at_midnight_in_shanghai(nobody: Caller, world: World, moving_clock: MovableClock) -> None:
    moving_clock.at = moving_clock.at.replace(year=2028, month=12, day=31, hour=15, minute=59, second=59)
    assert nobody.get("/api/registry/filings").json["items"][0]["standing"] == "IN_FORCE"
    moving_clock.forward(seconds=1)
    assert nobody.get("/api/registry/filings").json["items"][0]["standing"] == "EXPIRED"
    assert "已到期" in nobody.get("/registry").text


def test_the_page_shows_the_list_and_finds_in_it(nobody: Caller, world: World) -> None:
    for wanted in ("", "人工智能", "91350100m000100y43", " 备案-1 ", "测试 有限"):
        page = nobody.get("/registry", query_string={"q": wanted})
        assert "上海测试有限公司" in page.text
        assert "有效" in page.text
    page = nobody.get("/registry", query_string={"q": "<b>没有"})
    assert "没有符合条件的备案" in page.text
    assert "<b>" not in page.text


def test_a_suspended_filing_says_so(
    database: Database, nobody: Caller, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        filing = db.get_one(Filing, world.filing.id)
        states.move(db, filing, FilingState.SUSPENDED, by=world.by("registrar"), now=moving_clock(), reason="核查")
    assert nobody.get("/api/registry/filings").json["items"][0]["standing"] == "SUSPENDED"
    assert "暂停" in nobody.get("/registry").text


def test_the_specification_page_shows_tasks_weights_operations_and_knowledge(nobody: Caller, world: World) -> None:
    page = nobody.get(f"/registry/{world.filing.id}").text
    for words in ("（一）提示词撰写", "60%", "能撰写", "原理", "（二）智能体生成", "40%", "能生成", "运用工具的能力"):
        assert words in page
    assert "占总成绩 40%；操作技能考核占总成绩 60%" in page
    english = nobody.get(f"/registry/{world.filing.id}?lang=en").text
    assert "Assessment specification" in english
    assert "40% of the total; practical part, 60%" in english


def test_an_unknown_filing_is_not_found(nobody: Caller, world: World) -> None:
    page = nobody.get(f"/registry/{world.scheme.id}", headers={"Accept": "text/html"})
    assert page.status_code == 404


def test_the_home_page_leads_to_everybodys_door_without_a_script(nobody: Caller, world: World) -> None:
    for lang in ("zh-CN", "en"):
        page = nobody.get(f"/?lang={lang}").text
        for door in ("/candidate/", "/examiner/", "/wall/", "/office/", "/certificates?lang=", "/registry?lang="):
            assert f'href="{door}' in page
        assert "<script" not in page
        assert not re.search(r"\sstyle=", page)


def test_both_languages_have_the_same_words() -> None:
    for texts in (HOME, REGISTRY, FRAME):
        chinese, english = texts.values()
        assert set(chinese) == set(english)
        for key, words in chinese.items():
            assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[key]))
