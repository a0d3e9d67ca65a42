from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import IllegalTransition
from examsvc.registry.models import KnowledgePoint, SchemeSpecification
from questionbank import authoring, bases, content, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.errors import BadItem, CodeTaken, ExternalIdTaken, ItemFrozen, NotTheAuthor, OwnRelease, OwnReview
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import ItemState
from questionbank.models import WORDING, ItemVersion, Paper
from questionbank.registration import registering

Acts = dict[str, dict[str, Any]]


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    """One writing transaction in a world that is committed already."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def acts(world: World, moving_clock: MovableClock) -> Acts:
    return {name: {"by": world.by(name), "now": moving_clock()} for name in ("author", "reviewer", "office")}


def wording(db: Session, world: World, stem: str = "新题") -> Wording:
    point = db.get_one(SchemeSpecification, world.specification.id).work_tasks[0].knowledge_points[0]
    options = content.options_of(["甲", "乙"])
    return Wording(
        ItemType.SINGLE_CHOICE, Difficulty.HARD, point.id, {"stem": stem, "options": options}, {"right": ["a"]}, ""
    )


@pytest.fixture
def draft(db: Session, world: World, acts: Acts) -> ItemVersion:
    return authoring.write_item(db, world.bank.id, "N-1", wording(db, world), **acts["author"])


@pytest.fixture
def approved(db: Session, draft: ItemVersion, acts: Acts) -> ItemVersion:
    reviewing.submit(db, draft.id, **acts["author"])
    return reviewing.approve(db, draft.id, **acts["reviewer"])


def test_an_item_goes_from_draft_through_review_to_approved(db: Session, approved: ItemVersion) -> None:
    actions = [entry.action for entry in audit.history(db, approved.audit_stream)]
    assert actions == ["item.written", "item.in_review", "item.approved"]


def test_nobody_reviews_what_they_wrote(db: Session, draft: ItemVersion, acts: Acts) -> None:
    reviewing.submit(db, draft.id, **acts["author"])
    for verb in (reviewing.approve, reviewing.send_back):
        with pytest.raises(OwnReview):
            verb(db, draft.id, note="好", **acts["author"])
    assert draft.state == ItemState.IN_REVIEW


def test_only_the_author_submits_and_revises(db: Session, world: World, draft: ItemVersion, acts: Acts) -> None:
    with pytest.raises(NotTheAuthor):
        reviewing.submit(db, draft.id, **acts["reviewer"])
    with pytest.raises(NotTheAuthor):
        authoring.revise_draft(db, draft.id, wording(db, world, "改"), **acts["reviewer"])


def test_a_draft_is_not_approved_before_it_is_submitted(db: Session, draft: ItemVersion, acts: Acts) -> None:
    with pytest.raises(IllegalTransition):
        reviewing.approve(db, draft.id, **acts["reviewer"])


def test_a_version_that_left_its_draft_is_frozen(db: Session, world: World, draft: ItemVersion, acts: Acts) -> None:
    reviewing.submit(db, draft.id, **acts["author"])
    with pytest.raises(ItemFrozen):
        authoring.revise_draft(db, draft.id, wording(db, world, "改"), **acts["author"])
    reviewing.approve(db, draft.id, **acts["reviewer"])
    with pytest.raises(ItemFrozen):
        authoring.revise_draft(db, draft.id, wording(db, world, "改"), **acts["author"])
    assert draft.content["stem"] == "新题"


def test_what_is_sent_back_is_a_draft_again_with_the_note(
    db: Session, world: World, draft: ItemVersion, acts: Acts
) -> None:
    reviewing.submit(db, draft.id, **acts["author"])
    reviewing.send_back(db, draft.id, note="题干不清", **acts["reviewer"])
    assert (draft.state, draft.review_note) == (ItemState.DRAFT, "题干不清")
    authoring.revise_draft(db, draft.id, wording(db, world, "改好了"), **acts["author"])
    assert draft.content["stem"] == "改好了"


def test_a_new_version_retires_the_old_one_only_when_it_is_released(
    db: Session, world: World, approved: ItemVersion, acts: Acts
) -> None:
    second = authoring.write_version(db, approved.item_id, wording(db, world, "第二版"), **acts["author"])
    reviewing.submit(db, second.id, **acts["author"])
    reviewing.approve(db, second.id, **acts["reviewer"])
    assert approved.state == ItemState.APPROVED
    releasing.release(db, second.id, **acts["office"])
    assert (approved.state, second.state, second.number) == (ItemState.RETIRED, ItemState.RELEASED, 2)


def test_an_item_has_one_unfinished_version_at_a_time(
    db: Session, world: World, draft: ItemVersion, acts: Acts
) -> None:
    with pytest.raises(ItemFrozen):
        authoring.write_version(db, draft.item_id, wording(db, world), **acts["author"])


def test_a_code_names_one_item_of_a_bank(db: Session, world: World, draft: ItemVersion, acts: Acts) -> None:
    with pytest.raises(CodeTaken):
        authoring.write_item(db, world.bank.id, "N-1", wording(db, world), **acts["author"])


def test_a_paper_keeps_the_versions_it_was_drawn_with(db: Session, world: World, acts: Acts) -> None:
    paper_item = db.get_one(Paper, world.paper.id).items[0]
    old = db.get_one(ItemVersion, paper_item.item_version_id)
    new = authoring.write_version(db, old.item_id, wording(db, world, "换掉的题"), **acts["author"])
    reviewing.submit(db, new.id, **acts["author"])
    reviewing.approve(db, new.id, **acts["reviewer"])
    releasing.release(db, new.id, **acts["reviewer"])
    db.expire_all()
    assert db.get_one(Paper, world.paper.id).items[0].item_version_id == old.id
    assert db.get_one(ItemVersion, old.id).state == ItemState.RETIRED


def test_who_wrote_a_version_does_not_release_it(db: Session, approved: ItemVersion, acts: Acts) -> None:
    with pytest.raises(OwnRelease):
        releasing.release(db, approved.id, **acts["author"])
    assert releasing.release(db, approved.id, **acts["reviewer"]).state == ItemState.RELEASED


def test_a_draft_is_not_released(db: Session, draft: ItemVersion, acts: Acts) -> None:
    with pytest.raises(IllegalTransition):
        releasing.release(db, draft.id, **acts["office"])


def test_only_what_is_released_and_registered_is_drawn_and_nothing_compromised(
    db: Session, world: World, approved: ItemVersion, acts: Acts
) -> None:
    def drawn() -> set[UUID]:
        return {item.version_id for item in bases.pool(db, world.bank.id)}

    assert approved.id not in drawn()
    releasing.release(db, approved.id, **acts["office"])
    assert approved.id not in drawn()
    registering.register(db, world.bank.id, filing_id=world.filing.id, **acts["office"])
    assert approved.id in drawn()
    releasing.compromise(db, approved.id, reason="题目外泄", **acts["office"])
    assert approved.id not in drawn()
    last = audit.history(db, approved.audit_stream)[-1]
    assert (last.action, last.detail["reason"]) == ("item.compromised", "题目外泄")
    with pytest.raises(IllegalTransition):
        releasing.release(db, approved.id, **acts["office"])


def test_what_is_compromised_is_followed_by_a_new_version(
    db: Session, world: World, approved: ItemVersion, acts: Acts
) -> None:
    releasing.compromise(db, approved.id, reason="外泄", **acts["office"])
    assert authoring.write_version(db, approved.item_id, wording(db, world, "换一题"), **acts["author"]).number == 2


@pytest.mark.parametrize("name", WORDING)
def test_no_code_changes_the_wording_of_what_has_left_its_draft(
    db: Session, world: World, draft: ItemVersion, acts: Acts, name: str
) -> None:
    other = {"type": ItemType.TRUE_FALSE, "difficulty": Difficulty.EASY, "tags": ["新"]}
    other |= {
        "knowledge_point_id": db.scalars(
            select(KnowledgePoint.id).where(KnowledgePoint.id != draft.knowledge_point_id)
        ).first()
    }
    other |= {"content": {"stem": "改"}, "key": {"right": ["b"]}, "importance": "X", "bloom": "APPLY"}
    reviewing.submit(db, draft.id, **acts["author"])
    db.flush()
    setattr(draft, name, other.get(name, "改"))
    with pytest.raises(ItemFrozen):
        db.flush()


def test_an_external_id_names_one_item_of_a_bank(db: Session, world: World, acts: Acts) -> None:
    version = authoring.write_item(
        db, world.bank.id, "E-1", wording(db, world), external_id="lms:7", source_extras={"lms": 1}, **acts["author"]
    )
    assert (version.item.external_id, version.item.source_extras) == ("lms:7", {"lms": 1})
    with pytest.raises(ExternalIdTaken):
        authoring.write_item(db, world.bank.id, "E-2", wording(db, world), external_id="lms:7", **acts["author"])


def test_a_version_keeps_what_is_said_of_it_and_each_tag_once(db: Session, world: World, acts: Acts) -> None:
    said = replace(wording(db, world), importance=Importance.CORE, bloom=Bloom.APPLY, tags=["安全", "用电", "安全"])
    version = authoring.write_item(
        db, world.bank.id, "M-1", replace(said, source="教材", rights="本机构"), **acts["author"]
    )
    db.expire_all()
    told = (version.importance, version.bloom, version.tags, version.source, version.rights)
    assert told == ("X", "APPLY", ["安全", "用电"], "教材", "本机构")


def test_a_draft_that_lacks_words_goes_to_review_only_when_they_are_written(
    db: Session, world: World, acts: Acts
) -> None:
    whole = wording(db, world)
    bare = replace(whole, type=ItemType.SHORT_ANSWER, content={"stem": "简述。"}, key={"reference": "", "points": []})
    draft = authoring.write_item(db, world.bank.id, "N-9", bare, **acts["author"])
    with pytest.raises(BadItem) as refused:
        reviewing.submit(db, draft.id, **acts["author"])
    assert refused.value.extra["fault"] == "no_reference"
    authoring.revise_draft(db, draft.id, replace(bare, key={"reference": "先断电。", "points": []}), **acts["author"])
    assert reviewing.submit(db, draft.id, **acts["author"]).state == ItemState.IN_REVIEW
