"""What comes in with many others is found, and known to be alike, a little later; nothing is lost on the way."""

from dataclasses import replace

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit, sweeps
from examsvc.core.db import Database
from questionbank import authoring, content, describing, listing
from questionbank.authoring import NewItem, NextVersion, Wording
from questionbank.kinds import Difficulty, ItemType
from questionbank.likeness import duplicates
from questionbank.listing import ItemFilter
from questionbank.models import Item, ItemVersion, UndescribedVersion

STEM = "使用万用表测量电阻之前，下列哪一项应当首先完成？"


def worded(db: Session, stem: str = STEM) -> Wording:
    shown = {"stem": stem, "options": content.options_of(["断开电源", "短接表笔", "更换电池", "接通负载"])}
    point = db.scalars(select(ItemVersion.knowledge_point_id)).first()
    assert point
    return Wording(ItemType.SINGLE_CHOICE, Difficulty.EASY, point, shown, {"right": ["a"]}, "")


def write(database: Database, world: World, *codes: str) -> None:
    with database.transaction() as db:
        new = [NewItem(code, worded(db)) for code in codes]
        authoring.write_items(db, world.bank.id, new, by=world.by("author"), now=world.now)


def found(db: Session, world: World, words: str) -> list[str]:
    return [version.code for version in listing.items(db, world.bank.id, ItemFilter(text=words)).items]


def version_of(db: Session, code: str) -> ItemVersion:
    return db.scalars(select(ItemVersion).where(ItemVersion.code == code)).one()


def test_the_sweep_describes_what_a_process_left_when_it_was_killed(database: Database, world: World) -> None:
    write(database, world, *(f"N-{number}" for number in range(describing.A_SLICE + 1)))
    with database.reading() as db:
        assert found(db, world, "万用表") == []
    assert sweeps.run(database, [describing.SWEEP]) == 2  # slices
    with database.reading() as db:
        assert "N-0" in found(db, world, "万用表")
        assert duplicates.of_version(db, version_of(db, "N-1"))
        assert not db.scalars(select(UndescribedVersion)).all()
    assert sweeps.run(database, [describing.SWEEP]) == 0


def test_a_draft_that_was_revised_meanwhile_is_found_by_what_it_says_now(database: Database, world: World) -> None:
    write(database, world, "N-1")
    with database.transaction() as db:
        wording = worded(db, "示波器的探头应当怎样校准？")
        authoring.revise_draft(db, version_of(db, "N-1").id, wording, by=world.by("author"), now=world.now)
    sweeps.run(database, [describing.SWEEP])
    with database.reading() as db:
        assert found(db, world, "示波器") == ["N-1"]
        assert found(db, world, "万用表") == []


def test_next_versions_of_many_items_follow_in_their_history(database: Database, world: World) -> None:
    write(database, world, "N-1", "N-2")
    with database.transaction() as db:
        db.execute(text("UPDATE item_versions SET state = 'RETIRED' WHERE code LIKE 'N-%'"))
        items = db.scalars(select(Item).where(Item.code.like("N-%"))).all()
        versions = [NextVersion(item.id, item.code, 2, worded(db, f"{item.code}{STEM}")) for item in items]
        versions = [replace(one, wording=replace(one.wording, tags=("新", "新"))) for one in versions]
        authoring.write_versions(db, world.bank.id, versions, by=world.by("author"), now=world.now)
    with database.reading() as db:
        for item in items:
            second = db.scalars(select(ItemVersion).filter_by(item_id=item.id, number=2)).one()
            assert (second.state, second.tags, second.code) == ("DRAFT", ["新"], item.code)
            assert [entry.detail["version"] for entry in audit.history(db, second.audit_stream)] == [1, 2]
            assert audit.verify(db, second.audit_stream) is None
