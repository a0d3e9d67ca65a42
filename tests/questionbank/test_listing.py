from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session
from world import World

from examsvc.core import ids
from examsvc.core.cursors import BadCursor
from examsvc.core.db import Database
from questionbank import drawing, listing, usage
from questionbank.kinds import ItemType
from questionbank.lifecycle import ItemState
from questionbank.listing import MOST_COUNTED, PAGE_SIZE, ItemFilter
from questionbank.models import Item, ItemGram, ItemVersion, Paper


@pytest.fixture
def db(database: Database, world: World) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def fill(db: Session, world: World, count: int) -> None:
    """Put many drafts into the bank at once, two versions each."""
    point_id = db.get_one(Paper, world.paper.id).items[0].item_version.knowledge_point_id
    items = [{"id": ids.new_id(), "bank_id": world.bank.id, "code": f"X{number:05}"} for number in range(count)]
    said = {"type": "TRUE_FALSE", "difficulty": "EASY", "knowledge_point_id": point_id, "content": {"stem": "题"}}
    own = {"key": {"value": True}, "explanation": "", "state": "DRAFT", "created_at": world.now}
    whose = {"author_id": world.by("author").account_id, "tags": [], "source": "", "rights": "", "drawn_count": 0}
    rows: list[dict[str, Any]] = [
        {**item, "id": ids.new_id(), "item_id": item["id"], "number": number, **said, **own, **whose}
        for item in items
        for number in (1, 2)
    ]
    db.execute(insert(Item), items)
    db.execute(insert(ItemVersion), rows)


def test_following_the_cursors_shows_every_version_once_in_the_order_of_the_pages(db: Session, world: World) -> None:
    fill(db, world, 70)
    by_number = [
        (version.item.code, version.number)
        for page in (1, 2, 3)
        for version in listing.items(db, world.bank.id, ItemFilter(state=ItemState.DRAFT), page=page).items
    ]
    followed, after = [], ""
    while True:
        page = listing.items(db, world.bank.id, ItemFilter(state=ItemState.DRAFT), after=after)
        followed += [(version.item.code, version.number) for version in page.items]
        if page.next is None:
            break
        after = page.next
    assert followed == by_number == [(f"X{number:05}", version) for number in range(70) for version in (2, 1)]


def test_the_last_page_leads_nowhere(db: Session, world: World) -> None:
    fill(db, world, PAGE_SIZE // 2)
    page = listing.items(db, world.bank.id, ItemFilter(state=ItemState.DRAFT))
    assert (len(page.items), page.total, page.next, page.has_more) == (PAGE_SIZE, PAGE_SIZE, None, False)


def test_a_list_is_counted_no_further_than_somebody_would_turn_its_pages(db: Session, world: World) -> None:
    fill(db, world, MOST_COUNTED // 2 + 1)
    page = listing.items(db, world.bank.id, ItemFilter())
    assert (page.total, page.has_more) == (MOST_COUNTED, True)


def test_a_search_gives_the_first_hits_by_code_and_says_that_there_are_more(db: Session, world: World) -> None:
    fill(db, world, MOST_COUNTED // 2 + 1)
    found = db.scalars(select(ItemVersion.id).where(ItemVersion.state == ItemState.DRAFT)).all()
    db.execute(insert(ItemGram), [{"gram": gram, "version_id": key} for gram in ("共同", "同词") for key in found])
    page = listing.items(db, world.bank.id, ItemFilter(text="共同词"))
    assert (page.total, page.has_more) == (MOST_COUNTED, True)
    codes = [version.code for version in page.items]
    assert (codes[0], codes) == ("X00000", sorted(codes))
    followed = listing.items(db, world.bank.id, ItemFilter(text="共同词"), after=str(page.next))
    second = listing.items(db, world.bank.id, ItemFilter(text="共同词"), page=2)
    assert [one.id for one in followed.items] == [one.id for one in second.items]
    assert listing.items(db, world.bank.id, ItemFilter(text="共同词", state=ItemState.RELEASED)).total == 0


@pytest.mark.parametrize("cursor", ["x", "eHg", "%%%", "MQ"])
def test_a_forged_cursor_is_refused(db: Session, world: World, cursor: str) -> None:
    with pytest.raises(BadCursor):
        listing.items(db, world.bank.id, ItemFilter(), after=cursor)


@pytest.mark.parametrize(
    "wanted", [ItemFilter(), ItemFilter(text="选几项", tag="无", work_task=1), ItemFilter(type=ItemType.NUMERIC)]
)
def test_a_page_takes_three_queries_however_it_is_filtered(
    db: Session, world: World, database: Database, wanted: ItemFilter
) -> None:
    db.expunge_all()
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    listing.items(db, world.bank.id, wanted)
    assert sum(statement.startswith("SELECT") for statement in seen) <= 3


def test_every_draw_of_a_version_is_counted(db: Session, world: World) -> None:
    version_id, later = db.get_one(Paper, world.paper.id).items[0].item_version_id, world.now + timedelta(days=1)
    version = db.get_one(ItemVersion, version_id)
    assert (version.drawn_count, version.last_drawn_at) == (1, world.now)
    second = drawing.draw_paper(db, world.blueprint.id, seed="again", by=world.by("office"), now=later)
    db.refresh(version)
    assert (version.drawn_count, version.last_drawn_at) == (2, later)
    assert [paper.id for paper in usage.papers_with(db, version_id)] == [second.id, world.paper.id]


def test_over_the_edge_a_page_tells_where_to_go_on_and_a_version_its_papers(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    page = office.get(f"/api/banks/{world.bank.id}/items").json
    assert {name: page[name] for name in ("total", "has_more", "next")} == {
        "total": 10,
        "has_more": False,
        "next": None,
    }
    line = page["items"][0]
    assert line["drawn_count"] == 1
    (paper,) = office.get(f"/api/item-versions/{line['version_id']}/papers").json["items"]
    assert paper["paper_id"] == str(world.paper.id)
    refused = office.get(f"/api/banks/{world.bank.id}/items?after=x")
    assert (refused.status_code, refused.json["code"]) == (422, "bad_cursor")


def test_versions_are_found_by_how_often_they_were_drawn(db: Session, world: World) -> None:
    def found(**bounds: int) -> set[int]:
        page = listing.items(db, world.bank.id, ItemFilter(**bounds))
        return {version.drawn_count for version in page.items}

    fill(db, world, 1)
    counts = found()
    assert 0 in counts
    assert max(counts) > 0
    assert found(drawn_at_most=0) == {0}
    assert found(drawn_at_least=1) == counts - {0}
    assert found(drawn_at_least=max(counts) + 1) == set()
