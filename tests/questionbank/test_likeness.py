from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.models import KnowledgePoint
from questionbank import authoring, content, fingerprints, pooling, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.errors import NoEnemies
from questionbank.kinds import Difficulty, ItemType
from questionbank.likeness import duplicates, enemies
from questionbank.models import ItemVersion

STEM = "在使用手持电动工具之前，应当首先检查电源线和插头是否完好无损，并确认外壳没有裂纹。"


def choice(stem: str, texts: list[str]) -> dict[str, Any]:
    return {"stem": stem, "options": content.options_of(texts)}


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (choice(f" {STEM} ".replace("，", ","), ["甲", "乙"]), True),
        (choice(STEM, ["乙", "甲"]), True),
        (choice(STEM.replace("手持", "手提"), ["甲", "乙"]), False),
        (choice(STEM, ["甲", "丙"]), False),
        ({**choice(STEM, ["甲", "乙"]), "media": [{"digest": "aa"}]}, False),
    ],
)
def test_spaces_signs_and_the_order_of_options_make_no_other_item(other: dict[str, Any], is_same: bool) -> None:
    assert (fingerprints.same(other) == fingerprints.same(choice(STEM, ["甲", "乙"]))) is is_same


def test_similarity_is_the_share_of_trigrams_in_common() -> None:
    one, other = fingerprints.trigrams({"stem": "安全用电"}), fingerprints.trigrams({"stem": "安全用气"})
    assert (sorted(one), fingerprints.similarity(one, other)) == (["全用电", "安全用"], 1 / 3)


def test_what_is_alike_is_filed_under_a_common_number_and_a_key_changes_all() -> None:
    one, other = choice(STEM, ["甲", "乙"]), choice(STEM.replace("手持", "手提"), ["甲", "丙"])
    assert set(fingerprints.bands(one)) & set(fingerprints.bands(other))
    assert not set(fingerprints.bands(one)) & set(fingerprints.bands(one, b"key"))
    assert all(0 <= band < 2**63 for band in fingerprints.bands(one))
    assert len(fingerprints.bands({"stem": "？"})) == 1


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


class Writing:
    """Writes choice items into the world's bank."""

    def __init__(self, db: Session, world: World, clock: MovableClock) -> None:
        self.db, self.world, self.act = db, world, {"by": world.by("author"), "now": clock()}
        self.point_id = db.scalars(KnowledgePoint.__table__.select()).first()

    def wording(self, stem: str, texts: list[str]) -> Wording:
        kind = ItemType.SINGLE_CHOICE
        return Wording(kind, Difficulty.EASY, self.point_id, choice(stem, texts), {"right": ["a"]}, "")

    def write(self, code: str, stem: str = STEM, texts: tuple[str, ...] = ("甲", "乙")) -> ItemVersion:
        return authoring.write_item(self.db, self.world.bank.id, code, self.wording(stem, list(texts)), **self.act)


@pytest.fixture
def writing(db: Session, world: World, moving_clock: MovableClock) -> Writing:
    return Writing(db, world, moving_clock)


def test_an_item_that_says_the_same_or_nearly_is_named_the_most_alike_first(db: Session, writing: Writing) -> None:
    writing.write("NEAR", STEM.replace("手持", "手提"))
    writing.write("FAR", "下列关于合同解除的说法，哪一项是正确的？")
    writing.write("SAME", STEM + " ", ("乙", "甲"))
    found = duplicates.of_version(db, writing.write("NEW"))
    assert [(one.version.item.code, one.is_same) for one in found] == [("SAME", True), ("NEAR", False)]
    assert found[0].similarity == 1.0 > found[1].similarity > 0.7


def test_other_versions_of_an_item_and_what_is_out_of_use_are_no_duplicates(
    db: Session, world: World, writing: Writing, moving_clock: MovableClock
) -> None:
    old, reviewer = writing.write("OLD"), {"by": world.by("reviewer"), "now": moving_clock()}
    reviewing.submit(db, old.id, **writing.act)
    reviewing.approve(db, old.id, **reviewer)
    assert (
        duplicates.of_version(
            db, authoring.write_version(db, old.item_id, writing.wording(STEM, ["甲", "乙"]), **writing.act)
        )
        == []
    )
    other = writing.write("OTHER")
    releasing.retire(db, old.id, reason="旧", **reviewer)
    assert [one.version.number for one in duplicates.of_version(db, other)] == [2]


def test_a_revised_draft_is_compared_by_what_it_says_now(db: Session, writing: Writing) -> None:
    draft = writing.write("DRAFT", "下列关于合同解除的说法，哪一项是正确的？")
    new = writing.write("NEW")
    assert duplicates.of_version(db, new) == []
    authoring.revise_draft(db, draft.id, replace(writing.wording(STEM, ["甲", "乙"])), **writing.act)
    assert [one.is_same for one in duplicates.of_version(db, new)] == [True]


def test_the_report_names_each_pair_once(db: Session, world: World, writing: Writing) -> None:
    for code in ("A", "B"):
        writing.write(code)
    writing.write("C", STEM.replace("手持", "手提"))
    pairs = [{pair.one.item.code, pair.other.item.code} for pair in duplicates.in_bank(db, world.bank.id)]
    assert pairs[0] == {"A", "B"}
    assert sorted(map(sorted, pairs)) == [["A", "B"], ["A", "C"], ["B", "C"]]


def test_looking_for_duplicates_takes_two_queries(db: Session, database: Database, writing: Writing) -> None:
    version = writing.write("ONE")
    writing.write("TWO")
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    assert len(duplicates.of_version(db, version)) == 1
    assert sum(statement.startswith("SELECT") for statement in seen) <= 2


