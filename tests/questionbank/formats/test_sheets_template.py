"""Our own template: what it offers, what it carries there and back, and the rows it gives back."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from itemfiles import told, workbook
from items.in_texts import EVERY_TYPE
from openpyxl import load_workbook

from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, Level, Medium, ReadItem
from questionbank.interchange.sheets import template
from questionbank.interchange.sheets.examples import EXAMPLE_ROWS
from questionbank.interchange.sheets.reading import columns_of, read_separated, read_workbook
from questionbank.interchange.sheets.returning import return_rows
from questionbank.interchange.sheets.wording import EXAMPLES, HEADINGS, INSTRUCTIONS, ITEMS, LISTS
from questionbank.kinds import ItemType


def without_places(items: Iterable[ReadItem]) -> list[ReadItem]:
    return [replace(item, where="") for item in items]


@pytest.mark.parametrize("kind", [Format.XLSX, Format.CSV])
def test_items_of_every_type_that_a_table_carries_come_back_as_they_went(tmp_path: Path, kind: Format) -> None:
    path = tmp_path / f"题库.{kind}"
    assert writing.write(EVERY_TYPE, kind, path) == []
    seen = told(read_workbook(path) if kind is Format.XLSX else read_separated(path))
    assert without_places(seen.items) == without_places(EVERY_TYPE)
    assert not seen.errors


def test_what_looks_like_a_formula_is_written_so_that_nothing_computes_it(tmp_path: Path) -> None:
    item = EVERY_TYPE[0]
    writing.write([item], Format.CSV, tmp_path / "a.csv")
    assert ",'=1+1," in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    writing.write([item], Format.XLSX, tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx")[ITEMS]["C2"].data_type == "s"


def test_what_a_table_cannot_carry_is_told_item_by_item(tmp_path: Path) -> None:
    picture = Medium("0" * 64, "image/png", b"\x89PNG")
    shown = {"digest": picture.digest, "kind": "PICTURE", "media_type": "image/png", "alt": "像素图"}
    ambiguous = ReadItem("b", ItemType.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [["甲|乙"]]})
    items = [
        replace(EVERY_TYPE[3], where="a", content={"stem": "看图", "media": [shown]}, media=(picture,)),
        ambiguous,
        ReadItem("c", ItemType.HOTSPOT, {"stem": "点出车辆", "picture": {}, "points": 1}, {"areas": []}),
        replace(EVERY_TYPE[3], where="d", extras={"qti": "<x/>"}),
    ]
    lost = writing.write(items, Format.XLSX, tmp_path / "a.xlsx")
    assert [(one.where, one.level, one.code) for one in lost] == [
        ("a", Level.WARNING, "media_left_out"),
        ("b", Level.ERROR, "text_not_carried"),
        ("c", Level.ERROR, "type_not_carried"),
        ("d", Level.WARNING, "extras_left_out"),
    ]
    assert len(told(read_workbook(tmp_path / "a.xlsx")).items) == 2


def test_the_template_offers_types_difficulties_and_knowledge_points(tmp_path: Path) -> None:
    template.write(tmp_path / "模板.xlsx", ["数据采集", "数据清洗"])
    book = load_workbook(tmp_path / "模板.xlsx")
    assert [sheet.title for sheet in book.worksheets] == [ITEMS, EXAMPLES, INSTRUCTIONS, LISTS]
    offered = {str(one.sqref): one.formula1 for one in book[ITEMS].data_validations.dataValidation}
    assert offered == {
        "A2:A20001": "_lists!$A$1:$A$11",
        "M2:M20001": "_lists!$B$1:$B$3",
        "O2:O20001": "_lists!$C$1:$C$2",
    }
    assert [cell.value for cell in book[LISTS]["C"]][:2] == ["数据采集", "数据清洗"]
    assert book[ITEMS].column_dimensions["K"].number_format == "@"
    [columns] = columns_of(tmp_path / "模板.xlsx")
    assert (columns.dialect, list(columns.mapping.values())) == ("own", list(HEADINGS))


def test_the_template_s_examples_are_items_of_every_type_without_a_fault(tmp_path: Path) -> None:
    rows = [list(HEADINGS.values()), *([row.get(field, "") for field in HEADINGS] for row in EXAMPLE_ROWS)]
    seen = told(read_workbook(workbook(tmp_path / "a.xlsx", rows)))
    assert {item.type for item in seen.items} == set(ItemType) - {ItemType.HOTSPOT}
    assert not seen.errors
    assert not seen.warnings


def test_the_empty_template_holds_no_items_and_says_that_examples_are_not_read(tmp_path: Path) -> None:
    template.write(tmp_path / "模板.xlsx")
    seen = told(read_workbook(tmp_path / "模板.xlsx"))
    assert not seen.items
    assert [(problem.where, problem.code) for problem in seen.warnings] == [(EXAMPLES, "sheet_skipped")]


def test_rows_with_errors_come_back_with_their_reasons_and_are_read_again(tmp_path: Path) -> None:
    head = ["题型", "题干", "选项A", "选项B", "答案", "案例组号", "备忘"]
    rows = [
        head,
        ["判断题", "数据可以随意转卖。", "", "", "错", "", ""],
        ["单选题", "哪项正确？", "甲", "乙", "Z", "", "老题"],
        ["案例题", "某团队……", "", "", "", "1", ""],
        ["判断题", "应当复核。", "", "", "大概", "1", ""],
    ]
    source = workbook(tmp_path / "来.xlsx", rows)
    seen = told(read_workbook(source))
    assert return_rows(source, seen.errors, tmp_path / "回.xlsx") == 3
    sheet = load_workbook(tmp_path / "回.xlsx")["题库"]
    back = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert back[0] == [*head, "错误原因"]
    assert back[1][:7] == rows[2]
    assert "答案不是选项之一" in back[1][7]
    assert [row[7] for row in back[2:]] == ["", seen.errors[1].detail]
    assert len(told(read_workbook(tmp_path / "回.xlsx")).errors) == 2


def test_a_dry_run_tells_types_counts_and_places(tmp_path: Path) -> None:
    rows = [["题型", "题干", "答案"], ["判断题", "对不对？", "√"], ["判断题", "说不清？", "也许"]]
    report = reading.report(reading.read(workbook(tmp_path / "a.xlsx", rows)))
    assert (report["format"], report["items"], report["by_type"]) == ("xlsx", 1, {"TRUE_FALSE": 1})
    assert [(one["where"], one["code"]) for one in report["errors"]] == [("题库!C3", "not_true_false")]


@pytest.mark.parametrize("kind", [Format.XLSX, Format.CSV])
def test_what_was_written_passes_the_checks_of_its_types(tmp_path: Path, kind: Format) -> None:
    writing.write(EVERY_TYPE, kind, tmp_path / "items")
    report = reading.report(reading.read(tmp_path / "items"))
    assert (report["format"], report["items"], report["errors"]) == (kind.value, len(EVERY_TYPE), [])
