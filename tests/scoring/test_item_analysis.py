import lsat
import numpy as np
import pytest

from questionbank.kinds import ItemType
from scoring.analysis import (
    Choice,
    Flag,
    ItemFigures,
    Reliability,
    Scores,
    choice_figures,
    choice_questions,
    distribution,
    flags,
    item_figures,
    reliability,
)

Rows = list[list[float | None]]


@pytest.mark.parametrize(("frequencies", "alpha"), [(lsat.LSAT6, 0.2950), (lsat.LSAT7, 0.4534)])
def test_alpha_is_the_published_one(frequencies: tuple[int, ...], alpha: float) -> None:
    assert reliability(lsat.scores(frequencies)).alpha == pytest.approx(alpha, abs=0.00005)


def test_difficulty_and_discrimination_of_lsat6_are_the_published_ones() -> None:
    figures = item_figures(lsat.scores(lsat.LSAT6))
    assert [figure.difficulty for figure in figures] == [0.924, 0.709, 0.553, 0.763, 0.870]
    expected = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
    assert [figure.item_rest for figure in figures] == pytest.approx(expected, abs=0.0001)


def test_the_standard_error_is_the_deviation_times_the_root_of_what_is_not_reliable() -> None:
    scores = lsat.scores(lsat.LSAT7)
    found = reliability(scores)
    assert found.alpha is not None
    assert found.error == pytest.approx(scores.totals.std(ddof=1) * (1 - found.alpha) ** 0.5)


def test_alpha_counts_items_by_their_points() -> None:
    rows: Rows = [[1, 1], [0, 1], [1, 0], [0, 0], [1, 1]]
    earned = np.array(rows, dtype=float) * [1, 3]
    expected = 2 * (1 - earned.var(axis=0, ddof=1).sum() / earned.sum(axis=1).var(ddof=1))
    assert reliability(Scores.of(rows, [1, 3])).alpha == pytest.approx(expected)


def test_a_negative_alpha_is_told_as_it_is() -> None:
    found = reliability(Scores.of([[1, 0], [0, 1], [1, 0], [0, 1], [1, 1]], [1, 1]))
    assert found.alpha == pytest.approx(-4)
    assert found.error is not None


@pytest.mark.parametrize(
    ("rows", "worth"),
    [
        ([], []),
        ([], [1.0, 1.0]),
        ([[], []], []),
        ([[1.0, 0.0]], [1.0, 1.0]),
        ([[1.0], [0.0], [1.0]], [1.0]),
        ([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0]),
        ([[0.0, 0.0], [0.0, 0.0]], [1.0, 1.0]),
        ([[1.0, 0.0], [0.0, 1.0]], [1.0, 1.0]),
        ([[None, None], [None, None]], [1.0, 1.0]),
        ([[1.0, None], [None, 1.0]], [1.0, 1.0]),
    ],
)
def test_what_cannot_be_told_is_none_and_nothing_fails(rows: Rows, worth: list[float]) -> None:
    scores = Scores.of(rows, worth)
    assert reliability(scores) == Reliability(None, None)
    assert [figure.item_rest for figure in item_figures(scores)] in ([None] * len(worth), [-1, -1])
    assert sum(distribution(scores).counts) == (scores.reachable > 0).sum()


def test_an_item_of_one_persons_form_has_a_difficulty_and_no_discrimination() -> None:
    figures = item_figures(Scores.of([[1, None], [0, 1]], [1, 1]))
    assert figures[1] == ItemFigures(asked=1, difficulty=1, item_rest=None, upper_lower=None)


def test_people_are_compared_by_what_their_own_forms_could_earn() -> None:
    scores = Scores.of([[1, 1, None, None], [1, 0, 1, 0]], [2, 2, 2, 2])
    assert list(scores.levels) == [1, 0.5]
    assert list(scores.rest(0)) == [1, pytest.approx(1 / 3)]


def test_people_level_at_the_border_share_its_places() -> None:
    """Of ten people 2.7 are outer; nine are level, and whichever row comes first must not matter."""
    rows: Rows = [[1, 1], *[[1, 0]] * 4, *[[0, 1]] * 5]
    found = [item_figures(Scores.of(order, [1, 1]))[0].upper_lower for order in (rows, rows[::-1])]
    assert found[0] == pytest.approx(found[1])
    assert found[0] == pytest.approx((1 + 1.7 * 4 / 9) / 2.7 - 4 / 9)


def test_full_marks_belong_to_the_last_band_and_a_border_to_the_higher() -> None:
    found = distribution(Scores.of([[1.0], [0.7], [0.69], [0.0]], [100]))
    assert found.counts == [1, 0, 0, 0, 0, 0, 1, 1, 0, 1]
    assert (found.people, found.least, found.most) == (4, 0, 100)
    assert found.mean == pytest.approx(59.75)


LEVELS = np.linspace(0, 1, 100)


