from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.delivery.arranging import arrange
from examsvc.delivery.laying_out import laid_out
from examsvc.delivery.questions import Option, Question, question
from questionbank.kinds import ItemType

LETTERS = "abcdefgh"


@st.composite
def papers(draw: st.DrawFn) -> list[Question]:
    questions = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(ItemType))
        count = draw(st.integers(2, 8)) if "CHOICE" in kind else 0
        letters = LETTERS[:count]
        fixed = tuple(letter for letter in letters if draw(st.booleans()))
        options = tuple(Option(letter, f"{number}{letter}") for letter in letters)
        questions.append(Question(f"q{number}", kind, points=1, stem="?", options=options, fixed=fixed))
    return questions


@settings(max_examples=100, deadline=None)
@given(papers(), st.text(max_size=8))
def test_an_arrangement_loses_nothing_keeps_sections_and_leaves_fixed_options_in_place(
    questions: list[Question], seed: str
) -> None:
    arranged = arrange(questions, seed)
    by_ref = {question.ref: question for question in questions}
    assert sorted(place["ref"] for place in arranged) == sorted(by_ref)
    kinds = [list(ItemType).index(by_ref[place["ref"]].type) for place in arranged]
    assert kinds == sorted(kinds)
    for place in arranged:
        question = by_ref[place["ref"]]
        assert sorted(place["options"]) == sorted(question.option_ids)
        for before, after in zip(question.option_ids, place["options"], strict=True):
            assert (before in question.fixed) == (after in question.fixed)
            assert before == after or before not in question.fixed


@settings(max_examples=30, deadline=None)
@given(papers(), st.text(max_size=8))
def test_the_same_seed_gives_the_same_arrangement(questions: list[Question], seed: str) -> None:
    assert arrange(questions, seed) == arrange(questions, seed)


def test_different_seeds_give_different_orders() -> None:
    options = tuple(Option(letter, letter) for letter in LETTERS)
    questions = [Question(f"q{n}", ItemType.SINGLE_CHOICE, options=options) for n in range(10)]
    assert len({str(arrange(questions, str(seed))) for seed in range(20)}) == 20


def test_a_layout_is_numbered_through_its_sections_and_options_keep_their_text() -> None:
    form = {
        "q1": Question("q1", ItemType.SINGLE_CHOICE, 2, "选", (Option("a", "甲"), Option("b", "乙"))),
        "q2": Question("q2", ItemType.NUMERIC, 3, "算", unit="元"),
    }
    arrangement = [{"ref": "q1", "options": ["b", "a"]}, {"ref": "q2", "options": []}]
    first, second = laid_out(form, arrangement)
    assert [option["text"] for option in first["questions"][0]["options"]] == ["乙", "甲"]
    assert second["questions"][0] == {
        "ref": "q2", "number": 2, "type": "NUMERIC", "stem": "算", "points": 3, "options": None, "blanks": None,
        "unit": "元", "matches": None, "gaps": None, "picture": None, "marks": None, "length": None, "media": [],
        "parts": None,
    }  # fmt: skip


MATCHES = (Option("a", "一"), Option("b", "二"), Option("c", "三"))
PARTS = (
    Question("p1", ItemType.ORDERING, options=MATCHES),
    Question("p2", ItemType.INLINE_CHOICE, gaps=(MATCHES, MATCHES)),
)
ALL = [
    Question("q1", ItemType.ORDERING, options=MATCHES),
    Question("q2", ItemType.MATCHING, options=MATCHES, matches=MATCHES),
    Question("q3", ItemType.INLINE_CHOICE, gaps=(MATCHES, MATCHES)),
    Question("q4", ItemType.COMPOSITE, parts=PARTS),
]


def places(seed: int) -> dict[str, Any]:
    return {place["ref"]: place for place in arrange(ALL, str(seed))}


def test_what_is_ordered_matched_or_chosen_in_a_gap_is_shuffled_also_inside_a_composite() -> None:
    drawn = [places(seed) for seed in range(60)]
    assert len({tuple(place["q1"]["options"]) for place in drawn}) == 6
    assert len({tuple(place["q2"]["matches"]) for place in drawn}) == 6
    assert len({str(place["q3"]["gaps"]) for place in drawn}) > 20
    assert len({str(place["q4"]["parts"]) for place in drawn}) > 40


def test_the_left_side_and_the_parts_of_a_composite_keep_their_order() -> None:
    for seed in range(10):
        assert places(seed)["q2"]["options"] == ["a", "b", "c"]
        assert [part["ref"] for part in places(seed)["q4"]["parts"]] == ["p1", "p2"]


def test_a_layout_follows_every_part_of_the_stored_place() -> None:
    part = {"ref": "p2", "options": [], "gaps": [["b", "a", "c"], ["c", "b", "a"]]}
    arrangement = [
        {"ref": "q2", "options": ["a", "b", "c"], "matches": ["c", "a", "b"]},
        {"ref": "q4", "options": [], "parts": [{"ref": "p1", "options": ["c", "b", "a"]}, part]},
    ]
    form = {question.ref: question for question in ALL}
    matching, composite = (section["questions"][0] for section in laid_out(form, arrangement))
    assert [match["id"] for match in matching["matches"]] == ["c", "a", "b"]
    assert [(part["id"], part["type"]) for part in composite["parts"]] == [("p1", "ORDERING"), ("p2", "INLINE_CHOICE")]
    assert [option["id"] for option in composite["parts"][0]["options"]] == ["c", "b", "a"]
    assert [[option["id"] for option in gap] for gap in composite["parts"][1]["gaps"]] == part["gaps"]


def test_a_place_that_was_stored_before_a_question_had_more_keeps_the_order_of_the_content() -> None:
    form = {question.ref: question for question in ALL}
    arrangement = [{"ref": question.ref, "options": list(question.option_ids)} for question in ALL]
    shown = [section["questions"][0] for section in laid_out(form, arrangement)]
    assert [match["id"] for match in shown[1]["matches"]] == ["a", "b", "c"]
    assert [len(gap) for gap in shown[2]["gaps"]] == [3, 3]
    assert [part["id"] for part in shown[3]["parts"]] == ["p1", "p2"]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10_000), st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_the_points_of_parts_are_shown_to_the_hundredth_near_what_they_are(points: int, shares: list[int]) -> None:
    parts = [
        {"id": f"p{n}", "type": "TRUE_FALSE", "share": share, "content": {"stem": "?"}}
        for n, share in enumerate(shares)
    ]
    whole = question("q1", ItemType.COMPOSITE, points, {"stem": "?", "parts": parts})
    for part, share in zip(whole.parts, shares, strict=True):
        assert abs(part.points - points * share / sum(shares)) <= 0.5
