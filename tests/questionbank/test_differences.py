import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank import differences
from questionbank.differences import MOST_TOKENS, Change, Difference, Piece

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("安全用电", "安全用气", [(SAME, "安全用"), (REMOVED, "电"), (ADDED, "气")]),
        ("the red cat", "the black cat", [(SAME, "the "), (REMOVED, "red"), (ADDED, "black"), (SAME, " cat")]),
        (r"\(\alpha+1\)", r"\(\beta+1\)", [(SAME, r"\("), (REMOVED, r"\alpha"), (ADDED, r"\beta"), (SAME, r"+1\)")]),
        ("", "新", [(ADDED, "新")]),
        ("旧", "", [(REMOVED, "旧")]),
        ("同", "同", [(SAME, "同")]),
    ],
)
def test_a_text_is_compared_by_word_and_by_chinese_character(
    before: str, after: str, pieces: list[tuple[Change, str]]
) -> None:
    assert differences.of_texts(before, after) == [Piece(*piece) for piece in pieces]


@given(st.text(), st.text())
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = differences.of_texts(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change != REMOVED) == after


def test_a_long_text_is_compared_by_sentences() -> None:
    before = "这是一句话。" * MOST_TOKENS
    pieces = differences.of_texts(before, before + "多了一句。")
    assert pieces[-1] == Piece(ADDED, "多了一句。")
    assert "".join(piece.text for piece in pieces[:-1]) == before


def test_fields_are_named_by_their_way_and_options_by_their_id() -> None:
    before = {"difficulty": "EASY", "content": {"stem": "题", "options": [{"id": "a", "text": "甲"}]}}
    after = {
        "difficulty": "HARD",
        "content": {"stem": "题", "options": [{"id": "a", "text": "乙"}, {"id": "b", "text": "丙"}]},
    }
    assert [(one.field, one.before, one.after) for one in differences.between(before, after)] == [
        ("difficulty", "EASY", "HARD"),
        ("content.options", ["a"], ["a", "b"]),
        ("content.options.a.text", "甲", "乙"),
        ("content.options.b.text", None, "丙"),
    ]


def test_what_is_no_text_on_both_sides_has_no_pieces_and_what_went_is_told() -> None:
    assert differences.between({"key": {"right": ["a"]}, "unit": "元"}, {"key": {"right": ["b"]}}) == [
        Difference("key.right", ["a"], ["b"], None),
        Difference("unit", "元", None, None),
    ]


def test_equal_wordings_differ_in_nothing() -> None:
    wording = {"content": {"stem": "题", "gaps": [[{"id": "a", "text": "甲"}]]}, "tags": ["一"]}
    assert differences.between(wording, wording) == []
