"""Written, read, and equal again; and the notice's own layout as other people type it."""

import io
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from annexes import ANNEX_1, FIRST, sample_annex2, sample_annex3
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from examsvc.registry.annexes import (
    annex1_cells,
    annex1_reading,
    annex1_xlsx,
    annex2_docx,
    annex2_reading,
    annex3_docx,
    annex3_reading,
    forms,
)
from examsvc.registry.annexes.errors import UnprintableText
from examsvc.registry.annexes.forms import Annex1, Annex1Row, Annex2, Annex3, Outline, Proposal
from examsvc.registry.annexes.problems import Severity

pytestmark = pytest.mark.slow

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking whole documents would take minutes
HARD = "甲乙丙䶮𬱖A1=+-@%.、（）()[]<>&\"'\n \u3000"
TEXT = st.text(st.sampled_from(HARD), max_size=24).map(forms.clean)
LINE = TEXT.map(lambda text: forms.line(text.replace("、", "")))
NAMED = LINE.map(lambda text: f"名{text}称")
POINTS = st.lists(LINE.filter(bool), max_size=4).map(tuple)
TASK = st.builds(forms.WorkTask, LINE, POINTS, POINTS, st.integers(0, 100))
ANNEX_3 = st.builds(
    Annex3,
    NAMED,
    LINE,
    TEXT,
    st.lists(TASK, max_size=4).map(tuple),
    st.lists(st.builds(forms.ExtraSection, LINE, TEXT), max_size=2).map(tuple),
)
PROPOSAL = st.builds(Proposal, **{field.name: TEXT for field in fields(Proposal)})
ROW = st.builds(
    Annex1Row,
    occupation_code=st.from_regex(r"[1-8]-[0-9]{2}-[0-9]{2}", fullmatch=True),
    occupation_name=st.sampled_from(["软件和信息技术服务人员", "生活照料服务人员", "（其他）人员"]),
    scheme_name=NAMED,
    industries=st.lists(LINE.filter(bool), min_size=1, max_size=3, unique=True).map(tuple),
    organisation_name=NAMED,
    credit_code=st.from_regex(r"[1-9A-Y][0-9A-Y]{17}", fullmatch=True).filter(lambda code: code != "1" * 18),
    expected_candidates=st.integers(1, 9_999_999),
    reason=TEXT.filter(bool),
)


@settings(deadline=None, max_examples=15, phases=QUICK)
@given(st.lists(ROW, min_size=1, max_size=4).map(tuple), st.one_of(st.none(), st.dates(min_value=date(2000, 1, 1))))
def test_annex_1_is_the_same_after_export_and_import(rows: tuple[Annex1Row, ...], day: Any) -> None:
    annex = Annex1("上海市示例行业主管部门", "周敏", "021-55550000", day, rows)
    assert annex1_reading.read(annex1_xlsx.write(annex)).annex() == annex


def test_h16_a_name_that_only_holds_the_sample_s_digits_is_a_row() -> None:
    row = replace(FIRST, organisation_name="名111111111111111111称")
    assert annex1_reading.read(annex1_xlsx.write(replace(ANNEX_1, rows=(row,)))).annex().rows == (row,)


@settings(deadline=None, max_examples=6, phases=QUICK)
@given(ANNEX_3)
def test_annex_3_is_the_same_after_export_and_import(annex: Annex3) -> None:
    assert annex3_reading.read(annex3_docx.write(annex)) == annex


@settings(deadline=None, max_examples=6, phases=QUICK)
@given(ANNEX_3, NAMED, PROPOSAL)
def test_annex_2_is_the_same_after_export_and_import(annex: Annex3, organisation: str, proposal: Proposal) -> None:
    whole = Annex2(Outline.of(annex), organisation, proposal)
    assert annex2_reading.read(annex2_docx.write(whole)) == whole


def test_j12_the_sample_s_annexes_come_back_as_they_went_out() -> None:
    assert annex3_reading.read(annex3_docx.write(sample_annex3())) == sample_annex3()
    assert annex2_reading.read(annex2_docx.write(sample_annex2())) == sample_annex2()


def test_the_forms_are_the_json_of_a_case() -> None:
    annex = sample_annex3()
    names = {"scheme_name": annex.scheme_name, "occupation_name": annex.occupation_name}
    assert Annex3.from_json(annex.to_json(), **names) == annex
    proposal = sample_annex2().proposal
    assert Proposal.from_json(proposal.to_json()) == proposal
    assert Proposal.from_json({}) == Proposal()
    assert Annex3.from_json({}, **names).work_tasks == ()
    with pytest.raises(UnprintableText) as refused:
        Annex3.from_json({"work_tasks": [{"name": "甲", "operations": ["乙", "\x01"], "weight": 1}]}, **names)
    assert refused.value.extra["where"] == "work_tasks.0.operations"


def workbook(*rows: tuple[Any, ...], sheets: int = 1) -> bytes:
    """Return a workbook as somebody types the notice's table, on its last sheet."""
    book, file = Workbook(), io.BytesIO()
    for _ in range(sheets - 1):
        book.create_sheet()
    for row in rows:
        book.worksheets[-1].append(row)
    book.save(file)
    return file.getvalue()


