from typing import Any
from uuid import UUID

import pytest
from callers import Caller
from click.testing import CliRunner
from flask import Flask
from scenes import scene
from sqlalchemy import select
from world import ASKED, World

from examsvc import worker
from examsvc.cli import cli
from examsvc.core.db import Database
from questionbank import authoring, drawing, feasibility, redrawing, releasing, reviewing
from questionbank.assembly.eligibility import Withheld
from questionbank.assembly.ordering import CATCH_ALL
from questionbank.authoring import Wording
from questionbank.composing import Order
from questionbank.errors import BadBlueprint, NoForm
from questionbank.kinds import Difficulty, DrawKind, ItemType
from questionbank.models import Item, Paper, PaperDraw
from questionbank.registration import registering

TRUTH, SINGLE = ItemType.TRUE_FALSE, ItemType.SINGLE_CHOICE
CONTENTS: dict[ItemType, tuple[dict[str, Any], dict[str, Any]]] = {
    TRUTH: ({}, {"value": True}),
    SINGLE: (
        {
            "options": [
                {"id": letter, "text": text}
                for letter, text in zip("abcd", ["甲", "乙", "丙", "以上都是"], strict=True)
            ]
        },
        {"right": ["a"]},
    ),
}


def cells(**more: Any) -> dict[str, Any]:
    """Rules of ten questions for each half of the world's scheme, 5 points each."""
    return {"cells": [cell(task, kind, 5) for task in (1, 2) for kind in (SINGLE, TRUTH)], **more}


def cell(task: int, kind: ItemType, amount: int, **more: Any) -> dict[str, Any]:
    return {"work_task": task, "type": kind.value, "amount": amount, "points": 5_00, **more}


@scene
def filled(database: Database, world: World) -> World:
    """The world with ten more items of each kind for each work task, three of them hard."""
    with database.transaction() as db:
        for task in db.merge(world.specification).work_tasks:
            for kind in CONTENTS:
                for number in range(10):
                    code = f"M{task.number}-{kind}-{number}"
                    point_id = task.knowledge_points[0].id
                    _release(db, world, code, kind, hard=number < 3, point_id=point_id)
        registering.register(db, world.bank.id, filing_id=world.filing.id, by=world.by("office"), now=world.now)
    return world


def _release(db: Any, world: World, code: str, kind: ItemType, *, hard: bool, point_id: UUID) -> None:
    shown, key = CONTENTS[kind]
    band = Difficulty.HARD if hard else Difficulty.EASY
    wording = Wording(kind, band, point_id, {**shown, "stem": f"{code}：这是一道关于{code}的题目。"}, key, "因为")
    author, reviewer = world.by("author"), world.by("reviewer")
    version = authoring.write_item(db, world.bank.id, code, wording, by=author, now=world.now)
    reviewing.submit(db, version.id, by=author, now=world.now)
    reviewing.approve(db, version.id, by=reviewer, now=world.now)
    releasing.release(db, version.id, by=reviewer, now=world.now)


def draw(db: Any, world: World, rules: dict[str, Any], kind: DrawKind = DrawKind.SINGLE, **order: Any) -> PaperDraw:
    blueprint = drawing.add_blueprint(db, world.bank.id, "规则", [], rules=rules, now=world.now)
    return drawing.draw_papers(db, blueprint.id, Order(kind, "seed", **order), by=world.by("office"), now=world.now)


def asked(paper: Paper) -> set[UUID]:
    return {question.item_version_id for question in paper.items}


def test_a_blueprint_of_rules_is_drawn_and_its_rows_sum_it_up(filled: World, database: Database) -> None:
    hard = {"kind": "NUMBER", "where": {"difficulties": ["HARD"]}, "lower": 4, "upper": 4}
    with database.transaction() as db:
        made = draw(db, filled, cells(rules=[hard]))
        (paper,) = made.papers
        assert [question.position for question in paper.items] == list(range(1, 21))
        assert sum(question.points for question in paper.items) == 100_00
        assert sum(question.item_version.difficulty == Difficulty.HARD for question in paper.items) == 4
        assert {(row["work_task"], row["type"], row["count"]) for row in made.blueprint.rows} == {
            (task, kind.value, 5) for task in (1, 2) for kind in (SINGLE, TRUTH)
        }


def test_options_are_stored_in_order_with_the_one_for_all_others_last(filled: World, database: Database) -> None:
    with database.transaction() as db:
        (paper,) = draw(db, filled, cells()).papers
        for question in paper.items:
            options = {option["id"]: option["text"] for option in question.item_version.content.get("options", ())}
            assert sorted(question.option_order or ()) == sorted(options)
            if "d" in options and CATCH_ALL.match(options["d"]):
                assert question.option_order[-1] == "d"


def test_points_of_rules_are_the_tasks_shares(filled: World, database: Database) -> None:
    lopsided = {"cells": [cell(1, SINGLE, 11), cell(2, SINGLE, 9)]}
    with database.transaction() as db, pytest.raises(BadBlueprint):
        drawing.add_blueprint(db, filled.bank.id, "规则", [], rules=lopsided, now=filled.now)


