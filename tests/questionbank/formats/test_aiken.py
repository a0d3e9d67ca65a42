"""Aiken as people write it."""

from pathlib import Path

from questionbank.interchange import reading
from questionbank.interchange.model import Format, Problem, ReadItem


def test_stems_and_options_may_have_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text("Which\none?\nA) first\nB. second\nmore\n  ANSWER: B\n\nNext?\nA. x\nB. y\nanswer: a\n")
    reading_ = reading.read(file)
    assert reading_.format is Format.AIKEN
    first, second = (event for event in reading_.events if isinstance(event, ReadItem))
    assert first.content["stem"] == "Which\none?"
    assert [option["text"] for option in first.content["options"]] == ["first", "second\nmore"]
    assert (first.key, second.key) == ({"right": ["b"]}, {"right": ["a"]})


def test_what_does_not_fit_is_an_error_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(
        "One?\nA. x\nB. y\nANSWER: C\n\nTwo?\nA. x\nA. y\nANSWER: A\n\n"
        "ANSWER: A\n\nThree?\nA. x\nANSWER: A\n\nFour?\nA. x\nB. y\n"
    )
    told = [(one.where, one.code) for one in reading.read(file).events if isinstance(one, Problem)]
    assert told == [
        ("line 1", "answer_unknown"),
        ("line 6", "option_letter_twice"),
        ("line 11", "answer_unknown"),
        ("line 13", "options_missing"),
        ("line 17", "answer_missing"),
    ]
