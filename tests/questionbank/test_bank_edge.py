from typing import Any

import pytest
from callers import Caller
from flask import Flask
from items import PICTURE, WORDINGS
from sqlalchemy import event
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from questionbank import listing
from questionbank.content import lettered
from questionbank.kinds import ItemType
from questionbank.listing import ItemFilter

MEDIUM = {"digest": "0" * 64, "kind": "AUDIO", "media_type": "audio/mpeg", "alt": ""}
PART = {"id": "p1", "type": "TRUE_FALSE", "share": 1, "content": {"stem": "小题"}}


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


@pytest.fixture
def reviewer(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("reviewer")


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def a_wording(caller: Caller, world: World, **changes: Any) -> dict[str, Any]:
    tasks = caller.get(f"/api/banks/{world.bank.id}").json["work_tasks"]
    return {
        "type": "SINGLE_CHOICE",
        "difficulty": "HARD",
        "knowledge_point_id": tasks[0]["knowledge_points"][0]["knowledge_point_id"],
        "content": {"stem": "以下哪项 100% 正确？", "options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}]},
        "key": {"right": ["b"]},
        "explanation": "因为乙",
        **changes,
    }


def write(author: Caller, world: World, code: str = "N-1", **changes: Any) -> Any:
    answer = author.post(f"/api/banks/{world.bank.id}/items", {"code": code, **a_wording(author, world, **changes)})
    assert answer.status_code == 201, answer.json
    return answer.json


def test_banks_tell_how_many_versions_they_have_in_each_state(author: Caller, world: World) -> None:
    write(author, world)
    (line,) = author.get("/api/banks").json["items"]
    assert line["bank"]["scheme"] == "人工智能模型运用"
    assert line["counts"] == {
        "DRAFT": 1,
        "IN_REVIEW": 0,
        "APPROVED": 0,
        "RELEASED": 10,
        "RETIRED": 0,
        "COMPROMISED": 0,
    }


def test_a_bank_shows_its_work_tasks_with_their_knowledge_points(author: Caller, world: World) -> None:
    bank = author.get(f"/api/banks/{world.bank.id}").json
    assert [(task["weight"], len(task["knowledge_points"])) for task in bank["work_tasks"]] == [(60, 1), (40, 1)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 11),
        ("state=RELEASED", 10),
        ("state=DRAFT", 1),
        ("type=FILL_IN", 2),
        ("difficulty=HARD", 1),
        ("work_task=2", 5),
        ("work_task=2&type=NUMERIC", 1),
        ("text=100%25", 1),
        ("text=t1-", 5),
        ("text=_", 0),
        ("text=%E9%80%89", 4),
        ("tag=%E6%A0%87%E7%AD%BE", 1),
        ("importance=X&bloom=APPLY", 1),
        ("importance=Z", 0),
    ],
)
def test_items_are_found_by_state_type_difficulty_task_and_text(
    author: Caller, world: World, query: str, count: int
) -> None:
    write(author, world, tags=["标签", "标签"], importance="X", bloom="APPLY")
    page = author.get(f"/api/banks/{world.bank.id}/items?{query}").json
    assert (page["total"], len(page["items"])) == (count, count)


def test_a_page_past_the_end_is_empty_and_still_tells_the_total(author: Caller, world: World) -> None:
    page = author.get(f"/api/banks/{world.bank.id}/items?page=2").json
    assert (page["items"], page["total"]) == ([], 10)


def test_no_list_and_no_item_carries_a_key(author: Caller, office: Caller, world: World) -> None:
    item = write(author, world)
    for path in (f"/api/banks/{world.bank.id}/items", f"/api/items/{item['item_id']}", f"/api/papers/{world.paper.id}"):
        text = office.get(path).text
        assert '"right"' not in text
        assert "explanation" not in text


def test_a_look_at_a_key_is_put_on_record(reviewer: Caller, author: Caller, world: World, database: Database) -> None:
    version = write(author, world)
    shown = reviewer.get(f"/api/item-versions/{version['version_id']}/key").json
    assert shown == {"key": {"right": ["b"]}, "explanation": "因为乙"}
    with database.reading() as db:
        last = audit.history(db, f"item:{version['item_id']}")[-1]
    assert (last.action, last.actor_name, last.detail) == ("item.viewed", "reviewer先生", {"version": 1})


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["office", "supervisor"])
def test_who_neither_writes_nor_reviews_sees_no_key(app: Flask, author: Caller, world: World, username: str) -> None:
    version = write(author, world)
    other = Caller(app).log_in(username)
    assert other.get(f"/api/item-versions/{version['version_id']}/key").status_code == 403
    assert other.get(f"/api/item-versions/{version['version_id']}/preview").status_code == 200


