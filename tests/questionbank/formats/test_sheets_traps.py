"""What workbooks and separated values do to those who read them carelessly."""

import codecs
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from itemfiles import Rows, rewritten, texts_of, told, workbook
from openpyxl import Workbook, load_workbook

from questionbank.interchange.model import Refused
from questionbank.interchange.sheets.reading import columns_of, read_separated, read_workbook
from questionbank.kinds import ItemType

HEAD = ["题型", "题干", "选项A", "选项B", "选项C", "答案"]
ROW = ["单选题", "哪种数据要脱敏？", "姓名", "天气", "海拔", "A"]
SHEET = "xl/worksheets/sheet1.xml"
DRAWING = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    b'Target="../drawings/drawing1.xml"/></Relationships>'
)


def test_a_dimension_of_one_cell_hides_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEAD, ROW])
    rewritten(path, {SHEET: lambda data: data.replace(b'<dimension ref="A1:F2"', b'<dimension ref="A1"')})
    assert load_workbook(path, read_only=True).worksheets[0].max_row == 1
    assert told(read_workbook(path)).only.key == {"right": ["a"]}


def test_a_workbook_whose_drawing_is_missing_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEAD, ROW])
    rewritten(path, {}, **{"xl/worksheets/_rels/sheet1.xml.rels": DRAWING})
    with pytest.raises(KeyError):
        load_workbook(path)
    assert told(read_workbook(path)).only.key == {"right": ["a"]}


def test_a_formula_without_its_result_keeps_the_row_out_and_names_the_cell(tmp_path: Path) -> None:
    rows = [HEAD, ["单选题", "和是多少？", "=1+1", "3", "4", "A"], ROW]
    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", rows)))
    assert [(problem.where, problem.code) for problem in seen.errors] == [("题库!C2", "formula")]
    assert len(seen.items) == 1


def test_a_formula_s_result_is_read_with_a_warning(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEAD, ["单选题", "和是多少？", "=1+1", "3", "4", "A"]])
    rewritten(
        path,
        {
            SHEET: lambda data: data.replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>").replace(
                b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
            )
        },
    )
    seen = told(read_workbook(path))
    assert texts_of(seen.only) == ["2", "3", "4"]
    assert [problem.code for problem in seen.warnings] == ["formula_value"]


def test_a_formula_in_a_column_that_is_not_read_harms_nobody(tmp_path: Path) -> None:
    assert told(read_workbook(workbook(tmp_path / "a.xlsx", [["序号", *HEAD], ["=ROW()-1", *ROW]]))).only


def test_cells_merged_downwards_count_for_each_row(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A3")

    rows = [HEAD, ROW, ["", "哪种数据不要脱敏？", "姓名", "电话", "海拔", "C"]]
    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", rows, change=merge)))
    assert [item.type for item in seen.items] == [ItemType.SINGLE_CHOICE] * 2
    assert not seen.warnings


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        hidden = book.create_sheet("旧题")
        hidden.append(HEAD)
        hidden.append(ROW)
        hidden.sheet_state = "hidden"

    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", [HEAD, ROW], change=hide)))
    assert len(seen.items) == 1
    assert [(problem.where, problem.code) for problem in seen.warnings] == [("旧题", "sheet_skipped")]


def test_several_sheets_are_read_and_one_without_headings_is_named(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        second = book.create_sheet("判断")
        second.append(["题型", "题干", "答案"])
        second.append(["判断题", "数据可以随意转卖。", "×"])
        book.create_sheet("备忘").append(["下周改完"])

    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", [HEAD, ROW], change=more)))
    assert [item.where for item in seen.items] == ["题库!2", "判断!2"]
    assert [(problem.where, problem.code) for problem in seen.warnings] == [("备忘", "sheet_without_headings")]


NUMBERS: list[tuple[Any, str, str]] = [
    (1.0, "General", "1"),
    (0.1 + 0.2, "General", "0.3"),
    (1234567890123456, "0", "1234567890123456"),
    (0.5, "0%", "50%"),
    (date(2026, 5, 1), "yyyy-mm-dd", "2026-05-01"),
]


@pytest.mark.parametrize(("value", "shown", "text"), NUMBERS)
def test_a_number_or_date_is_read_as_people_see_it(tmp_path: Path, value: object, shown: str, text: str) -> None:
    def set_format(book: Workbook) -> None:
        book.worksheets[0]["C2"].number_format = shown

    rows: Rows = [["题型", "题干", "答案"], ["填空题", "结果是____。", value]]
    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", rows, change=set_format)))
    assert seen.only.key == {"blanks": [[text]]}
    assert [problem.code for problem in seen.warnings] == (["date_cell"] if isinstance(value, date) else [])


def test_each_fault_names_its_sheet_row_and_column(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["单选题", "答案不在选项里？", "甲", "乙", "", "E"],
        ["单选题", "少一个选项？", "甲", "", "丙", "A"],
        ["多选题", "只有一个正确？", "甲", "乙", "", "A"],
        ["判断题", "说不清？", "", "", "", "也许"],
        ["", "", "甲", "乙", "", "A"],
        ["单选题", "没有答案？", "甲", "乙", "", ""],
        ["连连看", "没有这种题？", "甲", "乙", "", "A"],
    ]
    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", rows)))
    assert [(problem.where, problem.code) for problem in seen.errors] == [
        ("题库!F2", "key_unknown"),
        ("题库!C3", "options_missing"),
        ("题库!F4", "key_count"),
        ("题库!F5", "not_true_false"),
        ("题库!B6", "stem_empty"),
        ("题库!F7", "key_missing"),
    ]
    assert [(one.where, one.kind, one.detail) for one in seen.unsupported] == [("题库!A8", "type", "连连看")]
    assert "没有这种题" in seen.unsupported[0].source


TEXT = '题型,题干,选项A,选项B,答案\n单选题,“敏感”数据要怎样？,脱敏,"公开,转发",A\n'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("gbk"),
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.replace(",", ";").replace("公开;", "公开,").encode(),
        TEXT.replace(",", "\t").replace("公开\t", "公开,").encode("gbk"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["gbk", "utf-8", "bom", "utf-16", "semicolon", "tab", "crlf"],
)
def test_separated_values_are_read_in_each_encoding_and_with_each_separator(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "题库.csv"
    path.write_bytes(data)
    item = told(read_separated(path)).only
    assert item.content["stem"] == "“敏感”数据要怎样？"
    assert texts_of(item) == ["脱敏", "公开,转发"]
    assert columns_of(path)[0].heading_row == 1


def test_a_quote_that_never_ends_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT + '单选题,"没有结束,甲,乙,A\n', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        told(read_separated(path))
    assert refused.value.code == "csv_broken"


def test_a_table_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        told(read_workbook(workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["丙", "丁"]])))
    assert refused.value.code == "no_headings"


@pytest.mark.slow
def test_ten_thousand_rows_are_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    line = "单选题,第{}题：哪种数据要脱敏？,姓名,天气,A\n"
    path.write_text("题型,题干,选项A,选项B,答案\n" + "".join(map(line.format, range(10_000))), encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in read_separated(path))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert most < 4 * 1024 * 1024


def test_a_workbook_is_read_whatever_its_name_is(tmp_path: Path) -> None:
    named = workbook(tmp_path / "a.xlsx", [HEAD, ROW])
    assert told(read_workbook(named.rename(tmp_path / "upload"))).only.key == {"right": ["a"]}
