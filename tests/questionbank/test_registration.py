"""Registered versions of a bank: frozen, proved, and the only source of exams."""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from callers import Caller
from click.testing import CliRunner
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from world import World

from examsvc.cli import cli
from examsvc.core import canonical
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from examsvc.delivery import planning
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.registry import service as registry
from questionbank import authoring, drawing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.errors import (
    BankOfAnotherSpecification,
    NothingReleased,
    PaperCompromised,
    PaperNotRegistered,
)
from questionbank.kinds import Difficulty, ItemType
from questionbank.likeness import enemies
from questionbank.models import Item, ItemVersion, Paper
from questionbank.registration import changes, coverage, registering, verifying, yields
from questionbank.registration.models import BankVersion


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def act(world: World, moving_clock: MovableClock) -> dict[str, Any]:
    return {"by": world.by("office"), "now": moving_clock()}


def registered(db: Session, world: World) -> BankVersion:
    return db.scalars(select(BankVersion).where(BankVersion.bank_id == world.bank.id)).one()


def some_item(db: Session) -> ItemVersion:
    return db.scalars(select(ItemVersion).join(Item).order_by(Item.code)).first()  # type: ignore[return-value]


def release_new(db: Session, world: World, code: str, **act: Any) -> ItemVersion:
    """Write a true-or-false item to the first knowledge point, and release it."""
    point_id, by = some_item(db).knowledge_point_id, {"by": world.by("author"), "now": act["now"]}
    wording = Wording(ItemType.TRUE_FALSE, Difficulty.HARD, point_id, {"stem": code}, {"value": True}, "")
    version = authoring.write_item(db, world.bank.id, code, wording, **by)
    reviewing.submit(db, version.id, **by)
    reviewing.approve(db, version.id, by=world.by("reviewer"), now=act["now"])
    return releasing.release(db, version.id, **act)


def test_the_manifest_names_every_released_version_with_a_digest_of_what_it_says(db: Session, world: World) -> None:
    told = verifying.manifest_of(db, registered(db, world).id)
    assert [item["code"] for item in told["manifest"]["items"]] == [f"T{t}-{n}" for t in (1, 2) for n in range(1, 6)]
    assert canonical.digest(told["manifest"]) == told["digest"]
    assert verifying.verify(db, registered(db, world).id) == {
        "digest": told["digest"],
        "computed": told["digest"],
        "holds": True,
        "altered": [],
    }


@pytest.mark.parametrize("changes", [{"content": {"stem": "改"}}, {"key": {"right": ["d"]}}, {"tags": ["新"]}])
def test_content_key_and_metadata_that_were_altered_behind_our_back_are_found(
    db: Session, world: World, changes: dict[str, Any]
) -> None:
    version = some_item(db)
    db.execute(update(ItemVersion).where(ItemVersion.id == version.id).values(**changes))
    db.expire_all()
    proof = verifying.verify(db, registered(db, world).id)
    assert (proof["holds"], proof["altered"]) == (False, ["T1-1"])