def test_enemies_of_the_bank_and_items_named_by_a_rule_are_kept(filled: World, database: Database) -> None:
    with database.transaction() as db:
        wanted, unwanted = db.scalars(
            select(Item).where(Item.code.in_(["M1-TRUE_FALSE-1", "M1-TRUE_FALSE-2"])).order_by(Item.code)
        )
        rules = [{"kind": "INCLUDE", "item_ids": [str(wanted.id)]}, {"kind": "EXCLUDE", "item_ids": [str(unwanted.id)]}]
        (paper,) = draw(db, filled, cells(rules=rules)).papers
        items = {question.item_version.item_id for question in paper.items}
    assert wanted.id in items
    assert unwanted.id not in items


def test_of_a_family_of_the_bank_a_paper_has_one_item_at_most(filled: World, database: Database) -> None:
    with database.transaction() as db:
        for item in db.scalars(select(Item).where(Item.code.like("M1-TRUE_FALSE-%"))):
            item.family = "同一题干"
        with pytest.raises(NoForm) as refused:
            draw(db, filled, cells())
    assert [part["where"] for part in refused.value.extra["conflict"]] == [{"work_tasks": [1], "types": ["TRUE_FALSE"]}]


def test_parallel_forms_share_nothing_and_a_resit_sees_nothing_again(filled: World, database: Database) -> None:
    with database.transaction() as db:
        made = draw(db, filled, cells(), DrawKind.PARALLEL, count=2)
        one, other = made.papers
        assert (one.form_number, other.form_number) == (1, 2)
        assert not asked(one) & asked(other)
        again = drawing.draw_paper(
            db, made.blueprint_id, seed="x", seen=asked(one), by=filled.by("office"), now=filled.now
        )
        assert not asked(again) & asked(one)


def test_individual_forms_use_the_bank_evenly(filled: World, database: Database) -> None:
    with database.transaction() as db:
        made = draw(db, filled, cells(), DrawKind.INDIVIDUAL, count=12)
        uses: dict[UUID, int] = {}
        for paper in made.papers:
            for version in asked(paper):
                uses[version] = uses.get(version, 0) + 1
        assert len(made.papers) == 12
        assert max(uses.values()) <= 6  # twelve papers of five from eleven


def test_what_was_used_in_a_paper_rests_for_its_days(filled: World, database: Database) -> None:
    with database.transaction() as db:
        first = draw(db, filled, cells()).papers[0]
        rested = draw(db, filled, cells(policy={"cooldown_days": 30})).papers[0]
        assert not asked(first) & asked(rested)


@pytest.mark.parametrize(("kind", "count"), [(DrawKind.SINGLE, 1), (DrawKind.PARALLEL, 3), (DrawKind.INDIVIDUAL, 4)])
def test_every_stored_paper_is_proved_by_drawing_it_again(
    filled: World, database: Database, kind: DrawKind, count: int
) -> None:
    with database.transaction() as db:
        for paper in draw(db, filled, cells(), kind, count=count, overlap=10).papers:
            steps = list(redrawing.steps(db, paper.id))
            assert [step.fault for step in steps] == [""] * 4
    with database.transaction() as db:
        point_id = db.merge(filled.specification).work_tasks[0].knowledge_points[0].id
        _release(db, filled, "later", TRUTH, hard=False, point_id=point_id)
    with database.reading() as db:
        assert all(step.holds for step in redrawing.steps(db, paper.id))


def test_a_paper_of_rows_is_proved_too(world: World, database: Database) -> None:
    with database.reading() as db:
        assert all(step.holds for step in redrawing.steps(db, world.paper.id))


def test_a_question_that_was_changed_afterwards_is_found(filled: World, database: Database) -> None:
    with database.transaction() as db:
        (paper,) = draw(db, filled, cells()).papers
        paper.items[3].points += 1
        paper.items[0].item_version_id = paper.items[1].item_version_id
        db.flush()
        faults = [step.fault for step in redrawing.steps(db, paper.id) if not step.holds]
    assert len(faults) == 1
    assert "q1: item_version_id" in faults[0]
    assert "q4: points 501, drawn 500" in faults[0]


def test_feasibility_tells_supply_demand_and_what_stands_in_the_way(filled: World, database: Database) -> None:
    rules = cells(minutes=10)
    rules["cells"][0]["amount"] = 16
    with database.reading() as db:
        told = feasibility.feasibility(db, filled.bank.id, rules, now=filled.now)
    assert (told["points"], told["count"]) == (155_00, 31)
    assert [(one.demand, one.supply, one.enough) for one in told["cells"]][:2] == [(16, 11, False), (5, 11, True)]
    assert [part["kind"] for part in told["conflict"]] == ["CELL"]
    assert {one["rule"]["kind"] for one in told["loosenings"]} <= {"CELL", "SUM"}


def test_a_blueprint_of_a_resit_asks_nothing_of_the_papers_it_names(filled: World, database: Database) -> None:
    with database.transaction() as db:
        (first,) = draw(db, filled, cells()).papers
        rules = cells(policy={"seen_paper_ids": [str(first.id)]})
        told = feasibility.feasibility(db, filled.bank.id, rules, now=filled.now)
        (second,) = draw(db, filled, rules).papers
        assert not asked(first) & asked(second)
        assert [step.fault for step in redrawing.steps(db, second.id) if not step.holds] == []
    assert told["withheld"] == {Withheld.SEEN: 20}


