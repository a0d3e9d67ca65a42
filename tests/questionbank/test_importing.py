"""A file is looked through, then taken over whole; the same file again changes nothing."""

import base64
import io
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from items import every_type
from sqlalchemy import text
from world import World

from examsvc.core import audit, blobs
from examsvc.core.db import Database

MOODLE = """<?xml version="1.0" encoding="UTF-8"?><quiz>
<question type="truefalse"><name><text>一</text></name><questiontext format="html"><text>{stem}</text></questiontext>
<idnumber>M-1</idnumber>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="calculated"><name><text>二</text></name>
<questiontext format="html"><text>求 {{a}}</text></questiontext></question>
</quiz>"""
GIFT = "::G1::提示词可以包含示例。{TRUE}\n\n::G2::1 加 1 等于几？{#2:0}\n"
BROKEN = GIFT + "\n::G3::没有答案的题 {~甲 ~乙}\n"


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


def point_of(author: Caller, world: World) -> str:
    task = author.get(f"/api/banks/{world.bank.id}").json["work_tasks"][0]
    return str(task["knowledge_points"][0]["knowledge_point_id"])


def look(author: Caller, world: World, text: str, name: str = "题.txt", **form: str) -> Any:
    data = {"file": (io.BytesIO(text.encode()), name), "knowledge_point_id": point_of(author, world), **form}
    return author.post(f"/api/banks/{world.bank.id}/imports", data=data)


def take(author: Caller, found: Any, *, leave_errors: bool = False) -> Any:
    return author.post(f"/api/imports/{found.json['import_id']}/taking", {"leave_errors": leave_errors})


def count(author: Caller, world: World) -> int:
    return int(author.get(f"/api/banks/{world.bank.id}/items").json["total"])


def test_looking_through_a_file_tells_what_would_come_in_and_writes_no_item(author: Caller, world: World) -> None:
    before = count(author, world)
    found = look(author, world, GIFT)
    assert found.status_code == 201, found.json
    report = found.json["report"]
    assert (report["format"], report["outcomes"]["NEW"]) == ("gift", 2)
    assert report["by_type"] == {"NUMERIC": 1, "TRUE_FALSE": 1}
    assert [line["stem"] for line in report["items"]] == ["提示词可以包含示例。", "1 加 1 等于几？"]
    assert count(author, world) == before


def test_what_was_looked_at_is_taken_over_as_drafts_of_whoever_imports(author: Caller, world: World) -> None:
    taken = take(author, look(author, world, GIFT))
    assert (taken.status_code, taken.json["state"]) == (200, "TAKEN")
    page = author.get(f"/api/banks/{world.bank.id}/items?state=DRAFT").json
    assert {(line["type"], line["author"]) for line in page["items"]} == {
        ("TRUE_FALSE", world.by("author").name),
        ("NUMERIC", world.by("author").name),
    }


def test_the_same_file_again_changes_nothing(author: Caller, world: World) -> None:
    take(author, look(author, world, GIFT))
    before = count(author, world)
    again = look(author, world, GIFT)
    assert again.json["report"]["outcomes"] == {"NEW": 0, "CHANGED": 0, "SAME": 2, "REFUSED": 0}
    take(author, again)
    assert count(author, world) == before


def test_an_import_is_taken_over_once_and_by_whoever_looked(app: Flask, author: Caller, world: World) -> None:
    found = look(author, world, GIFT)
    assert take(author, found).status_code == 200
    assert take(author, found).json["code"] == "import_taken"


def test_an_error_refuses_the_whole_file_unless_it_is_left_out(author: Caller, world: World) -> None:
    before = count(author, world)
    found = look(author, world, BROKEN)
    assert found.json["report"]["errors"] + found.json["report"]["outcomes"]["REFUSED"] == 1
    refused = take(author, found)
    assert (refused.status_code, refused.json["code"]) == (409, "import_has_errors")
    assert count(author, world) == before
    assert take(author, found, leave_errors=True).json["report"]["outcomes"]["NEW"] == 2
    assert count(author, world) == before + 2


def test_what_cannot_be_modelled_is_kept_as_its_source_and_counted(author: Caller, world: World) -> None:
    found = look(author, world, MOODLE.format(stem="对吗"), "q.xml")
    assert found.json["report"]["unsupported_count"] == 1
    path = f"/api/imports/{found.json['import_id']}/leftovers"
    before = author.get(path).json
    take(author, found)
    [left] = author.get(path).json["items"]
    assert before["items"] == [left]
    assert left["kind"] == "calculated"
    assert "<question" in left["source"]


def test_a_changed_item_is_known_by_its_external_id_and_waits_for_its_draft(author: Caller, world: World) -> None:
    take(author, look(author, world, MOODLE.format(stem="对吗"), "q.xml"))
    report = look(author, world, MOODLE.format(stem="真的对吗"), "q.xml").json["report"]
    [line] = report["items"]
    assert (line["outcome"], line["fault"]) == ("REFUSED", "item_frozen")


