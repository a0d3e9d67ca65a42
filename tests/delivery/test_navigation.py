"""One question after another, and nobody goes back."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sitters import Sitter

from examsvc.delivery.errors import QuestionLeft
from examsvc.delivery.navigation import reached, sections
from examsvc.delivery.states import NavigationRule

Reset = Callable[..., None]
ORDER = [["q3"], ["q1"], ["q2"]]


@dataclass(frozen=True)
class Line:
    seq: int
    item_ref: str


def lines(*refs: str) -> list[Line]:
    return [Line(seq, ref) for seq, ref in enumerate(refs, start=1)]


@pytest.mark.parametrize(
    ("before", "refs", "after"),
    [
        (0, ["q3"], 0),
        (0, ["q3", "q3", "q1"], 1),
        (0, ["q3", "q1", "q2"], 2),
        (1, ["q1"], 1),
        (2, [], 2),
        (0, ["q2"], 2),
    ],
)
def test_every_line_says_how_far_its_question_is(before: int, refs: list[str], after: int) -> None:
    assert reached(ORDER, before, lines(*refs)) == after


@pytest.mark.parametrize(("before", "refs", "ref", "seq"), [(1, ["q3"], "q3", 1), (0, ["q3", "q1", "q3"], "q3", 3)])
def test_a_line_about_a_question_that_was_left_is_refused(before: int, refs: list[str], ref: str, seq: int) -> None:
    with pytest.raises(QuestionLeft) as refused:
        reached(ORDER, before, lines(*refs))
    assert refused.value.extra == {"item_ref": ref, "seq": seq}


def _order(sitter: Sitter) -> list[str]:
    return [question["ref"] for section in sitter.paper()["sections"] for question in section["questions"]]


def test_where_nobody_goes_back_an_answer_behind_is_refused_and_nothing_of_its_batch_is_stored(
    sitter: Sitter, reset: Reset
) -> None:
    reset(navigation=NavigationRule.SEQUENTIAL)
    first, second, *_ = _order(sitter.begin())
    assert sitter.send(sitter.entry(first, None), sitter.entry(second, None)).status_code == 200
    refused = sitter.send(sitter.entry(second, None, flagged=True), sitter.entry(first, None))
    assert (refused.status_code, refused.json["code"], refused.json["item_ref"]) == (422, "question_left", first)
    assert sitter.view()["answered_count"] == 0
    sitter.seq = 2
    assert sitter.send(sitter.entry(second, None)).json["acknowledged_seq"] == 3


def test_a_repeat_of_what_is_stored_is_no_going_back_and_a_new_page_goes_on_where_the_old_one_was(
    sitter: Sitter, reset: Reset
) -> None:
    reset(navigation=NavigationRule.SEQUENTIAL)
    first, second, *_ = _order(sitter.begin())
    batch = [sitter.entry(first, None), sitter.entry(second, None)]
    for _ in range(2):
        assert sitter.send(*batch).status_code == 200
    assert [answer["item_ref"] for answer in sitter.claim()["answers"]] == [first, second]
    assert sitter.send(sitter.entry(first, None)).json["code"] == "question_left"


def test_where_everybody_goes_freely_nothing_is_behind(sitter: Sitter) -> None:
    first, second, *_ = _order(sitter.begin())
    assert sitter.send(sitter.entry(second, None), sitter.entry(first, None)).status_code == 200


KINDS = {"q1": "A", "q2": "A", "q3": "B", "q4": "C", "q5": "C"}


@pytest.mark.parametrize(
    ("before", "refs", "after"),
    [
        (0, ["q2", "q1"], 1),
        (1, ["q1", "q2"], 1),
        (1, ["q3"], 2),
        (2, ["q3", "q5", "q4"], 4),
        (4, ["q4"], 4),
        (0, ["q4"], 3),
    ],
)
def test_within_a_section_one_goes_back_and_forth(before: int, refs: list[str], after: int) -> None:
    assert reached(sections(KINDS), before, lines(*refs)) == after


@pytest.mark.parametrize(
    ("before", "refs", "ref"), [(2, ["q2"], "q2"), (4, ["q5", "q3"], "q3"), (1, ["q3", "q1"], "q1")]
)
def test_nobody_goes_back_to_a_section_that_was_left(before: int, refs: list[str], ref: str) -> None:
    with pytest.raises(QuestionLeft) as refused:
        reached(sections(KINDS), before, lines(*refs))
    assert refused.value.extra["item_ref"] == ref


def test_a_section_that_was_left_takes_no_answer_any_more(sitter: Sitter, reset: Reset) -> None:
    reset(navigation=NavigationRule.BY_SECTION)
    shown = sitter.begin().paper()["sections"]
    (first, second, *_), (next_one, *_) = (
        [question["ref"] for question in section["questions"]] for section in shown[:2]
    )
    for ref in (second, first, second):
        assert sitter.send(sitter.entry(ref, None, flagged=True)).status_code == 200
    assert sitter.send(sitter.entry(next_one, None)).status_code == 200
    refused = sitter.send(sitter.entry(first, None))
    assert (refused.status_code, refused.json["code"], refused.json["item_ref"]) == (422, "question_left", first)
    assert [answer["item_ref"] for answer in sitter.claim()["answers"]] == [first, second, next_one]
    assert sitter.send(sitter.entry(second, None)).json["code"] == "question_left"
    sitter.seq = 0
    assert sitter.send(sitter.entry(next_one, None)).status_code == 200
