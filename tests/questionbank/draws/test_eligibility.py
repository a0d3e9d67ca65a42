from datetime import UTC, datetime, timedelta

from pools import ids, item, version_id

from questionbank.assembly.eligibility import Policy, Withheld, eligible, reserve

NOW = datetime(2026, 11, 29, tzinfo=UTC)
DAY = timedelta(days=1)


def test_an_item_cools_down_to_the_second() -> None:
    pool = [
        item(1, last_used=NOW - 30 * DAY),
        item(2, last_used=NOW - 30 * DAY + timedelta(seconds=1)),
        item(3),
    ]
    found = eligible(pool, Policy(cooldown_days=30), NOW)
    assert [one.version_id.int for one in found.items] == [1, 3]
    assert found.withheld == {pool[1]: Withheld.COOLING}


def test_an_item_at_its_limit_of_uses_stands_back() -> None:
    found = eligible([item(1, uses=2), item(2, uses=3)], Policy(most_uses=3), NOW)
    assert [one.version_id.int for one in found.items] == [1]
    assert set(found.withheld.values()) == {Withheld.OVERUSED}


def test_the_reserve_is_a_share_of_each_kind_of_unused_items_and_stays_the_same() -> None:
    pool = [item(number, work_task=number % 2 + 1, uses=0 if number < 30 else 1) for number in range(40)]
    kept = reserve(pool, 20)
    assert sorted(one.work_task for one in kept) == [1] * 4 + [2] * 4
    assert all(one.uses == 0 for one in kept)
    later = [
        item(number, work_task=number % 2 + 1, uses=int(version_id(number) not in {one.version_id for one in kept}))
        for number in range(40)
    ]
    assert {one.version_id for one in reserve(later, 20)} == {one.version_id for one in kept}
    assert set(eligible(pool, Policy(reserve_percent=20), NOW).withheld) == kept


def test_without_a_policy_all_may_be_drawn() -> None:
    pool = [item(2, uses=9, last_used=NOW), item(1)]
    assert {one.version_id for one in eligible(pool, Policy(), NOW).items} == ids(1, 2)


def test_what_was_seen_is_not_asked_again_however_fresh_it_is() -> None:
    found = eligible([item(1), item(2, uses=9)], Policy(most_uses=3, seen=ids(1, 2)), NOW)
    assert found.items == ()
    assert set(found.withheld.values()) == {Withheld.SEEN}