def test_what_changed_of_an_item_that_is_out_of_use_is_its_next_version(
    author: Caller, world: World, database: Database
) -> None:
    take(author, look(author, world, MOODLE.format(stem="对吗"), "q.xml"))
    with database.transaction() as db:
        db.execute(text("UPDATE item_versions SET state = 'RETIRED' WHERE state = 'DRAFT'"))
    taken = take(author, look(author, world, MOODLE.format(stem="真的对吗"), "q.xml"))
    assert taken.json["report"]["outcomes"]["CHANGED"] == 1
    [line] = author.get(f"/api/banks/{world.bank.id}/items?state=DRAFT").json["items"]
    assert (line["number"], line["stem"]) == (2, "真的对吗")


def test_what_was_taken_over_is_found_by_its_words(author: Caller, world: World) -> None:
    take(author, look(author, world, GIFT))
    assert author.get(f"/api/banks/{world.bank.id}/items?text=包含示例").json["total"] == 1


def test_an_item_of_an_unknown_knowledge_point_is_refused_at_its_place(author: Caller, world: World) -> None:
    data = {"file": (io.BytesIO(GIFT.encode()), "题.txt")}
    report = author.post(f"/api/banks/{world.bank.id}/imports", data=data).json["report"]
    assert {line["fault"] for line in report["items"]} == {"knowledge_point_unknown"}


@pytest.mark.parametrize(("data", "fault"), [(b"", "file_empty"), (b"PK\x03\x04nonsense", None)])
def test_a_file_that_is_no_bank_is_refused_with_its_reason(
    author: Caller, world: World, data: bytes, fault: str | None
) -> None:
    sent = {"file": (io.BytesIO(data), "x.zip")}
    answer = author.post(f"/api/banks/{world.bank.id}/imports", data=sent)
    assert (answer.status_code, answer.json["code"]) == (422, "file_refused")
    assert fault in (None, answer.json["fault"])


def test_only_authors_import(app: Flask, world: World) -> None:
    data = {"file": (io.BytesIO(b"x"), "x.txt")}
    assert Caller(app).log_in("office").post(f"/api/banks/{world.bank.id}/imports", data=data).status_code == 403


def test_a_mapping_is_saved_under_its_name_for_whoever_saved_it(app: Flask, author: Caller, world: World) -> None:
    for field in ("stem", "explanation"):
        author.put("/api/column-mappings", {"name": "我们的表", "columns": {"题目内容": field}})
    [saved] = author.get("/api/column-mappings").json["items"]
    assert saved["columns"] == {"题目内容": "explanation"}


@pytest.fixture
def secret(app: Flask, world: World) -> Caller:
    office = Caller(app).log_in("office")
    assert office.post(f"/api/banks/{world.bank.id}/secrecy", {}).status_code == 200
    return Caller(app).log_in("author")


def test_neither_database_nor_files_hold_a_word_of_it(secret: Caller, world: World, database: Database) -> None:
    found = look(secret, world, GIFT)
    assert take(secret, found).json["report"]["outcomes"]["NEW"] == 2
    with database.reading() as db:
        report, digest = db.execute(text("SELECT report, digest FROM item_imports")).one()
    for stored in (str(report).encode(), blobs.get(digest)):
        assert b"sealed" in stored
        assert "提示词可以包含示例".encode() not in stored
        assert b"\\u63d0" not in stored


def test_who_reads_the_report_is_on_record(secret: Caller, world: World, database: Database) -> None:
    found = look(secret, world, GIFT)
    assert secret.get(f"/api/imports/{found.json['import_id']}").json["report"]["items"][0]["stem"]
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, f"bank:{world.bank.id}")]
    assert actions[-1] == "import.read"


UNDESCRIBED = """<?xml version="1.0" encoding="UTF-8"?><quiz><question type="truefalse"><name><text>一</text></name>
<questiontext format="html"><text><![CDATA[如图。<img src="@@PLUGINFILE@@/a.png">]]></text>
<file name="a.png" encoding="base64">{picture}</file></questiontext><idnumber>M-7</idnumber>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>"""


def test_a_picture_without_words_comes_in_as_a_draft_that_no_review_takes(author: Caller, world: World) -> None:
    png = base64.b64encode(every_type.picture("red").data).decode()
    found = look(author, world, UNDESCRIBED.format(picture=png), "题.xml")
    assert [line["code"] for line in found.json["report"]["problems"]] == ["alt_missing"]
    assert take(author, found).status_code == 200
    (line,) = author.get(f"/api/banks/{world.bank.id}/items?state=DRAFT").json["items"]
    refused = author.post(f"/api/item-versions/{line['version_id']}/submission")
    assert (refused.status_code, refused.json["code"], refused.json["fault"]) == (422, "bad_item", "media_undescribed")
