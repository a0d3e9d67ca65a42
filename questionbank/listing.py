"""Lists of a bank's versions, filtered: three queries a page, whose cost does not grow with the bank."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from examsvc.core.cursors import BadCursor
from examsvc.core.db import get
from examsvc.registry.models import KnowledgePoint, WorkTask
from questionbank import browsing, searching
from questionbank.browsing import OUT_OF_USE
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import ItemState
from questionbank.models import ItemBank, ItemVersion

Place = tuple[str, int]
"""A row's code and version number."""

PAGE_SIZE = 50
MOST_COUNTED = 500
ORDER = (ItemVersion.code, ItemVersion.number.desc())


@dataclass(frozen=True)
class ItemFilter:
    """Which versions a list shows; without a state, all that are not out of use.

    `drawn_at_least`, `drawn_at_most`: into how many papers they were drawn.
    """

    state: ItemState | None = None
    type: ItemType | None = None
    difficulty: Difficulty | None = None
    work_task: int | None = None
    knowledge_point_id: UUID | None = None
    importance: Importance | None = None
    bloom: Bloom | None = None
    tag: str = ""
    text: str = ""
    drawn_at_least: int | None = None
    drawn_at_most: int | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list; pages count from 1. `total` counts no further than MOST_COUNTED.

    `next` leads on to the end of a list, and of a search to the last of MOST_COUNTED hits.
    """

    items: Sequence[ItemVersion]
    total: int
    page: int
    next: str | None
    page_size: int = PAGE_SIZE

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than `total` says."""
        return self.total >= MOST_COUNTED


def items(db: Session, bank_id: UUID, wanted: ItemFilter, *, page: int = 1, after: str = "") -> Page:
    """Return a page of the bank's versions by code, newest version first, by its number or behind a cursor.

    Raises NotFound for no such bank, BadCursor.
    """
    get(db, ItemBank, bank_id)
    conditions = [ItemVersion.bank_id == bank_id, *_conditions(wanted)]
    place = _read(after) if after else None
    if wanted.text or wanted.tag:
        return _searched(db, conditions, wanted, page, place)
    narrow = select(ItemVersion.id).where(*conditions, *(_behind(*place) if place else []))
    # Which rows they are is found first, from the index alone; only these are loaded.
    ids = narrow.order_by(*ORDER).limit(PAGE_SIZE + 1).offset(0 if place else (page - 1) * PAGE_SIZE).subquery()
    query = select(ItemVersion).join(ids, ids.c.id == ItemVersion.id).order_by(*ORDER)
    found = db.scalars(query.options(*browsing.version_options())).all()
    return _page(found, _count(db, conditions), page)


def _searched(
    db: Session, conditions: Sequence[ColumnElement[bool]], wanted: ItemFilter, page: int, place: Place | None
) -> Page:
    """Return a page of the first MOST_COUNTED hits: they are few, so they are put in order here."""
    grams = searching.grams_typed(wanted.text, wanted.tag)
    hits = db.execute(searching.first_hits(grams, conditions, most=MOST_COUNTED)).all()
    order = {hit.id: (hit.code, -hit.number) for hit in hits}
    ids = sorted(order, key=order.__getitem__)
    ids = [key for key in ids if order[key] > (place[0], -place[1])] if place else ids[(page - 1) * PAGE_SIZE :]
    query = select(ItemVersion).where(ItemVersion.id.in_(ids[: PAGE_SIZE + 1]))
    found = sorted(db.scalars(query.options(*browsing.version_options())), key=lambda version: order[version.id])
    return _page(found, len(hits), page)


def _page(found: Sequence[ItemVersion], total: int, page: int) -> Page:
    """Return the page of which the rows were found, and one more if there is one."""
    shown = found[:PAGE_SIZE]
    return Page(shown, total, page, _write(shown[-1]) if len(found) > PAGE_SIZE else None)


def _count(db: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    rows = select(literal(1)).select_from(ItemVersion).where(*conditions).limit(MOST_COUNTED)
    return db.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _conditions(wanted: ItemFilter) -> list[ColumnElement[bool]]:
    state = ItemVersion.state == wanted.state if wanted.state else ItemVersion.state.not_in(OUT_OF_USE)
    conditions: list[ColumnElement[bool]] = [state]
    named = ("type", "difficulty", "knowledge_point_id", "importance", "bloom")
    conditions += [getattr(ItemVersion, name) == getattr(wanted, name) for name in named if getattr(wanted, name)]
    if wanted.drawn_at_least is not None:
        conditions.append(ItemVersion.drawn_count >= wanted.drawn_at_least)
    if wanted.drawn_at_most is not None:
        conditions.append(ItemVersion.drawn_count <= wanted.drawn_at_most)
    if wanted.work_task:
        points = select(KnowledgePoint.id).join(WorkTask).where(WorkTask.number == wanted.work_task)
        conditions.append(ItemVersion.knowledge_point_id.in_(points))
    return conditions


def _behind(code: str, number: int) -> list[ColumnElement[bool]]:
    """Return the conditions for what stands behind a row; the first is one that an index answers."""
    return [ItemVersion.code >= code, (ItemVersion.code > code) | (ItemVersion.number < number)]


def _write(last: ItemVersion) -> str:
    return base64.urlsafe_b64encode(f"{last.number} {last.code}".encode()).decode().rstrip("=")


def _read(cursor: str) -> Place:
    try:
        number, code = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ", 1)
        return code, int(number)
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
