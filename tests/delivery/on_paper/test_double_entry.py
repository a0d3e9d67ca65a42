"""The rules of double entry and of the times on a sheet, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import printed_papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.delivery.on_paper import double_entry, times
from examsvc.delivery.on_paper.double_entry import Copy, Late, Times
from examsvc.delivery.on_paper.times import Bounds
from examsvc.delivery.questions import PaperForm
from questionbank.kinds import ItemType

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FORM: PaperForm = printed_papers.form()
TIMES = Times(NINE, NINE + timedelta(minutes=30))
OF = {question.type: question for question in FORM.values()}


def copy(**changed: Any) -> Copy:
    by_type = {question.type.value: ref for ref, question in FORM.items()}
    return Copy(printed_papers.answers() | {by_type[kind]: answer for kind, answer in changed.items()}, TIMES)


SAME: list[tuple[str, Any, Any]] = [
    ("MULTIPLE_CHOICE", {"choices": ["a", "c"]}, {"choices": ["c", "a"]}),
    ("SHORT_ANSWER", {"text": "先核对  来源\n再留存"}, {"text": " 先核对 来源 再留存 "}),
    ("FILL_IN", {"blanks": ["少样本"]}, {"blanks": ["少样本 "]}),
    ("FILL_IN", {"blanks": [""]}, None),
    ("NUMERIC", {"text": " "}, None),
    ("HOTSPOT", {"points": [[100, 100]]}, {"points": [[108, 92]]}),
    ("MATCHING", {"pairs": {}}, None),
    ("COMPOSITE", {"parts": {"p1": {"choice": "a"}, "p2": None}}, {"parts": {"p1": {"choice": "a"}}}),
    ("INLINE_CHOICE", {"gaps": [None, None]}, None),
]
OTHER: list[tuple[str, Any, Any]] = [
    ("SINGLE_CHOICE", {"choice": "a"}, {"choice": "b"}),
    ("SINGLE_CHOICE", {"choice": "a"}, None),
    ("MULTIPLE_CHOICE", {"choices": ["a", "c"]}, {"choices": ["a"]}),
    ("TRUE_FALSE", {"value": False}, None),
    ("TRUE_FALSE", {"value": False}, {"value": True}),
    ("ORDERING", {"order": ["a", "b", "c", "d"]}, {"order": ["b", "a", "c", "d"]}),
    ("NUMERIC", {"text": "1.5"}, {"text": "15"}),
    ("NUMERIC", {"text": "1.5"}, {"text": "1.50"}),
    ("HOTSPOT", {"points": [[100, 100]]}, {"points": [[109, 100]]}),
    ("HOTSPOT", {"points": [[100, 100]]}, {"points": []}),
    ("MATCHING", {"pairs": {"a": "b"}}, {"pairs": {"a": "c"}}),
    ("COMPOSITE", {"parts": {"p1": {"choice": "a"}}}, {"parts": {"p1": {"choice": "b"}}}),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_what_says_the_same_is_no_difference(kind: str, one: Any, other: Any) -> None:
    assert double_entry.is_same(OF[ItemType(kind)], one, other)
    assert not double_entry.compare(FORM, copy(**{kind: one}), copy(**{kind: other}))


@pytest.mark.parametrize(("kind", "one", "other"), OTHER)
def test_what_says_something_else_is_listed_with_both(kind: str, one: Any, other: Any) -> None:
    (found,) = double_entry.compare(FORM, copy(**{kind: one}), copy(**{kind: other})).questions
    assert (FORM[found.item_ref].type, found.first, found.second, found.late) == (kind, one, other, None)


def test_differing_times_are_a_difference_of_their_own() -> None:
    later = Copy(copy().answers, Times(NINE, NINE + timedelta(minutes=31)))
    found = double_entry.compare(FORM, copy(), later)
    assert found
    assert (found.times, found.questions) == (True, ())


def test_what_came_late_is_a_difference_unless_the_sheet_says_it() -> None:
    late = {"q1": Late({"choice": "a"}, NINE), "q3": Late({"value": True}, NINE)}
    (found,) = double_entry.compare(FORM, copy(), copy(), late).questions
    assert (found.item_ref, found.late) == ("q1", late["q1"])


CHOICES = st.sampled_from([None, *({"choice": one} for one in "abcd")])


@given(first=CHOICES, second=CHOICES, late=CHOICES)
def test_a_question_is_open_exactly_when_three_voices_do_not_agree(first: Any, second: Any, late: Any) -> None:
    found = double_entry.compare(FORM, copy(SINGLE_CHOICE=first), copy(SINGLE_CHOICE=second), {"q1": Late(late, NINE)})
    assert bool(found) == (not first == second == late)
    agreed = double_entry.agreed(FORM, copy(SINGLE_CHOICE=first), found)
    assert set(agreed) | found.refs == set(FORM)
    assert set(agreed).isdisjoint(found.refs)


@given(st.permutations(["a", "b", "c", "d"]), st.integers(1, 4))
def test_comparing_does_not_depend_on_who_was_first(order: list[str], count: int) -> None:
    one, other = (
        copy(MULTIPLE_CHOICE={"choices": order[:count]}),
        copy(MULTIPLE_CHOICE={"choices": order[::-1][:count]}),
    )
    assert double_entry.compare(FORM, one, other).refs == double_entry.compare(FORM, other, one).refs


SINCE = NINE + timedelta(seconds=30)
BOUNDS = Bounds(SINCE, SINCE + timedelta(minutes=30), NINE + timedelta(minutes=10), NINE + timedelta(hours=2))


@pytest.mark.parametrize(
    ("began", "handed_in", "is_lawful"),
    [
        (0, 10, True), (-1, 10, False), (0, 9, False), (0, 31, True), (0, 32, False), (15, 45, True), (15, 46, False),
        (15, 14, False), (119, 120, True), (121, 121, False), (100, 121, False),
    ],
)  # fmt: skip
def test_times_on_a_sheet_fit_the_clock_to_the_minute(began: int, handed_in: int, is_lawful: bool) -> None:
    written = Times(NINE + timedelta(minutes=began), NINE + timedelta(minutes=handed_in))
    assert times.is_lawful(written, BOUNDS) is is_lawful


@given(st.integers(-10, 200), st.integers(-10, 200))
def test_lawful_times_never_exceed_what_was_left(began: int, handed_in: int) -> None:
    written = Times(NINE + timedelta(minutes=began), NINE + timedelta(minutes=handed_in))
    if times.is_lawful(written, BOUNDS):
        left = BOUNDS.closes_at - BOUNDS.since
        assert written.handed_in_at - max(written.began_at, SINCE) <= left + timedelta(minutes=1)
        assert SINCE - timedelta(minutes=1) < written.began_at <= written.handed_in_at <= BOUNDS.now
