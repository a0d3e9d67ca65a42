from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.delivery.arranging import arrange
from examsvc.delivery.questions import Question, laid_out
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
        options = tuple((letter, f"{number}{letter}") for letter in letters)
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
    options = tuple((letter, letter) for letter in LETTERS)
    questions = [Question(f"q{n}", ItemType.SINGLE_CHOICE, options=options) for n in range(10)]
    assert len({str(arrange(questions, str(seed))) for seed in range(20)}) == 20


def test_a_layout_is_numbered_through_its_sections_and_options_keep_their_text() -> None:
    form = {
        "q1": Question("q1", ItemType.SINGLE_CHOICE, 2, "选", (("a", "甲"), ("b", "乙"))),
        "q2": Question("q2", ItemType.NUMERIC, 3, "算", unit="元"),
    }
    arrangement = [{"ref": "q1", "options": ["b", "a"]}, {"ref": "q2", "options": []}]
    first, second = laid_out(form, arrangement)
    assert [option["text"] for option in first["questions"][0]["options"]] == ["乙", "甲"]
    assert second["questions"][0] == {
        "ref": "q2", "number": 2, "stem": "算", "points": 3, "options": None, "blanks": None, "unit": "元",
    }  # fmt: skip
