from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.kinds import CriterionKind
from scoring import aggregate
from scoring.aggregate import Component, Criterion, SheetTotal, combine, is_pass, published, sheet_total, weighted_total
from scoring.errors import SheetIncomplete

CRITERIA = [
    Criterion(1, CriterionKind.MEASUREMENT, (0, 20_00, 40_00)),
    Criterion(2, CriterionKind.JUDGEMENT, (0, 20_00, 40_00, 60_00)),
    Criterion(3, CriterionKind.DEDUCTION, (0, 5_00, 10_00)),
    Criterion(4, CriterionKind.VETO, (0, 1)),
]
MARKS = st.fixed_dictionaries({one.number: st.sampled_from(list(one.permitted)) for one in CRITERIA})


@pytest.mark.parametrize(
    ("marks", "total", "vetoed"),
    [
        ((40_00, 60_00, 0, 0), 100_00, False),
        ((40_00, 60_00, 5_00, 0), 95_00, False),
        ((0, 0, 10_00, 0), 0, False),
        ((0, 20_00, 10_00, 0), 10_00, False),
        ((40_00, 60_00, 0, 1), 0, True),
        ((0, 0, 0, 0), 0, False),
    ],
)
def test_a_sheet_is_what_was_awarded_less_deductions_and_nothing_under_a_veto(
    marks: tuple[int, ...], total: int, vetoed: bool
) -> None:
    assert sheet_total(CRITERIA, dict(enumerate(marks, start=1))) == SheetTotal(total, vetoed)


def test_a_sheet_with_an_unmarked_criterion_has_no_total() -> None:
    with pytest.raises(SheetIncomplete) as refused:
        sheet_total(CRITERIA, {1: 0, 3: 0})
    assert refused.value.extra["missing"] == [2, 4]


def test_a_veto_permits_yes_and_no_whatever_its_values_are() -> None:
    assert aggregate.permitted(CriterionKind.VETO, [0]) == {0, 1}
    assert aggregate.permitted(CriterionKind.DEDUCTION, [0, 500]) == {0, 500}


@settings(deadline=None, max_examples=100)
@given(marks=MARKS, better=MARKS)
def test_a_sheet_is_monotone_in_its_marks(marks: dict[int, int], better: dict[int, int]) -> None:
    lower = {1: min(marks[1], better[1]), 2: min(marks[2], better[2]), 3: max(marks[3], better[3]), 4: marks[4]}
    upper = {1: max(marks[1], better[1]), 2: max(marks[2], better[2]), 3: min(marks[3], better[3]), 4: marks[4]}
    assert 0 <= sheet_total(CRITERIA, lower).total <= sheet_total(CRITERIA, upper).total <= 100_00


TOTALS = st.lists(st.integers(0, 100_00), min_size=1, max_size=7)


@settings(deadline=None, max_examples=100)
@given(totals=TOTALS, order=st.randoms(use_true_random=False))
def test_which_examiner_gave_which_total_changes_nothing(totals: list[int], order: object) -> None:
    shuffled = list(totals)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combine(shuffled) == combine(totals)
    assert min(totals) <= combine(totals) <= max(totals)


def test_the_mean_of_three_examiners_is_not_rounded() -> None:
    assert combine([70_00, 70_00, 70_01]) == Fraction(210_01, 3)


@st.composite
def components(draw: st.DrawFn) -> list[Component]:
    """Shares that make 100 percent, each with points between nothing and most."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=1, max_size=5)))
    shares = [upper - lower for lower, upper in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [
        Component(share, Fraction(draw(st.integers(0, 3 * most)), 3), most)
        for share, most in ((share, draw(st.integers(1, 100_00))) for share in shares)
    ]


@settings(deadline=None, max_examples=150)
@given(parts=components(), decimals=st.integers(0, 2), which=st.integers(0, 5))
def test_a_total_lies_between_0_and_100_and_grows_with_every_component(
    parts: list[Component], decimals: int, which: int
) -> None:
    better = [
        Component(part.share, Fraction(part.most) if number == which else part.points, part.most)
        for number, part in enumerate(parts)
    ]
    assert 0 <= published(weighted_total(parts), decimals) <= published(weighted_total(better), decimals) <= 100_00


def test_weights_apply_to_the_whole() -> None:
    theory = [Component(20, Fraction(50_00), 50_00), Component(20, Fraction(0), 50_00)]
    assert weighted_total([*theory, Component(60, Fraction(50_00), 100_00)]) == 50_00


@pytest.mark.parametrize(
    ("exact", "decimals", "shown", "passed"),
    [
        ("5994", 1, 59_90, False),
        ("59949/10", 1, 59_90, False),
        ("5994999999/1000000", 1, 59_90, False),
        ("5995", 1, 60_00, True),
        ("5996", 1, 60_00, True),
        ("6000", 1, 60_00, True),
        ("5949", 0, 59_00, False),
        ("5950", 0, 60_00, True),
        ("5995", 2, 59_95, False),
        ("59994/10", 2, 59_99, False),
        ("59995/10", 2, 60_00, True),
        ("6000", 2, 60_00, True),
        ("10000", 1, 100_00, True),
        ("0", 1, 0, False),
        ("15454600/10000", 0, 15_00, False),
    ],
)
def test_the_total_is_rounded_once_half_up_and_the_published_value_is_compared_with_60(
    exact: str, decimals: int, shown: int, passed: bool
) -> None:
    total = published(Fraction(exact), decimals)
    assert total == shown
    assert is_pass(total) is passed
