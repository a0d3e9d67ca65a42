"""What the pool of a draw says of items beyond their metadata."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from pools import TRUTH, item
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from examsvc.core.db import Database
from questionbank import bases, facts
from questionbank.calibrations import keeping as calibrations
from questionbank.calibrations.keeping import Measured
from questionbank.kinds import Difficulty, ItemType
from questionbank.models import ItemVersion
from questionbank.secrecy import keeping as secrecy


@pytest.mark.parametrize(
    ("tags", "named"),
    [
        (["材料：配电箱图"], "配电箱图"),
        (["安全", " Stimulus: Fig. 2 "], "Fig. 2"),
        (["材料"], None),
        (["材料："], None),
        (["原材料：铜"], None),
        ([], None),
    ],
)
def test_a_tag_names_the_material_that_items_share(tags: list[str], named: str | None) -> None:
    assert facts.stimulus(tags) == named


def test_only_a_single_choice_has_a_place_of_its_key() -> None:
    content: dict[str, Any] = {"options": [{"id": "x", "text": "甲"}, {"id": "y", "text": "乙"}]}
    assert facts.key_position(ItemType.SINGLE_CHOICE, content, {"right": ["y"]}) == 2
    assert facts.key_position(ItemType.MULTIPLE_CHOICE, content, {"right": ["x", "y"]}) is None
    assert facts.key_position(TRUTH, {}, {"value": True}) is None


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def single(db: Session, world: World) -> ItemVersion:
    query = select(ItemVersion).filter_by(bank_id=world.bank.id, type=ItemType.SINGLE_CHOICE)
    return db.scalars(query.order_by(ItemVersion.code).limit(1)).one()


def of(db: Session, world: World, version_id: UUID) -> Any:
    return next(one for one in bases.pool(db, world.bank.id) if one.version_id == version_id)


def test_the_pool_says_where_the_key_stands_but_never_of_a_secret_bank(db: Session, world: World) -> None:
    version = single(db, world)
    ids = [option["id"] for option in version.content["options"]]
    assert of(db, world, version.id).key_position == ids.index(version.key["right"][0]) + 1
    secrecy.make_secret(db, world.bank.id, by=world.by("office"), now=world.now)
    db.expire_all()
    assert {one.key_position for one in bases.pool(db, world.bank.id)} == {None}


def test_the_latest_estimates_of_a_version_are_in_the_pool(db: Session, world: World) -> None:
    version = single(db, world)
    assert (of(db, world, version.id).information, of(db, world, version.id).expected) == (0.0, 0.0)
    first = Measured(version.id, slope=1.0, difficulty=0.5, expected=0.4, information=0.24)
    for measured in (first, replace(first, expected=0.5, information=0.25)):
        assert calibrations.keep(db, [measured], model="1pl", people=40, now=world.now) == 1
    assert (of(db, world, version.id).information, of(db, world, version.id).expected) == (0.25, 0.5)


def test_an_item_of_the_pool_is_as_hard_as_its_label() -> None:
    assert item(1, difficulty=Difficulty.HARD).level == 3
