"""What a candidate is given, field by field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.delivery.accommodations.resolving import NOTHING_SAID, Given, Grant, resolve
from examsvc.delivery.states import TextSize

TEN, TWENTY = Grant(extra_minutes=10), Grant(extra_minutes=20)
QUARTER = Grant(time_percent=125)


@pytest.mark.parametrize(
    ("session", "groups", "candidate", "seconds"),
    [
        pytest.param(NOTHING_SAID, [], NOTHING_SAID, 0, id="nothing was decided"),
        pytest.param(TEN, [], NOTHING_SAID, 600, id="the session's"),
        pytest.param(TWENTY, [TEN], NOTHING_SAID, 600, id="a group's stands before the session's, though it is less"),
        pytest.param(NOTHING_SAID, [TEN, TWENTY], NOTHING_SAID, 1200, id="the most generous of the groups"),
        pytest.param(NOTHING_SAID, [TEN, QUARTER], NOTHING_SAID, 1350, id="a share is compared in seconds"),
        pytest.param(TWENTY, [TWENTY], TEN, 600, id="the candidate's own stands before all"),
        pytest.param(TWENTY, [TWENTY], Grant(extra_minutes=0), 0, id="an own zero is a decision too"),
        pytest.param(TEN, [Grant(break_minutes=5)], NOTHING_SAID, 600, id="a group silent about time leaves it alone"),
    ],
)
def test_the_candidates_own_stands_before_the_groups_and_those_before_the_sessions(
    session: Grant, groups: list[Grant], candidate: Grant, seconds: int
) -> None:
    assert resolve(session, groups, candidate, minutes=90).accommodation_seconds == seconds


@pytest.mark.parametrize(
    ("percent", "minutes", "seconds"), [(100, 60, 0), (125, 60, 900), (133, 1, 20), (150, 90, 2700)]
)
def test_a_share_of_the_time_is_rounded_up_to_whole_seconds(percent: int, minutes: int, seconds: int) -> None:
    assert Grant(time_percent=percent).extra_seconds(minutes) == seconds


def test_each_field_is_decided_by_itself() -> None:
    session = Grant(extra_minutes=5, text_size=TextSize.LARGE)
    groups = [
        Grant(text_size=TextSize.LARGEST, separate_room=False),
        Grant(text_size=TextSize.LARGER, separate_room=True),
    ]
    candidate = Grant(break_minutes=10, high_contrast=True)
    assert resolve(session, groups, candidate, minutes=60) == Given(
        accommodation_seconds=300,
        break_allowance_seconds=600,
        text_size=TextSize.LARGEST,
        high_contrast=True,
        separate_room=True,
        screen_reader=False,
    )


grants = st.builds(
    Grant,
    extra_minutes=st.none() | st.integers(0, 240),
    break_minutes=st.none() | st.integers(0, 240),
    text_size=st.none() | st.sampled_from(TextSize),
    separate_room=st.none() | st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(grants, max_size=3), grants)
def test_another_group_never_takes_anything_from_a_member(groups: list[Grant], more: Grant) -> None:
    before = resolve(NOTHING_SAID, groups, NOTHING_SAID, minutes=60)
    after = resolve(NOTHING_SAID, [*groups, more], NOTHING_SAID, minutes=60)
    assert after.accommodation_seconds >= before.accommodation_seconds
    assert after.break_allowance_seconds >= before.break_allowance_seconds
    assert after.separate_room >= before.separate_room