def test_enemies_are_pairs_in_either_order_and_families(db: Session, world: World, writing: Writing) -> None:
    one, other, third = (writing.write(code).item for code in ("A", "B", "C"))
    first = enemies.oppose(db, world.bank.id, other.id, one.id, reason="互为提示", **writing.act)
    assert enemies.oppose(db, world.bank.id, one.id, other.id, reason="", **writing.act) is first
    for item in (one, third):
        enemies.join_family(db, item.id, "用电", **writing.act)
    db.flush()
    told = enemies.of_item(db, one.id)
    assert (told["relatives"], told["enemies"]) == ([third], [{"item": other, "reason": "互为提示"}])
    assert enemies.of_item(db, other.id)["enemies"] == [{"item": one, "reason": "互为提示"}]
    enemies.reconcile(db, other.id, one.id, **writing.act)
    enemies.join_family(db, third.id, None, **writing.act)
    told = enemies.of_item(db, one.id)
    assert (told["relatives"], told["enemies"], told["item"].family) == ([], [], "用电")
    assert enemies.of_item(db, third.id)["relatives"] == []


def test_what_a_page_lists_as_enemies_is_what_a_draw_keeps_apart(db: Session, world: World, writing: Writing) -> None:
    one, other, third = (writing.write(code) for code in ("A", "B", "C"))
    enemies.oppose(db, world.bank.id, other.item_id, one.item_id, reason="", **writing.act)
    (pair,) = enemies.of_bank(db, world.bank.id)["pairs"]
    assert {pair.item.code, pair.other.code} == {"A", "B"}
    kept = pooling.enemies(db, world.bank.id, [one, other, third])
    assert kept == {one.item_id: {other.id}, other.item_id: {one.id}, third.item_id: set()}
    assert pooling.enemies(db, world.bank.id, [one, third]) == {one.item_id: set(), third.item_id: set()}


def test_an_item_is_no_enemy_of_itself(db: Session, world: World, writing: Writing) -> None:
    item = writing.write("A").item
    with pytest.raises(NoEnemies):
        enemies.oppose(db, world.bank.id, item.id, item.id, reason="", **writing.act)


def test_who_writes_a_duplicate_is_warned_and_makes_them_enemies(app: Flask, world: World) -> None:
    author = Caller(app).log_in("author")
    tasks = author.get(f"/api/banks/{world.bank.id}").json["work_tasks"]
    point = tasks[0]["knowledge_points"][0]["knowledge_point_id"]
    body = {"type": "TRUE_FALSE", "difficulty": "EASY", "knowledge_point_id": point, "key": {"value": True}}
    items = [
        author.post(f"/api/banks/{world.bank.id}/items", {"code": code, "content": {"stem": STEM}, **body}).json
        for code in ("D-1", "D-2")
    ]
    assert items[0]["duplicates"] == []
    (warning,) = items[1]["duplicates"]
    assert (warning["version"]["code"], warning["is_same"], warning["similarity"]) == ("D-1", True, 1.0)
    again = author.get(f"/api/item-versions/{items[1]['version_id']}/duplicates").json["items"]
    assert again == items[1]["duplicates"]
    (pair,) = author.get(f"/api/banks/{world.bank.id}/duplicates").json["items"]
    assert {pair["one"]["code"], pair["other"]["code"]} == {"D-1", "D-2"}
    both = {"item_id": items[0]["item_id"], "other_id": items[1]["item_id"]}
    told = author.post(f"/api/banks/{world.bank.id}/enemies", {**both, "reason": "重复"}).json
    assert [line["reason"] for line in told["pairs"]] == ["重复"]
    author.put(f"/api/items/{both['item_id']}/family", {"family": "用电"})
    assert [line["family"] for line in author.get(f"/api/banks/{world.bank.id}/enemies").json["families"]] == ["用电"]
    mine = author.get(f"/api/items/{both['other_id']}/enemies").json
    assert [(line["item"]["code"], line["reason"]) for line in mine["enemies"]] == [("D-1", "重复")]
    assert author.delete(f"/api/items/{both['item_id']}/enemies/{both['other_id']}").status_code == 204
    assert author.get(f"/api/banks/{world.bank.id}/enemies").json["pairs"] == []
    refused = author.post(f"/api/banks/{world.bank.id}/enemies", {**both, "other_id": both["item_id"]})
    assert (refused.status_code, refused.json["code"]) == (422, "no_enemies")


def test_two_wordings_stand_beside_each_other_with_what_differs_and_no_key(app: Flask, world: World) -> None:
    author = Caller(app).log_in("author")
    tasks = author.get(f"/api/banks/{world.bank.id}").json["work_tasks"]
    point = tasks[0]["knowledge_points"][0]["knowledge_point_id"]
    body = {"type": "TRUE_FALSE", "difficulty": "EASY", "knowledge_point_id": point, "key": {"value": True}}
    one, other = (
        author.post(f"/api/banks/{world.bank.id}/items", {"code": code, "content": {"stem": stem}, **body}).json
        for code, stem in (("D-1", STEM), ("D-2", STEM.replace("手持", "手提")))
    )
    path = f"/api/item-versions/{one['version_id']}/beside"
    told = author.get(f"{path}/{other['version_id']}").json
    assert (told["one"]["code"], told["other"]["content"]["stem"]) == ("D-1", STEM.replace("手持", "手提"))
    assert [line["field"] for line in told["items"]] == ["content.stem"]
    assert "key" not in told["one"]
    assert author.get(f"{path}/{world.bank.id}").status_code == 404
