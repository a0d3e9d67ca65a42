"""Drawing a station by chance: the rule by itself."""

from collections import Counter

import pytest

from examsvc.delivery.attendance import stations


def test_what_nobody_has_is_free() -> None:
    assert stations.free(5, {2, 5}) == [1, 3, 4]
    assert stations.free(2, {1, 2}) == []


def test_the_same_seed_draws_the_same_station_from_what_is_free() -> None:
    assert stations.drawn("a", [3, 5, 9]) == stations.drawn("a", [3, 5, 9])
    assert stations.drawn("b", [7]) == 7


def test_every_station_has_about_the_same_chance() -> None:
    counts = Counter(stations.drawn(str(number), [1, 2, 3, 4]) for number in range(4000))
    assert set(counts) == {1, 2, 3, 4}
    assert all(900 < count < 1100 for count in counts.values())


def test_nothing_is_drawn_from_nothing() -> None:
    with pytest.raises(ValueError, match="no station"):
        stations.drawn("a", [])
