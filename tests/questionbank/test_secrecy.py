"""Secret banks: encrypted at rest, looked at on record, exported by two people."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from callers import Caller
from click.testing import CliRunner
from flask import Flask
from servers import MASTER_KEY
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from world import World

from examsvc.cli import cli
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.sealing import SealBroken
from examsvc.core.settings import Settings
from examsvc.delivery import paper_forms
from questionbank import authoring, content, listing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.errors import ExportNotGranted, OwnGrant, OwnRelease
from questionbank.kinds import Difficulty, ItemType
from questionbank.likeness import duplicates
from questionbank.listing import ItemFilter
from questionbank.models import Item, ItemBank, ItemVersion, Paper
from questionbank.registration import registering, verifying
from questionbank.secrecy import exporting, keeping, keys, looks

STEM = "手持电动工具使用前应当先检查电源线和插头"
Act = dict[str, Any]


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def act(world: World, moving_clock: MovableClock) -> Act:
    return {"by": world.by("office"), "now": moving_clock()}


def rows(db: Session) -> list[str]:
    """Return what the table holds of every version, as whoever steals it reads it."""
    columns = "CAST(content AS VARCHAR(9999)), CAST(key AS VARCHAR(9999)), explanation"
    return [" ".join(row) for row in db.execute(text(f"SELECT {columns} FROM item_versions"))]  # noqa: S608 (our own words)


def write(db: Session, world: World, code: str, by: str, act: Act) -> ItemVersion:
    options = content.options_of(["断电", "通电"])
    point_id = db.scalars(select(ItemVersion.knowledge_point_id)).first()
    assert point_id
    wording = Wording(
        ItemType.SINGLE_CHOICE,
        Difficulty.EASY,
        point_id,
        {"stem": STEM, "options": options},
        {"right": ["a"]},
        "先断电",
        tags=["用电"],
    )
    return authoring.write_item(db, world.bank.id, code, wording, by=world.by(by), now=act["now"])


def test_a_stolen_table_tells_nothing_and_our_code_reads_on(db: Session, world: World, act: Act) -> None:
    before = {
        version.id: (version.content, version.key, version.explanation) for version in db.scalars(select(ItemVersion))
    }
    registered = registering.newest(db, world.bank.id)
    assert registered
    keeping.make_secret(db, world.bank.id, **act)
    write(db, world, "N-1", "author", act)
    stolen = "".join(rows(db))
    for clear in ("stem", "选", "right", "因为", "断电", json.dumps("选一项")[1:-1]):
        assert clear not in stolen
    db.expire_all()
    for version in db.scalars(select(ItemVersion)):
        told = (version.content, version.key, version.explanation)
        assert told == before.get(version.id, told)
        assert version.is_secret
    assert verifying.verify(db, registered.id)["holds"]


def test_candidates_get_their_questions_from_a_secret_bank(db: Session, world: World, act: Act) -> None:
    keeping.make_secret(db, world.bank.id, **act)
    paper_forms._kept.clear()
    form = paper_forms.form_of(db, world.paper.id)
    assert {question.stem[:2] for question in form.values()} == {"T1", "T2"}


def test_a_value_that_looks_encrypted_is_no_trap(db: Session, world: World, act: Act) -> None:
    version = write(db, world, "N-1", "author", act)
    version.content = {"stem": "题", "sealed": "x"}
    version.explanation = "sealed:x:y"
    db.flush()
    db.expire(version)
    assert (version.content, version.explanation) == ({"stem": "题", "sealed": "x"}, "sealed:x:y")


def test_what_was_altered_in_the_table_is_not_read(db: Session, world: World, act: Act) -> None:
    keeping.make_secret(db, world.bank.id, **act)
    db.execute(text("UPDATE item_versions SET key = content"))
    db.expire_all()
    with pytest.raises(SealBroken):
        db.scalars(select(ItemVersion)).first()
    wrapped = keys.new_wrapped()
    sealed = keys.seal(wrapped, "json", b"{}")
    with pytest.raises(SealBroken):
        keys.unseal(wrapped, "text", sealed)
    with pytest.raises(SealBroken):
        keys.unseal(keys.new_wrapped(), "json", sealed)


def test_a_secret_bank_is_found_by_code_and_tag_but_not_by_its_text(db: Session, world: World, act: Act) -> None:
    write(db, world, "OLD-1", "author", act)

    def found(**wanted: str) -> list[str]:
        return [version.item.code for version in listing.items(db, world.bank.id, ItemFilter(**wanted), page=1).items]

    assert found(text="电源线") == ["OLD-1"]
    keeping.make_secret(db, world.bank.id, **act)
    write(db, world, "N-1", "author", act)
    assert found(text="电源线") == []
    assert (found(text="n-1"), found(tag="用电")) == (["N-1"], ["N-1", "OLD-1"])
    assert not db.execute(text("SELECT 1 FROM item_grams WHERE gram = '电源'")).first()
    assert {version.listed_stem for version in listing.items(db, world.bank.id, ItemFilter(), page=1).items} == {""}


def test_duplicates_are_found_in_a_secret_bank_too(db: Session, world: World, act: Act) -> None:
    write(db, world, "OLD-1", "author", act)
    keeping.make_secret(db, world.bank.id, **act)
    alike = duplicates.of_version(db, write(db, world, "N-1", "author", act))
    assert [(one.version.item.code, one.is_same) for one in alike] == [("OLD-1", True)]


def test_of_a_secret_bank_the_reviewer_does_not_release_either(db: Session, world: World, act: Act) -> None:
    keeping.make_secret(db, world.bank.id, **act)
    version = write(db, world, "N-1", "author", act)
    reviewing.submit(db, version.id, by=world.by("author"), now=act["now"])
    reviewing.approve(db, version.id, by=world.by("reviewer"), now=act["now"])
    for same in ("author", "reviewer"):
        with pytest.raises(OwnRelease):
            releasing.release(db, version.id, by=world.by(same), now=act["now"])
    assert releasing.release(db, version.id, **act).state == "RELEASED"


def test_a_new_key_encrypts_everything_anew_and_changes_nothing_that_is_read(
    db: Session, world: World, act: Act
) -> None:
    keeping.make_secret(db, world.bank.id, **act)
    version, stolen = write(db, world, "N-1", "author", act), rows(db)
    old_key = db.get_one(ItemBank, world.bank.id).wrapped_key
    assert keeping.rotate_keys(db, world.bank.id, **act) == len(stolen)
    assert not set(rows(db)) & set(stolen)
    assert old_key not in "".join(rows(db))
    assert (version.content["stem"], version.explanation) == (STEM, "先断电")
    assert [bank.id for bank in keeping.secret_banks(db)] == [world.bank.id]


@pytest.mark.sqlite_only
def test_the_command_line_moves_secret_banks_to_a_new_master_key(
    world: World, database: Database, app_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: Act
) -> None:
    with database.transaction() as db:
        keeping.make_secret(db, world.bank.id, **act)
    former, new_key = tmp_path / "former.key", base64.b64encode(b"n" * 32).decode()
    former.write_text(MASTER_KEY)
    monkeypatch.setenv("EXAMSVC_DATABASE_URL", app_settings.database_url)
    monkeypatch.setenv("EXAMSVC_DATA_DIR", str(app_settings.data_dir))
    monkeypatch.setenv("EXAMSVC_MASTER_KEY", new_key)
    assert CliRunner().invoke(cli, ["bank", "verify"]).exit_code == 1
    rotated = CliRunner().invoke(cli, ["bank", "rotate-keys", "--former-master-key", str(former)])
    assert rotated.output == "测试题库: 10 versions\n"
    assert CliRunner().invoke(cli, ["bank", "verify"]).exit_code == 0


def test_an_export_of_a_secret_bank_needs_a_second_person_and_is_good_once_within_a_day(
    db: Session, world: World, act: Act
) -> None:
    author = {"by": world.by("author"), "now": act["now"]}
    assert len(exporting.export(db, world.bank.id, **author)["items"]) == 10
    keeping.make_secret(db, world.bank.id, **act)
    with pytest.raises(ExportNotGranted):
        exporting.export(db, world.bank.id, **author)
    asked = exporting.ask(db, world.bank.id, reason="备份", **author)
    db.flush()
    with pytest.raises(OwnGrant):
        exporting.grant(db, asked.id, **author)
    with pytest.raises(ExportNotGranted):
        exporting.export(db, world.bank.id, **author)
    exporting.grant(db, asked.id, **act)
    with pytest.raises(ExportNotGranted):
        exporting.export(db, world.bank.id, by=world.by("reviewer"), now=act["now"])
    with pytest.raises(ExportNotGranted):
        exporting.export(db, world.bank.id, by=world.by("author"), now=act["now"] + timedelta(hours=24))
    assert exporting.export(db, world.bank.id, **author)["items"][0]["key"] == {"right": ["b"]}
    with pytest.raises(ExportNotGranted):
        exporting.export(db, world.bank.id, **author)
    actions = [entry.action for entry in audit.history(db, f"bank:{world.bank.id}")]
    assert actions == [
        "bank.registered",
        "bank.exported",
        "bank.made_secret",
        "bank.export_asked",
        "bank.export_granted",
        "bank.exported",
    ]


def test_the_database_itself_knows_that_an_export_needs_two_people(db: Session, world: World, act: Act) -> None:
    asked = exporting.ask(db, world.bank.id, reason="备份", **act)
    asked.granted_by_id, asked.granted_at = world.by("office").account_id, act["now"]
    with pytest.raises(IntegrityError):
        db.flush()


def test_over_the_edge_every_look_is_on_record_and_no_list_tells_a_stem(
    app: Flask, world: World, database: Database
) -> None:
    office, author = Caller(app).log_in("office"), Caller(app).log_in("author")
    assert office.post(f"/api/banks/{world.bank.id}/secrecy", {}).json["is_secret"] is True
    assert author.get(f"/api/banks/{world.bank.id}").json["is_secret"] is True
    page = author.get(f"/api/banks/{world.bank.id}/items").json
    paper = office.get(f"/api/papers/{world.paper.id}").json
    assert {line["stem"] for line in (*page["items"], *paper["items"])} == {""}
    line = page["items"][0]
    assert "选" in author.get(f"/api/items/{line['item_id']}").json["versions"][0]["content"]["stem"]
    office.get(f"/api/item-versions/{line['version_id']}/preview")
    office.get(f"/api/items/{line['item_id']}/differences?from=1&to=1")
    author.get(f"/api/item-versions/{line['version_id']}/key")
    with database.reading() as db:
        looks = [(e.action, e.actor_name) for e in audit.history(db, f"item:{line['item_id']}")][-5:]
    assert looks == [("item.read", "author先生"), *[("item.read", "office先生")] * 3, ("item.viewed", "author先生")]


def test_the_manager_reads_page_by_page_who_looked_at_what(
    app: Flask, world: World, moving_clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "PAGE_SIZE", 2)
    monkeypatch.setattr(audit.reading, "STREAMS_A_QUERY", 4)
    office, author = Caller(app).log_in("office"), Caller(app).log_in("author")
    office.post(f"/api/banks/{world.bank.id}/secrecy", {})
    lines = author.get(f"/api/banks/{world.bank.id}/items").json["items"]
    for line in (lines[0], lines[-1]):
        moving_clock.forward(seconds=1)
        author.get(f"/api/item-versions/{line['version_id']}/key")
    moving_clock.forward(seconds=1)
    author.post(f"/api/banks/{world.bank.id}/exports", {"reason": "备份"})
    path = f"/api/banks/{world.bank.id}/looks"
    first = office.get(path).json
    assert [(one["action"], one["code"], one["actor"]) for one in first["items"]] == [
        ("bank.export_asked", None, "author先生"),
        ("item.viewed", lines[-1]["code"], "author先生"),
    ]
    assert (first["items"][0]["reason"], first["items"][1]["version"]) == ("备份", 1)
    second = office.get(f"{path}?after={first['next']}").json
    assert [one["action"] for one in second["items"]] == ["item.viewed", "bank.made_secret"]
    assert second["next"] is None
    assert office.get(f"{path}?after=x").json["code"] == "bad_cursor"
    assert author.get(path).status_code == 403


def test_over_the_edge_an_export_is_asked_for_granted_and_taken(app: Flask, world: World) -> None:
    office, author = Caller(app).log_in("office"), Caller(app).log_in("author")
    office.post(f"/api/banks/{world.bank.id}/secrecy", {})
    path = f"/api/banks/{world.bank.id}/export"
    assert author.post(path, {}).json["code"] == "export_not_granted"
    (asked,) = author.post(f"{path}s", {"reason": "备份"}).json["items"]
    grant = f"/api/bank-exports/{asked['export_id']}/grant"
    assert author.post(grant, {}).json["code"] == "own_grant"
    assert office.post(grant, {}).json["items"][0]["granted_by"] == "office先生"
    assert len(author.post(path, {}).json["items"]) == 10
    assert office.post(path, {}).status_code == 403
    assert author.get(f"{path}s").json["items"][0]["used_at"] is not None


def test_a_page_of_a_secret_bank_takes_no_more_queries(db: Session, world: World, database: Database, act: Act) -> None:
    keeping.make_secret(db, world.bank.id, **act)
    db.expire_all()
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    listing.items(db, world.bank.id, ItemFilter(), page=1)
    assert sum(statement.startswith("SELECT") for statement in seen) == 3
    assert db.scalars(select(Item)).first()
    assert db.get(Paper, world.paper.id)