def chosen(*runs: tuple[str, int]) -> list[frozenset[str]]:
    """Return who chose what, from the weakest to the best."""
    return [frozenset(ids) for ids, times in runs for _ in range(times)]


CHOICES = [Choice("a", is_key=True), Choice("b", is_key=False), Choice("c", is_key=False)]


def test_an_option_tells_who_chose_it() -> None:
    lines = choice_figures(CHOICES, chosen(("b", 40), ("", 10), ("a", 50)), LEVELS, LEVELS)
    assert [(line.id, line.count, line.share) for line in lines] == [
        ("a", 50, 0.5),
        ("b", 40, 0.4),
        ("c", 0, 0),
        (None, 10, 0.1),
    ]
    assert (lines[0].upper, lines[0].lower) == (1, 0)
    assert (lines[1].upper, lines[1].lower) == (0, 1)
    assert lines[2].is_rare_distractor
    assert not lines[3].is_rare_distractor


@pytest.mark.parametrize(("wrong", "rare"), [(1, True), (2, False)])
def test_a_distractor_is_rare_below_two_in_a_hundred(wrong: int, rare: bool) -> None:
    lines = choice_figures(CHOICES, chosen(("c", wrong), ("a", 100 - wrong)), LEVELS, LEVELS)
    assert lines[2].is_rare_distractor is rare


def test_a_wrong_option_that_the_able_choose_casts_doubt_on_the_key() -> None:
    good = ItemFigures(100, 0.5, 0.4, 0.4)
    doubtful = choice_figures(CHOICES, chosen(("a", 50), ("b", 50)), LEVELS, LEVELS)
    sound = choice_figures(CHOICES, chosen(("b", 30), ("c", 20), ("a", 50)), LEVELS, LEVELS)
    assert flags(good, [doubtful]) == [Flag.KEY_SUSPECT, Flag.RARE_DISTRACTOR]
    assert flags(good, [sound]) == []


def test_a_key_that_nobody_chose_is_doubtful_when_the_able_agree_on_another() -> None:
    lines = choice_figures(CHOICES, chosen(("c", 50), ("b", 50)), LEVELS, LEVELS)
    assert Flag.KEY_SUSPECT in flags(ItemFigures(100, 0, None, 0), [lines])


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (ItemFigures(9, 0.2, 0.1, 0), []),
        (ItemFigures(9, 0.19, 0.1, 0), [Flag.TOO_HARD]),
        (ItemFigures(9, 0.95, 0.1, 0), []),
        (ItemFigures(9, 0.96, 0.09, 0), [Flag.WEAK, Flag.TOO_EASY]),
        (ItemFigures(9, 0.5, -0.01, 0), [Flag.NEGATIVE]),
        (ItemFigures(9, 1.0, None, 0), [Flag.TOO_EASY, Flag.NO_VARIANCE]),
        (ItemFigures(9, 0.0, None, 0), [Flag.TOO_HARD, Flag.NO_VARIANCE]),
        (ItemFigures(0, None, None, None), []),
    ],
)
def test_flags_begin_beyond_their_limits(figures: ItemFigures, expected: list[Flag]) -> None:
    assert flags(figures) == expected


def test_nobody_asked_makes_no_option_table() -> None:
    assert choice_figures(CHOICES, [], np.array([]), np.array([])) == []


def test_the_parts_of_a_case_have_option_tables_of_their_own() -> None:
    options = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    content = {
        "stem": "",
        "parts": [
            {"id": "p1", "type": "SINGLE_CHOICE", "share": 1, "content": {"stem": "", "options": options}},
            {"id": "p2", "type": "TRUE_FALSE", "share": 1, "content": {"stem": ""}},
            {"id": "p3", "type": "NUMERIC", "share": 1, "content": {"stem": ""}},
        ],
    }
    key = {"parts": {"p1": {"right": ["b"]}, "p2": {"value": False}, "p3": {"value": "1", "tolerance": "0"}}}
    first, second = choice_questions(ItemType.COMPOSITE, content, key)
    assert (first.part, first.choices) == ("p1", (Choice("a", is_key=False), Choice("b", is_key=True)))
    assert second.choices == (Choice("true", is_key=False), Choice("false", is_key=True))
    answer = {"parts": {"p1": {"choice": "b"}, "p2": {"value": False}}}
    assert (first.chosen(answer), second.chosen(answer)) == ({"b"}, {"false"})
    assert first.chosen({"parts": {"p1": None}}) == frozenset()


@pytest.mark.parametrize("answer", [None, "a", {}, {"choices": "ab"}, {"choices": [["a"], 1, "z"]}])
def test_an_answer_of_the_wrong_form_chooses_nothing(answer: object) -> None:
    content = {"options": [{"id": "a"}, {"id": "b"}]}
    (question,) = choice_questions(ItemType.MULTIPLE_CHOICE, content, {"right": ["a"]})
    assert question.chosen(answer) == frozenset()