def test_the_preview_is_what_a_candidate_sees(author: Caller, world: World) -> None:
    version = write(author, world)
    preview = author.get(f"/api/item-versions/{version['version_id']}/preview").json
    assert sorted(preview) == [
        "blanks", "gaps", "length", "marks", "matches", "media", "options", "parts", "picture", "stem", "type", "unit",
    ]  # fmt: skip
    assert [option["text"] for option in preview["options"]] == ["甲", "乙"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", [kind for kind in ItemType if kind not in (ItemType.HOTSPOT, ItemType.COMPOSITE)])
def test_an_item_of_every_type_comes_back_as_it_was_written(author: Caller, world: World, kind: ItemType) -> None:
    item_content, key = lettered(kind, *WORDINGS[kind])
    version = write(author, world, type=kind, content=item_content, key=key)
    assert version["content"] == item_content
    assert author.get(f"/api/item-versions/{version['version_id']}/key").json["key"] == key
    preview = author.get(f"/api/item-versions/{version['version_id']}/preview").json
    assert (preview["type"], preview["stem"]) == (kind, item_content["stem"])


def test_a_refused_wording_says_where_and_what(author: Caller, world: World) -> None:
    body = {"code": "N-1", **a_wording(author, world, key={"right": []})}
    refused = author.post(f"/api/banks/{world.bank.id}/items", body)
    assert refused.status_code == 422
    assert {name: refused.json[name] for name in ("code", "field", "fault")} == {
        "code": "bad_item",
        "field": "key.right",
        "fault": "key_count",
    }


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "changes",
    [
        {"type": "ESSAY"},
        {"content": {"stem": "题", "key": "a"}},
        {"content": {"stem": "题", "options": ["甲"]}},
        {"content": {"stem": "题" * 20_001}},
        {"content": {"stem": "题", "options": [{"id": "a", "text": "甲", "right": True}]}},
        {"content": {"stem": "题", "options": [{"id": "a", "text": "甲", "media": "x.png"}]}},
        {"content": {"stem": "题", "options": [{"id": str(n), "text": str(n)} for n in range(27)]}},
        {"content": {"stem": "题", "gaps": [["甲", "乙"]]}},
        {"content": {"stem": "题", "points": "1"}},
        {"content": {"stem": "题", "points": 21}},
        {"content": {"stem": "题", "length": 20_001}},
        {"content": {"stem": "题", "picture": {**PICTURE, "areas": []}}},
        {"content": {"stem": "题", "picture": {**PICTURE, "width": 10_001}}},
        {"content": {"stem": "题", "media": [{**MEDIUM, "kind": "SCENT"}]}},
        {"content": {"stem": "题", "media": [{**MEDIUM, "plays": 0}]}},
        {"content": {"stem": "题", "media": [MEDIUM] * 13}},
        {"content": {"stem": "题", "parts": [{"id": "p1", "type": "TRUE_FALSE", "share": 1}]}},
        {"content": {"stem": "题", "parts": [{**PART, "share": 0}]}},
        {"content": {"stem": "题", "parts": [{**PART, "key": {"value": True}}]}},
        {"content": {"stem": "题", "parts": [{**PART, "content": {"stem": "题", "parts": []}}]}},
        {"content": {"stem": "题", "parts": [PART] * 21}},
        {"key": {"value": 1.5}},
        {"key": {"value": "1" * 41}},
        {"key": {"scoring": "BEST"}},
        {"key": {"scoring": {"mode": "MAP", "weights": {"a": 0.5}}}},
        {"key": {"scoring": {"mode": "MAP", "most": "1"}}},
        {"key": {"case_sensitive": "yes"}},
        {"key": {"order": [1]}},
        {"key": {"pairs": [["a", "b"]]}},
        {"key": {"pairs": {"a": 1}}},
        {"key": {"gaps": [None]}},
        {"key": {"areas": [{"shape": "STAR", "coords": [1, 2, 3]}]}},
        {"key": {"areas": [{"shape": "CIRCLE", "coords": [1, 2, 1.5]}]}},
        {"key": {"areas": [{"shape": "CIRCLE", "coords": [1, 2, "3"]}]}},
        {"key": {"parts": {"p1": {"parts": {}}}}},
        {"key": {"parts": {"p1": True}}},
        {"knowledge_point_id": "1"},
    ],
)
def test_input_of_the_wrong_form_is_refused_by_field(author: Caller, world: World, changes: dict[str, Any]) -> None:
    refused = author.post(f"/api/banks/{world.bank.id}/items", {"code": "N-1", **a_wording(author, world, **changes)})
    assert (refused.status_code, refused.json["code"]) == (422, "invalid")
    assert next(iter(refused.json["errors"])).startswith("json." + next(iter(changes)))


def test_an_item_is_written_submitted_sent_back_revised_and_approved(
    author: Caller, reviewer: Caller, world: World
) -> None:
    version = write(author, world)
    path = f"/api/item-versions/{version['version_id']}"
    assert author.post(f"{path}/submission", {}).json["state"] == "IN_REVIEW"
    assert [line["code"] for line in reviewer.get("/api/review-queue").json["items"]] == ["N-1"]
    assert reviewer.post(f"{path}/return", {"note": "  "}).status_code == 422
    assert reviewer.post(f"{path}/return", {"note": "再想想"}).json["review_note"] == "再想想"
    assert reviewer.get("/api/review-queue").json["items"] == []
    assert author.put(path, a_wording(author, world, explanation="改了")).status_code == 200
    author.post(f"{path}/submission", {})
    assert reviewer.post(f"{path}/approval", {}).json["state"] == "APPROVED"
    item = author.get(f"/api/items/{version['item_id']}").json
    assert [line["action"] for line in item["history"]] == [
        "item.written",
        "item.in_review",
        "item.draft",
        "item.revised",
        "item.in_review",
        "item.approved",
    ]


