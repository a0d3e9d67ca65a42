import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.assembly.pool import PoolItem
from questionbank.draw import Row, draw, pool_digest
from questionbank.errors import PoolTooSmall
from questionbank.kinds import Difficulty, ItemType

SECTIONS = list(ItemType)
quick = settings(deadline=None, max_examples=60)

pool_items = st.builds(
    PoolItem,
    version_id=st.integers(min_value=0, max_value=2**128 - 1).map(lambda number: UUID(int=number)),
    work_task=st.integers(1, 3),
    knowledge_point=st.integers(1, 4),
    type=st.sampled_from(SECTIONS),
    difficulty=st.sampled_from(list(Difficulty)),
)
pools = st.lists(pool_items, max_size=60, unique_by=lambda item: item.version_id)


@st.composite
def drawable(draw_from: st.DrawFn) -> tuple[list[Row], list[PoolItem], str]:
    """A pool, rows it can fill (each pair of work task and type once), and a seed."""
    pool = draw_from(pools)
    pairs = sorted({(item.work_task, item.type) for item in pool})
    rows = []
    for task, kind in draw_from(st.permutations(pairs)):
        most = sum((item.work_task, item.type) == (task, kind) for item in pool)
        rows.append(Row(task, kind, draw_from(st.integers(1, most)), draw_from(st.integers(1, 500))))
    return rows, pool, draw_from(st.text(max_size=8))


@quick
@given(drawable())
def test_the_same_rows_pool_and_seed_give_the_same_paper(case: tuple[list[Row], list[PoolItem], str]) -> None:
    rows, pool, seed = case
    assert draw(rows, pool, seed) == draw(rows, pool, seed)


@quick
@given(drawable(), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_pool_nor_of_the_rows_matters(
    case: tuple[list[Row], list[PoolItem], str], order: random.Random
) -> None:
    rows, pool, seed = case
    shuffled_rows, shuffled_pool = order.sample(rows, len(rows)), order.sample(pool, len(pool))
    assert draw(shuffled_rows, shuffled_pool, seed) == draw(rows, pool, seed)
    assert pool_digest(shuffled_pool) == pool_digest(pool)


@quick
@given(drawable())
def test_every_row_gets_its_number_of_fitting_items(case: tuple[list[Row], list[PoolItem], str]) -> None:
    rows, pool, seed = case
    drawn = draw(rows, pool, seed)
    for row in rows:
        taken = [item for item, filled in drawn if filled == row]
        assert len(taken) == row.count
        assert all((item.work_task, item.type) == (row.work_task, row.type) for item in taken)


@quick
@given(drawable())
def test_no_item_is_drawn_twice(case: tuple[list[Row], list[PoolItem], str]) -> None:
    rows, pool, seed = case
    drawn = [item.version_id for item, _ in draw(rows, pool, seed)]
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= {item.version_id for item in pool}


@quick
@given(drawable())
def test_sections_stand_in_the_order_of_the_types_then_by_work_task(
    case: tuple[list[Row], list[PoolItem], str],
) -> None:
    rows, pool, seed = case
    order = [(SECTIONS.index(row.type), row.work_task) for _, row in draw(rows, pool, seed)]
    assert order == sorted(order)


@quick
@given(drawable())
def test_knowledge_points_take_turns_so_that_none_is_left_out_by_chance(
    case: tuple[list[Row], list[PoolItem], str],
) -> None:
    rows, pool, seed = case
    drawn = draw(rows, pool, seed)
    for row in rows:
        fitting = [item for item in pool if (item.work_task, item.type) == (row.work_task, row.type)]
        points = {item.knowledge_point for item in fitting}
        covered = {item.knowledge_point for item, filled in drawn if filled == row}
        assert len(covered) == min(len(points), row.count)


@quick
@given(drawable())
def test_one_item_too_few_is_said_with_both_numbers(case: tuple[list[Row], list[PoolItem], str]) -> None:
    _, pool, seed = case
    have = sum((item.work_task, item.type) == (1, ItemType.NUMERIC) for item in pool)
    with pytest.raises(PoolTooSmall) as refused:
        draw([Row(1, ItemType.NUMERIC, have + 1, 100)], pool, seed)
    assert (refused.value.extra["available"], refused.value.extra["needed"]) == (have, have + 1)


def test_another_seed_gives_another_paper() -> None:
    pool = [PoolItem(UUID(int=number), 1, number % 3, ItemType.SINGLE_CHOICE, Difficulty.EASY) for number in range(30)]
    row = Row(1, ItemType.SINGLE_CHOICE, 10, 100)
    papers = {tuple(item.version_id for item, _ in draw([row], pool, str(seed))) for seed in range(5)}
    assert len(papers) == 5


def test_difficulties_of_one_point_take_turns() -> None:
    bands = [Difficulty.EASY] * 6 + [Difficulty.MEDIUM] * 3 + [Difficulty.HARD] * 3
    pool = [PoolItem(UUID(int=n), 1, 1, ItemType.TRUE_FALSE, band) for n, band in enumerate(bands)]
    for seed in range(5):
        drawn = [item.difficulty for item, _ in draw([Row(1, ItemType.TRUE_FALSE, 3, 100)], pool, str(seed))]
        assert set(drawn) == set(Difficulty)
