"""A bank is taken out into a file, and the file makes the same bank elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from items import every_type
from scenes import scene
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit, canonical
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from questionbank import authoring, exporting, reviewing
from questionbank.errors import ExportNotGranted
from questionbank.importing import taking
from questionbank.importing.taking import Sent
from questionbank.interchange import writing
from questionbank.interchange.model import Format, Level, ReadItem, Refused
from questionbank.kinds import ItemType
from questionbank.models import Item, ItemVersion
from questionbank.secrecy import exporting as leave
from questionbank.secrecy import keeping

WHOLE = [Format.QTI21, Format.QTI22, Format.QTI3]
IN_PART = [Format.XLSX, Format.CSV, Format.MOODLE_XML, Format.GIFT, Format.AIKEN]


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def now(world: World, moving_clock: MovableClock) -> datetime:
    return moving_clock()


def empty_bank(db: Session, world: World, name: str) -> UUID:
    return authoring.create_bank(db, world.organisation.id, world.specification.id, name, now=world.now).id


def bring_in(db: Session, world: World, bank_id: UUID, file: Path) -> None:
    """Import a file, and have every draft approved."""
    author, reviewer = {"by": world.by("author"), "now": world.now}, {"by": world.by("reviewer"), "now": world.now}
    point_id = db.scalars(select(ItemVersion.knowledge_point_id)).first()
    sent = Sent(file.name, file.read_bytes(), knowledge_point_id=point_id)
    found = taking.remember(db, bank_id, sent, taking.look(db, bank_id, sent), **author)
    taking.take(db, found.id, leave_errors=False, **author)
    for version in db.scalars(select(ItemVersion).join(Item).where(Item.bank_id == bank_id)).all():
        reviewing.submit(db, version.id, **author)
        reviewing.approve(db, version.id, **reviewer)
    db.flush()


def said(items: list[ReadItem]) -> dict[str, str]:
    """Return what each item says, files and all, under its stem."""
    return {
        item.content["stem"]: canonical.digest(
            {
                "type": item.type,
                "content": dict(item.content),
                "key": dict(item.key),
                "explanation": item.explanation,
                "place": item.knowledge_point,
                "media": sorted(medium.digest for medium in item.media),
            }
        )
        for item in items
    }


@scene
def full(database: Database, world: World, tmp_path: Path) -> UUID:
    """A bank with an item of every type, all approved."""
    placed = [replace(item, work_task="", knowledge_point="") for item in every_type.items()]
    writing.write(placed, Format.QTI3, tmp_path / "every.zip")
    with database.transaction() as db:
        bank = empty_bank(db, world, "满的题库")
        bring_in(db, world, bank, tmp_path / "every.zip")
    return bank


@pytest.mark.parametrize("into", WHOLE)
def test_a_bank_taken_out_and_brought_into_another_is_equal(
    db: Session, world: World, full: UUID, into: Format, tmp_path: Path, now: datetime
) -> None:
    assert exporting.take_out(db, full, into, tmp_path / "out.zip", by=world.by("author"), now=now) == []
    other = empty_bank(db, world, "空的题库")
    bring_in(db, world, other, tmp_path / "out.zip")
    before, after = list(exporting.items(db, full)), list(exporting.items(db, other))
    assert {item.type for item in before} == set(ItemType)
    assert said(after) == said(before)
    assert [(item.code, item.external_id, item.tags, item.difficulty) for item in after] == [
        (item.code, item.external_id, item.tags, item.difficulty) for item in before
    ]


@pytest.mark.parametrize("into", IN_PART)
def test_what_a_format_says_it_carries_comes_back_equal(
    db: Session, world: World, full: UUID, into: Format, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / f"out.{'csv' if into is Format.CSV else 'xlsx' if into is Format.XLSX else 'txt'}"
    problems = exporting.take_out(db, full, into, file, by=world.by("author"), now=now)
    other = empty_bank(db, world, "空的题库")
    bring_in(db, world, other, file)
    lossy = {problem.where for problem in problems}
    before = [item for item in exporting.items(db, full) if item.where not in lossy]
    after = said(list(exporting.items(db, other)))
    assert {stem: after.get(stem) for stem in said(before)} == said(before)
    left_out = {problem.where for problem in problems if problem.level is Level.ERROR}
    assert len(after) == len([item for item in exporting.items(db, full) if item.where not in left_out])


def test_a_paper_with_its_key_is_written_of_every_item(
    db: Session, world: World, full: UUID, tmp_path: Path, now: datetime
) -> None:
    target = tmp_path / "paper.docx"
    exporting.take_out(db, full, Format.DOCX, target, by=world.by("author"), now=now)
    assert target.read_bytes().startswith(b"PK")


def test_only_what_was_approved_goes_out_and_the_export_is_on_record(
    db: Session, world: World, tmp_path: Path, now: datetime
) -> None:
    bank = empty_bank(db, world, "空的题库")
    exporting.take_out(db, bank, Format.XLSX, tmp_path / "x.xlsx", by=world.by("author"), now=now)
    assert [entry.action for entry in audit.history(db, f"bank:{bank}")] == ["bank.exported"]
    codes = {item.code for item in exporting.items(db, world.bank.id)}
    assert len(codes) == 10


def test_a_secret_bank_is_not_written_without_leave_and_once_with_it(
    db: Session, world: World, tmp_path: Path, now: datetime
) -> None:
    author, office = {"by": world.by("author"), "now": now}, {"by": world.by("office"), "now": now}
    keeping.make_secret(db, world.bank.id, **office)
    target = tmp_path / "secret.zip"
    with pytest.raises(ExportNotGranted):
        exporting.take_out(db, world.bank.id, Format.QTI3, target, **author)
    assert not target.exists()
    asked = leave.ask(db, world.bank.id, reason="备份", **author)
    db.flush()
    leave.grant(db, asked.id, **office)
    exporting.take_out(db, world.bank.id, Format.QTI3, target, **author)
    assert target.stat().st_size > 0
    with pytest.raises(ExportNotGranted):
        exporting.take_out(db, world.bank.id, Format.QTI3, target, **author)


def test_a_format_that_is_only_read_is_not_written(db: Session, world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="format_unwritten"):
        exporting.carried(db, world.bank.id, Format.TEXT, tmp_path / "x.txt")