def test_a_new_version_stands_before_the_old_one(author: Caller, reviewer: Caller, world: World) -> None:
    version = write(author, world)
    for caller, step in ((author, "submission"), (reviewer, "approval")):
        caller.post(f"/api/item-versions/{version['version_id']}/{step}", {})
    second = author.post(f"/api/items/{version['item_id']}/versions", a_wording(author, world))
    assert (second.status_code, second.json["number"]) == (201, 2)
    item = author.get(f"/api/items/{version['item_id']}").json
    assert [(line["number"], line["state"]) for line in item["versions"]] == [(2, "DRAFT"), (1, "APPROVED")]


def test_coverage_counts_released_items_by_point_type_and_difficulty(author: Caller, world: World) -> None:
    write(author, world)
    coverage = author.get(f"/api/banks/{world.bank.id}/coverage").json
    assert sum(line["count"] for line in coverage["items"]) == 10
    assert len(coverage["work_tasks"]) == 2


def test_practical_tasks_show_their_criteria(author: Caller, world: World) -> None:
    lines = author.get(f"/api/banks/{world.bank.id}/practical-tasks").json["items"]
    assert [line["code"] for line in lines] == ["P1", "P2"]
    task = author.get(f"/api/practical-tasks/{lines[0]['practical_task_id']}").json
    assert [criterion["kind"] for criterion in task["criteria"]] == ["MEASUREMENT", "JUDGEMENT", "DEDUCTION", "VETO"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("thing", ["banks", "items", "practical-tasks"])
def test_what_is_not_there_is_not_found(author: Caller, world: World, thing: str) -> None:
    assert author.get(f"/api/{thing}/{world.exam_session.id}").json["code"] == "not_found"


def test_a_page_of_items_takes_three_queries_however_many_it_shows(world: World, database: Database) -> None:
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    with database.reading() as db:
        page = listing.items(db, world.bank.id, ItemFilter(), page=1)
        assert [version.author.display_name for version in page.items] == ["author先生"] * 10
    assert sum(statement.startswith("SELECT") for statement in seen) == 3


def test_an_approved_version_is_released_and_ends_with_a_reason(
    author: Caller, reviewer: Caller, office: Caller, world: World
) -> None:
    version = write(author, world)
    path = f"/api/item-versions/{version['version_id']}"
    author.post(f"{path}/submission", {})
    reviewer.post(f"{path}/approval", {})
    assert author.post(f"{path}/release", {}).status_code == 403
    released = office.post(f"{path}/release", {}).json
    assert (released["state"], released["releaser"]) == ("RELEASED", "office先生")
    assert office.post(f"{path}/compromise", {}).status_code == 422
    assert office.post(f"{path}/compromise", {"reason": "外泄"}).json["state"] == "COMPROMISED"
    assert office.post(f"{path}/retirement", {"reason": "旧"}).json["code"] == "illegal_transition"


def test_what_is_said_of_a_version_goes_in_and_comes_out(author: Caller, world: World) -> None:
    said = {"importance": "Y", "bloom": "CREATE", "tags": ["用电", "安全"], "source": "教材", "rights": "本机构"}
    version = write(author, world, external_id="lms:7", **said)
    assert {name: version[name] for name in said} == said
    assert version["external_id"] == "lms:7"
    again = {"code": "N-2", **a_wording(author, world, external_id="lms:7")}
    assert author.post(f"/api/banks/{world.bank.id}/items", again).json["code"] == "external_id_taken"


def test_two_versions_are_compared_with_the_key_only_for_who_may_see_it(
    author: Caller, reviewer: Caller, office: Caller, world: World, database: Database
) -> None:
    version = write(author, world)
    for caller, step in ((author, "submission"), (reviewer, "approval")):
        caller.post(f"/api/item-versions/{version['version_id']}/{step}", {})
    item = f"/api/items/{version['item_id']}"
    author.post(f"{item}/versions", a_wording(author, world, key={"right": ["a"]}, difficulty="EASY"))
    seen = author.get(f"{item}/differences?from=1&to=2").json
    assert (seen["with_key"], [line["field"] for line in seen["items"]]) == (True, ["key.right", "difficulty"])
    with database.reading() as db:
        looks = [
            line.detail for line in audit.history(db, f"item:{version['item_id']}") if line.action == "item.viewed"
        ]
    assert looks == [{"version": 1}, {"version": 2}]
    hidden = office.get(f"{item}/differences?from=1&to=2").json
    assert (hidden["with_key"], [line["field"] for line in hidden["items"]]) == (False, ["difficulty"])
    assert office.get(f"{item}/differences?from=1&to=3").status_code == 404
