"""Which parallel form belongs to which seat."""

from collections import Counter
from itertools import pairwise

import pytest

from examsvc.delivery.seat_forms import form_of_seat


@pytest.mark.parametrize("count", [2, 3, 4, 8])
def test_neighbours_have_different_forms_and_each_form_is_used_as_often_as_any(count: int) -> None:
    forms = [form_of_seat(seat, count) for seat in range(1, 101)]
    assert all(one != other for one, other in pairwise(forms))
    assert forms[:count] == list(range(count))
    assert max(Counter(forms).values()) - min(Counter(forms).values()) <= 1


def test_with_one_form_all_seats_have_it() -> None:
    assert {form_of_seat(seat, 1) for seat in range(1, 10)} == {0}