def test_an_unchanged_bank_keeps_its_version_and_a_changed_one_gets_another(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    first = registered(db, world)
    assert registering.register(db, world.bank.id, filing_id=world.filing.id, **act) is first
    release_new(db, world, "Z-NEW", **act)
    second = registering.register(db, world.bank.id, filing_id=world.filing.id, **act)
    assert (second.number, first.number) == (2, 1)
    assert len(verifying.manifest_of(db, second.id)["manifest"]["items"]) == 11
    assert verifying.verify(db, first.id)["holds"]


def test_a_bank_is_registered_for_a_filing_of_its_own_and_not_empty(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    empty = authoring.create_bank(db, world.organisation.id, world.specification.id, "空", now=act["now"])
    with pytest.raises(NothingReleased):
        registering.register(db, empty.id, **act)
    tasks = [registry.WorkTaskPlan("全部", 40, 60, ["能"], ["知"])]
    other = registry.adopt_specification(
        db, world.scheme.id, definition="另", audience="人", theory_minutes=60, work_tasks=tasks, **act
    )
    days = {"valid_from_on": date(2026, 1, 1), "valid_to_on": date(2028, 12, 31)}
    filing = registry.file(db, world.organisation.id, other.id, number="备案-2", **days, **act)
    with pytest.raises(BankOfAnotherSpecification):
        registering.register(db, world.bank.id, filing_id=filing.id, **act)


def plan_of(db: Session, world: World) -> SessionPlan:
    found = db.get_one(ExamSession, world.exam_session.id)
    names = SessionPlan.__dataclass_fields__
    return replace(SessionPlan(**{name: getattr(found, name) for name in names}), code="S2")


def test_an_exam_session_refuses_a_paper_that_was_not_drawn_from_the_registered_bank(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    paper = db.get_one(Paper, world.paper.id)
    assert paper.bank_version_id == registered(db, world).id
    paper.bank_version_id = None
    with pytest.raises(PaperNotRegistered):
        planning.create_session(db, plan_of(db, world), **act)
    drawn = drawing.draw_paper(db, world.blueprint.id, seed="again", **act)
    assert planning.create_session(db, replace(plan_of(db, world), paper_id=drawn.id), **act).paper_id == drawn.id


def test_a_paper_with_a_compromised_question_is_neither_planned_nor_published(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    draft = planning.create_session(db, plan_of(db, world), **act)
    question = db.get_one(Paper, world.paper.id).items[0]
    releasing.compromise(db, question.item_version_id, reason="外泄", **act)
    with pytest.raises(PaperCompromised) as refused:
        planning.create_session(db, replace(plan_of(db, world), code="S3"), **act)
    assert refused.value.extra["codes"] == [question.item_version.item.code]
    draft.enrolments = []
    with pytest.raises(PaperCompromised):
        planning.change_session(db, draft.id, {"title": "改"}, **act)


ROWS = [
    {"work_task": 1, "type": "TRUE_FALSE", "count": 1},
    {"work_task": 1, "type": "TRUE_FALSE", "count": 2},
    {"work_task": 2, "type": "NUMERIC", "count": 2},
]
FIRST, SECOND = (1, "TRUE_FALSE"), (2, "NUMERIC")


def families(*sizes: int) -> dict[Hashable, int]:
    return dict(enumerate(sizes))


@pytest.mark.parametrize(
    ("supply", "papers", "scarcest"),
    [
        ({FIRST: families(*[1] * 9), SECOND: families(*[1] * 4)}, 2, SECOND),
        ({FIRST: families(*[1] * 5), SECOND: families(*[1] * 4)}, 1, FIRST),
        ({FIRST: families(*[1] * 9)}, 0, SECOND),
        ({}, 0, FIRST),
        ({FIRST: families(2, 2, 2), SECOND: families(*[1] * 9)}, 2, FIRST),
        ({FIRST: families(9, 1), SECOND: families(*[1] * 9)}, 0, FIRST),
        ({FIRST: families(7, 1, 1, 1), SECOND: families(*[1] * 9)}, 1, FIRST),
    ],
)
def test_the_scarcest_stratum_decides_how_many_papers_share_no_question_and_no_family(
    supply: dict[yields.Stratum, dict[Hashable, int]], papers: int, scarcest: yields.Stratum
) -> None:
    asked = yields.demand(ROWS)
    assert (yields.disjoint_papers(asked, supply), yields.scarcest(asked, supply)) == (papers, scarcest)


@settings(deadline=None)
@given(st.lists(st.integers(1, 3), max_size=4), st.integers(1, 3))
def test_the_number_of_papers_of_one_stratum_is_what_dealing_out_reaches(sizes: list[int], count: int) -> None:
    items = [number for number, size in enumerate(sizes) for _ in range(size)]
    told = yields.disjoint_papers({FIRST: count}, {FIRST: families(*sizes)})
    assert _can_deal(Counter(items), count, told)
    assert not _can_deal(Counter(items), count, told + 1)


def _can_deal(left: Counter[int], count: int, papers: int) -> bool:
    """Return whether the papers can be filled with `count` items each of different families, by trying all ways."""
    if papers == 0:
        return True
    choices = combinations([family for family, size in left.items() if size], count)
    return any(_can_deal(left - Counter(chosen), count, papers - 1) for chosen in choices)


def test_the_report_counts_what_is_still_released_by_point_type_and_difficulty(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    release_new(db, world, "Z-NEW", **act)
    latest = registering.register(db, world.bank.id, filing_id=world.filing.id, **act)
    told = coverage.report(db, latest.id)
    assert [(task["number"], task["items"]) for task in told["work_tasks"]] == [(1, 6), (2, 5)]
    cells = told["work_tasks"][0]["knowledge_points"][0]["cells"]
    assert {"type": "TRUE_FALSE", "difficulty": "HARD", "count": 1} in cells
    assert [(line["papers"], line["scarcest"]) for line in told["blueprints"]] == [
        (1, {"work_task": 1, "type": "FILL_IN"})
    ]
    releasing.compromise(db, some_item(db).id, reason="外泄", **act)
    told = coverage.report(db, latest.id)
    assert (told["work_tasks"][0]["items"], told["blueprints"][0]["papers"]) == (5, 0)


def test_the_number_of_papers_is_a_bound_where_more_than_families_keeps_items_apart(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    def told() -> tuple[int, bool]:
        (line,) = coverage.report(db, registered(db, world).id)["blueprints"]
        return line["papers"], line["is_exact"]

    assert told() == (1, True)
    one, other = db.scalars(select(Item).order_by(Item.code).limit(2)).all()
    enemies.oppose(db, world.bank.id, one.id, other.id, reason="", **act)
    assert told() == (1, False)
    enemies.reconcile(db, one.id, other.id, **act)
    for item in (one, other):
        enemies.join_family(db, item.id, "用电", **act)
    assert told() == (1, False)


def test_what_came_went_and_was_worded_anew_between_two_registered_versions_is_told(
    db: Session, world: World, act: dict[str, Any]
) -> None:
    first, old = registered(db, world), some_item(db)
    release_new(db, world, "Z-NEW", **act)
    gone = db.scalars(select(ItemVersion).where(ItemVersion.code == "T1-2")).one()
    releasing.retire(db, gone.id, reason="旧", **act)
    wording = Wording(**{name: getattr(old, name) for name in Wording.__dataclass_fields__})
    by = {"by": world.by("author"), "now": act["now"]}
    new = authoring.write_version(db, old.item_id, replace(wording, explanation="改"), **by)
    reviewing.submit(db, new.id, **by)
    reviewing.approve(db, new.id, by=world.by("reviewer"), now=act["now"])
    releasing.release(db, new.id, **act)
    second = registering.register(db, world.bank.id, filing_id=world.filing.id, **act)
    assert (first.item_count, second.item_count) == (10, 10)
    assert changes.between(db, first.id, second.id) == {
        "added": [{"code": "Z-NEW", "before": None, "after": 1}],
        "removed": [{"code": "T1-2", "before": 1, "after": None}],
        "changed": [{"code": "T1-1", "before": 1, "after": 2}],
    }
    assert changes.between(db, second.id, second.id) == {"added": [], "removed": [], "changed": []}


def test_the_office_registers_reads_and_proves_over_the_edge(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/banks/{world.bank.id}/registered"
    (line,) = office.get(path).json["items"]
    assert (line["number"], line["filing_number"]) == (1, "备案-1")
    again = office.post(path, {"filing_id": str(world.filing.id)})
    assert (again.status_code, len(again.json["items"])) == (201, 1)
    one = f"/api/registered-banks/{line['bank_version_id']}"
    assert len(office.get(f"{one}/manifest").json["manifest"]["items"]) == 10
    assert hashlib.sha256(office.get(f"{one}/manifest.json").data).hexdigest() == line["digest"]
    assert office.get(f"{one}/changes/{line['bank_version_id']}").json["added"] == []
    assert office.get(f"{one}/changes/{world.bank.id}").status_code == 404
    (filing,) = office.get(f"/api/banks/{world.bank.id}/filings").json["items"]
    assert (filing["filing_id"], filing["number"]) == (str(world.filing.id), "备案-1")
    assert office.get(f"{one}/verification").json["holds"] is True
    assert [len(task["knowledge_points"]) for task in office.get(f"{one}/coverage").json["work_tasks"]] == [1, 1]
    assert Caller(app).log_in("author").get(f"{one}/manifest").status_code == 403


@pytest.mark.sqlite_only
def test_the_command_line_proves_all_registered_banks(
    world: World, database: Database, app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMSVC_DATABASE_URL", app_settings.database_url)
    monkeypatch.setenv("EXAMSVC_DATA_DIR", str(app_settings.data_dir))
    assert CliRunner().invoke(cli, ["bank", "verify"]).exit_code == 0
    register = CliRunner().invoke(cli, ["bank", "register", str(world.bank.id), "备案-1"])
    assert register.output.startswith("version 1  ")
    with database.transaction() as db:
        db.execute(update(ItemVersion).values(explanation="改"))
    broken = CliRunner().invoke(cli, ["bank", "verify", str(world.bank.id)])
    assert (broken.exit_code, "altered: T1-1, " in broken.output) == (1, True)