PLAIN_HEADINGS = (
    "序号",
    "所属领域及代码",
    "项目名称",
    "产业类别",
    "拟承担评价任务的考核机构 (统一社会信用代码)",
    "预计考核 人次",
    "推荐理由",
)
SAMPLE = (
    *("样例", "软件和信息技术服务人员 4-04-05", "人工智能模型运用", "人工智能", "上海×××有限公司 (111111111111111111)"),
    *("1000 人", "行业规划"),
)
FILLED = (
    *(
        1,
        "软件和信息技术服务人员 4-04-05",
        "智能体搭建",
        "人工智能、电子信息",
        "上海案例技术有限公司 (91310000MA1FL0AB1X)",
    ),
    *("1,000人", "行业规划"),
)


def test_h04_h06_h09_h12_h16_the_notice_s_plain_table_is_read_and_its_sample_is_not() -> None:
    told = "推荐单位（加盖公章）: 某某委 联系人: 周敏 联系电话: 021-5555"
    opinion = ("推荐意见", "经研究决定，……", None)
    data = workbook(
        ("附件 1",), (told,), (), PLAIN_HEADINGS, SAMPLE, FILLED, (2,), opinion, ("", "2026 年 2 月 25 日"), sheets=2
    )
    read = annex1_reading.read(data)
    assert (read.department, read.contact_name, read.contact_phone) == ("某某委", "周敏", "021-5555")
    assert (str(read.signed_on), read.heading_row) == ("2026-02-25", 4)
    assert [(row.row, row.state) for row in read.rows] == [(6, "ok")]
    assert read.rows[0].fields == Annex1Row(
        *("4-04-05", "软件和信息技术服务人员", "智能体搭建", ("人工智能", "电子信息")),
        *("上海案例技术有限公司", "91310000MA1FL0AB1X", 1000, "行业规划"),
    )


def test_columns_may_stand_elsewhere_and_the_code_in_one_of_its_own() -> None:
    headings = ("项目名称", "推荐理由", "产业类别", "考核机构", "统一社会信用代码", "考核人次", "所属领域（小类）")
    data = workbook(
        headings,
        (
            "智能体搭建",
            "规划",
            "人工智能",
            "上海案例技术有限公司",
            "91310000ma1fl0ab1x",
            20,
            "4-04-05 软件和信息技术服务人员",
        ),
    )
    found = annex1_reading.read(data).rows[0].fields
    assert found is not None
    assert (found.organisation_name, found.credit_code) == ("上海案例技术有限公司", "91310000MA1FL0AB1X")
    assert (found.occupation_code, found.expected_candidates) == ("4-04-05", 20)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *[("1000 人", 1000), ("1000人次", 1000), ("１０００ 人", 1000), ("1,000", 1000), ("1000", 1000)],
        *[("0", 0), ("-5", 0), ("约1000", 0), ("1000.5", 0), ("1,00", 0), ("", 0), ("一千", 0)],
    ],
)
def test_h12_the_count_is_a_whole_number_of_persons(text: str, count: int) -> None:
    assert annex1_cells.count(text) == count


@pytest.mark.parametrize(
    ("changed", "code", "field", "severity"),
    [
        ({"occupation": "软件和信息技术服务人员"}, "occupation_code_missing", "occupation_code", "error"),
        ({"occupation": "人工智能训练师 4-04-05-05"}, "occupation_code_missing", "occupation_code", "error"),
        ({"scheme_name": ""}, "scheme_name_missing", "scheme_name", "error"),
        ({"scheme_name": "长" * 81}, "text_too_long", "scheme_name", "error"),
        ({"industries": "、"}, "industries_missing", "industries", "error"),
        ({"industries": "人工智能，汽车"}, "industries_separator", "industries", "warning"),
        ({"industries": "甲" * 201}, "text_too_long", "industries", "error"),
        ({"organisation": "上海案例技术有限公司"}, "credit_code_missing", "credit_code", "error"),
        ({"organisation": "（91310000MA1FL0AB1X）"}, "organisation_name_missing", "organisation_name", "error"),
        ({"expected_candidates": "很多"}, "expected_candidates_invalid", "expected_candidates", "error"),
        ({"expected_candidates": "10000000"}, "expected_candidates_invalid", "expected_candidates", "error"),
        ({"reason": " "}, "reason_missing", "reason", "error"),
        ({"reason": "甲\x01"}, "unprintable_text", "reason", "error"),
    ],
)
def test_h05_to_h13_each_cell_says_what_is_wrong_with_it(
    changed: dict[str, str], code: str, field: str, severity: str
) -> None:
    whole = {
        "occupation": "软件和信息技术服务人员 4-04-05",
        "scheme_name": "智能体搭建",
        "industries": "人工智能",
        "organisation": "上海案例技术有限公司（91310000MA1FL0AB1X）",
        "expected_candidates": "1000 人",
        "reason": "规划",
    }
    row, problems = annex1_cells.row({**whole, **changed})
    assert [(one.code, one.field, one.severity) for one in problems] == [(code, field, Severity(severity))]
    assert (row is None) == (severity == "error")
    assert annex1_cells.row(whole)[1] == ()


def test_an_export_can_be_filled_on_and_read_again() -> None:
    assert annex1_reading.read(annex1_xlsx.write(ANNEX_1)).rows[0].fields == FIRST
