"""Over the edge: a bank taken out as a file, a table's columns, the template, and the rows that stayed out."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from openpyxl import load_workbook
from world import World

from questionbank.interchange.sheets import template

OWN_WORDS = "问的是什么,对的是哪个,甲项,乙项,鉴定点\n选哪个,A,一,二,1.1\n选什么,B,一,二,9.9\n"
COLUMNS = {
    "问的是什么": "stem",
    "对的是哪个": "answer",
    "甲项": "option_a",
    "乙项": "option_b",
    "鉴定点": "knowledge_point",
}


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


def path(world: World, rest: str) -> str:
    return f"/api/banks/{world.bank.id}/{rest}"


def send(caller: Caller, world: World, rest: str, name: str, data: bytes, **form: str) -> Any:
    return caller.post(path(world, rest), data={"file": (io.BytesIO(data), name), **form})


def test_a_bank_is_downloaded_as_a_file_of_its_name(author: Caller, world: World) -> None:
    answer = author.post(path(world, "files"), {"format": "xlsx"})
    assert answer.status_code == 200
    assert "%E6%B5%8B%E8%AF%95%E9%A2%98%E5%BA%93.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet.max_row == 11


def test_what_a_format_cannot_carry_is_told_before_anything_goes_out(author: Caller, world: World) -> None:
    told = author.post(path(world, "files/check"), {"format": "aiken"}).json
    assert (told["left_out"], told["reduced"]) == (8, 2)
    assert {"type_not_carried", "fields_not_carried"} == {line["code"] for line in told["items"]}
    assert author.post(path(world, "files/check"), {"format": "qti3"}).json["count"] == 0


def test_a_format_that_is_only_read_is_not_offered(author: Caller, world: World) -> None:
    assert author.post(path(world, "files"), {"format": "text"}).status_code == 422


@pytest.mark.parametrize("rest", ["files", "files/check"])
def test_only_those_who_know_the_keys_take_a_bank_out(app: Flask, world: World, rest: str) -> None:
    assert Caller(app).log_in("office").post(path(world, rest), {"format": "xlsx"}).status_code == 403


def test_a_secret_bank_is_downloaded_once_somebody_else_granted_it(app: Flask, author: Caller, world: World) -> None:
    office = Caller(app).log_in("office")
    office.post(path(world, "secrecy"), {})
    assert author.post(path(world, "files"), {"format": "qti3"}).json["code"] == "export_not_granted"
    (asked,) = author.post(path(world, "exports"), {"reason": "备份"}).json["items"]
    office.post(f"/api/bank-exports/{asked['export_id']}/grant", {})
    assert author.post(path(world, "files/check"), {"format": "qti3"}).status_code == 200
    assert author.post(path(world, "files"), {"format": "qti3"}).status_code == 200
    assert author.post(path(world, "files"), {"format": "qti3"}).json["code"] == "export_not_granted"


def test_the_columns_of_a_table_are_shown_with_what_they_are_taken_for(
    author: Caller, world: World, tmp_path: Path
) -> None:
    template.write(tmp_path / "own.xlsx", ["1.1 原理"])
    told = send(author, world, "imports/columns", "own.xlsx", (tmp_path / "own.xlsx").read_bytes()).json
    (table,) = told["tables"]
    assert (told["format"], table["dialect"], table["rows"]) == ("xlsx", "own", [])
    assert "stem" in table["mapping"].values()


def test_a_file_that_is_no_table_has_no_columns(author: Caller, world: World) -> None:
    told = send(author, world, "imports/columns", "x.txt", "::G::对吗{TRUE}".encode()).json
    assert told == {"format": "gift", "tables": []}
    refused = send(author, world, "imports/columns", "x.zip", b"x")
    assert (refused.status_code, refused.json["code"]) == (422, "file_refused")


def test_headings_in_words_of_ones_own_are_mapped_for_one_file(author: Caller, world: World) -> None:
    data = OWN_WORDS.encode()
    (table,) = send(author, world, "imports/columns", "x.csv", data, format="csv").json["tables"]
    assert table["headings"] == ["问的是什么", "对的是哪个", "甲项", "乙项", "鉴定点"]
    assert len(table["rows"]) == 2
    form = {"format": "csv", "columns": json.dumps(COLUMNS)}
    found = send(author, world, "imports", "x.csv", data, **form)
    assert found.status_code == 201, found.json
    assert [line["fault"] for line in found.json["report"]["items"]] == ["", "knowledge_point_unknown"]


@pytest.mark.parametrize("columns", ["{", "[]", "{}", '{"题干": 7}'])
def test_a_mapping_of_the_wrong_form_is_refused(author: Caller, world: World, columns: str) -> None:
    answer = send(author, world, "imports", "x.csv", OWN_WORDS.encode(), format="csv", columns=columns)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_rows_that_stayed_out_come_back_with_their_reasons(author: Caller, world: World) -> None:
    form = {"format": "csv", "columns": json.dumps(COLUMNS)}
    found = send(author, world, "imports", "x.csv", OWN_WORDS.encode(), **form).json
    author.post(f"/api/imports/{found['import_id']}/taking", {"leave_errors": True})
    answer = author.get(f"/api/imports/{found['import_id']}/error-workbook")
    assert answer.status_code == 200, answer.json
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["问的是什么", "选什么"]
    assert "知识点" in str(rows[1][-1])


def test_rows_come_back_only_of_a_table(author: Caller, world: World) -> None:
    found = send(author, world, "imports", "x.txt", "::G::对吗{TRUE}".encode()).json
    answer = author.get(f"/api/imports/{found['import_id']}/error-workbook")
    assert (answer.status_code, answer.json["code"]) == (409, "not_a_table")


def test_the_template_offers_the_banks_knowledge_points(author: Caller, world: World) -> None:
    answer = author.get(path(world, "import-template"))
    lists = load_workbook(io.BytesIO(answer.data)).worksheets[-1]
    points = [cell.value for cell in lists["C"] if cell.value]
    assert points == ["1.1 原理", "2.1 方法"]