def test_the_place_of_the_key_among_stored_options_can_be_asked_for(filled: World, database: Database) -> None:
    first = {"kind": "NUMBER", "where": {"types": ["SINGLE_CHOICE"], "key_positions": [1]}, "lower": 0, "upper": 2}
    with database.reading() as db:
        told = feasibility.feasibility(db, filled.bank.id, cells(rules=[first]), now=filled.now)
    kinds = {part["kind"]: part for part in told["conflict"]}
    assert kinds["NUMBER"]["where"]["key_positions"] == [1]
    assert len(kinds) == 2


def test_the_stock_counts_what_may_be_drawn_by_all_that_cells_ask_for(office: Caller, filled: World) -> None:
    lines = office.get(f"/api/banks/{filled.bank.id}/stock").json["lines"]
    hard = [line for line in lines if (line["type"], line["difficulty"]) == ("TRUE_FALSE", "HARD")]
    assert [(line["work_task"], line["knowledge_point"], line["count"]) for line in hard] == [(1, 1, 3), (2, 1, 3)]
    assert {line["importance"] for line in lines} == {None}


def test_the_command_proves_a_paper_and_fails_when_it_differs(
    world: World, database: Database, app_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examsvc.core.settings.load", lambda: app_settings)
    monkeypatch.setattr("examsvc.cli.papers.open_parts", lambda _: _Kept(database))
    proved = CliRunner().invoke(cli, ["paper", "redraw", str(world.paper.id)])
    assert (proved.exit_code, proved.output.count("✓")) == (0, 5)
    with database.transaction() as db:
        db.merge(world.paper).items[0].points = 1
    differs = CliRunner().invoke(cli, ["paper", "redraw", str(world.paper.id)])
    assert differs.exit_code == 1
    assert "q1: points 1, drawn 1000" in differs.output


class _Kept:
    """The test's database, which a command must not close."""

    def __init__(self, database: Database) -> None:
        self.reading, self.transaction = database.reading, database.transaction

    def close(self) -> None:
        pass


@pytest.fixture
def office(app: Flask, filled: World) -> Caller:
    return Caller(app).log_in("office")


def test_the_office_tries_adds_and_draws_a_set(office: Caller, filled: World, database: Database) -> None:
    bank = f"/api/banks/{filled.bank.id}"
    rules = cells(rules=[{"kind": "NUMBER", "where": {"difficulties": ["HARD"]}, "lower": 2}])
    told = office.post(f"{bank}/blueprints/feasibility", rules)
    assert (told.status_code, told.json["conflict"], told.json["points"]) == (200, [], 100_00)
    added = office.post(f"{bank}/blueprints", {"name": "规则", "rules": rules})
    assert added.status_code == 201, added.json
    assert added.json["rules"]["cells"][0]["amount"] == 5
    path = f"/api/blueprints/{added.json['blueprint_id']}/paper-sets"
    made = office.post(path, {"kind": "PARALLEL", "count": 2, "seed": "公开"})
    assert made.status_code == 202, made.json
    assert worker.run_jobs_once(database) == 1
    done = office.get(f"/api/jobs/{made.json['job_id']}").json
    papers = office.get(f"/api/paper-sets/{done['result']['draw_id']}").json["papers"]
    assert [(paper["form_number"], paper["form_count"], paper["question_count"]) for paper in papers] == [
        (1, 2, 20),
        (2, 2, 20),
    ]
    assert office.get(f"/api/papers/{papers[0]['paper_id']}").json["items"][0]["option_order"]


def test_a_set_that_cannot_be_is_refused_with_the_conflict(office: Caller, filled: World, database: Database) -> None:
    rules = cells(rules=[{"kind": "NUMBER", "where": {"difficulties": ["HARD"]}, "lower": 19}])
    added = office.post(f"/api/banks/{filled.bank.id}/blueprints", {"name": "难", "rules": rules}).json
    asked = office.post(f"/api/blueprints/{added['blueprint_id']}/paper-sets", {"kind": "INDIVIDUAL", "count": 3})
    worker.run_jobs_once(database)
    job = office.get(f"/api/jobs/{asked.json['job_id']}").json
    assert (job["state"], job["refusal"]["code"]) == ("REFUSED", "no_form")
    hard = {"kind": "NUMBER", "where": {"difficulties": ["HARD"]}, "lower": 19, "upper": None}
    assert hard in job["refusal"]["conflict"]


@pytest.mark.sqlite_only
def test_a_blueprint_has_rows_or_rules_and_not_both(office: Caller, filled: World) -> None:
    rows = [{"work_task": task, "type": kind, "count": 1, "points": 10_00} for task in (1, 2) for kind in ASKED]
    for body in ({"name": "无"}, {"name": "双", "rows": rows, "rules": cells()}):
        assert office.post(f"/api/banks/{filled.bank.id}/blueprints", body).status_code == 422
