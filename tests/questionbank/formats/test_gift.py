"""GIFT as people and Moodle write it."""

from pathlib import Path
from typing import Any

import pytest

from questionbank.interchange import reading
from questionbank.interchange.model import Event, Format, Level, Problem, ReadItem, Refused, Unsupported
from questionbank.kinds import Difficulty, ItemType


def events(folder: Path, text: str) -> list[Event]:
    file = folder / "q.txt"
    file.write_text(text, encoding="utf-8")
    return list(reading.read(file, Format.GIFT).events)


def item(folder: Path, text: str) -> ReadItem:
    (read,) = [event for event in events(folder, text) if isinstance(event, ReadItem)]
    return read


def problems(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(one.level.value, one.code) for one in events(folder, text) if isinstance(one, Problem)]


def texts(read: ReadItem) -> list[str]:
    return [option["text"] for option in read.content["options"]]


@pytest.mark.parametrize(
    ("text", "kind", "stem", "key"),
    [
        ("2+2? {=4 ~5 ~6}", ItemType.SINGLE_CHOICE, "2+2?", {"right": ["a"]}),
        ("Sky {T}", ItemType.TRUE_FALSE, "Sky", {"value": True}),
        ("Sky {FALSE#no#yes}", ItemType.TRUE_FALSE, "Sky", {"value": False}),
        ("Who? {=Newton =牛顿}", ItemType.FILL_IN, "Who? ____", {"blanks": [["Newton", "牛顿"]]}),
        ("Ice melts at {=0} °C.", ItemType.FILL_IN, "Ice melts at ____ °C.", {"blanks": [["0"]]}),
        ("Ice {=melts ~burns} at 0.", ItemType.SINGLE_CHOICE, "Ice ____ at 0.", {"right": ["a"]}),
        ("Pi {#3.14:0.01}", ItemType.NUMERIC, "Pi", {"value": "3.14", "tolerance": "0.01"}),
        ("Pi {#3.1..3.2}", ItemType.NUMERIC, "Pi", {"value": "3.15", "tolerance": "0.05"}),
        ("Pi {#3}", ItemType.NUMERIC, "Pi", {"value": "3", "tolerance": "0"}),
        ("Pi {#=3.14:0.1 =%50%3:1}", ItemType.NUMERIC, "Pi", {"value": "3.14", "tolerance": "0.1"}),
        ("Why {####Because.}", ItemType.EXTENDED_ANSWER, "Why", {"reference": "Because.", "points": []}),
        (
            "Pairs {=a -> 1 =b -> 2 =c -> 1 = -> 3}",
            ItemType.MATCHING,
            "Pairs",
            {"pairs": {"a": "a", "b": "b", "c": "a"}},
        ),
        (
            "Many {~%50%a ~%50%b ~%-100%c}",
            ItemType.MULTIPLE_CHOICE,
            "Many",
            {
                "right": ["a", "b"],
                "scoring": {"mode": "MAP", "weights": {"a": "0.5", "b": "0.5", "c": "-1"}, "least": "0"},
            },
        ),
    ],
)
def test_each_form_of_answer_is_its_type(
    tmp_path: Path, text: str, kind: ItemType, stem: str, key: dict[str, Any]
) -> None:
    read = item(tmp_path, text)
    assert (read.type, read.content["stem"], read.key) == (kind, stem, key)


def test_escaped_signs_are_text_and_escaped_line_breaks_break(tmp_path: Path) -> None:
    read = item(tmp_path, "[plain]\\{a\\} \\= \\~ \\# \\: \\\\n\\nnext \\(\\\\frac\\{1\\}\\{2\\}\\) {=\\=x ~y\\#z}")
    assert read.content["stem"] == "{a} = ~ # : \\n\nnext \\(\\frac{1}{2}\\)"
    assert texts(read) == ["=x", "y#z"]


@pytest.mark.parametrize(
    ("marker", "stem"),
    [
        ("[html]", "a bold\nb & c"),
        ("[plain]", "a <b>bold</b><br>b &amp; c"),
        ("[markdown]", "a <b>bold</b><br>b &amp; c"),
        ("[moodle]", "a bold\nb & c"),
        ("", "a bold\nb & c"),
    ],
)
def test_the_format_that_is_named_decides_what_is_markup(tmp_path: Path, marker: str, stem: str) -> None:
    assert item(tmp_path, f"{marker}a <b>bold</b><br>b &amp; c {{T}}").content["stem"] == stem


def test_lines_of_text_without_a_format_stay_lines(tmp_path: Path) -> None:
    assert item(tmp_path, "first\nsecond {T}").content["stem"] == "first\nsecond"


def test_what_stands_around_a_question_is_kept(tmp_path: Path) -> None:
    read = item(
        tmp_path,
        "// question: 7 [id:q-7] [tag:安全] [tag:difficulty:HARD] [tag:code:K1] [tag:points:2]\n"
        "$CATEGORY: $course$/top/任务1/知识点//2\n\n\n"
        "// [id:q-8] [tag:安全] [tag:difficulty:HARD] [tag:code:K1] [tag:points:2]\n"
        "::A \\: title::stem {=a#good ~b#bad ####general}\n",
    )
    assert (read.external_id, read.tags, read.difficulty, read.code) == ("q-8", ("安全",), Difficulty.HARD, "K1")
    assert (read.work_task, read.knowledge_point, read.points) == ("任务1", "知识点/2", "2")
    assert read.explanation == "general"
    assert read.extras == {"title": "A : title", "feedback": ["good", "bad"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a {=b", [("error", "braces_unbalanced")]),
        ("a } b", [("error", "braces_unbalanced")]),
        ("a {=b} and {=c}", [("error", "several_answers")]),
        ("a {b}", [("error", "answer_unknown")]),
        ("// [tag:points:many]\na {T}", [("error", "not_decimal")]),
        ("a {#x}", [("error", "not_decimal")]),
        ("a {#1e999999999..2}", [("error", "not_decimal")]),
        ("a {=b -> 1 =c}", [("error", "pair_incomplete")]),
        ("a {=b =c ~d}", [("error", "key_count")]),
        ("a {}", [("warning", "no_reference")]),
        ("a {~%200%b ~c}", [("error", "fraction_invalid")]),
        ("a {~%33%b ~%33%c ~%33%d}", [("warning", "fraction_invalid")]),
        ("a {~%50%b ~%20%c}", [("warning", "fractions_sum")]),
        ("a {=b ~%50%c}", [("warning", "partial_credit_dropped")]),
        ("[markdown]a **b** {T}", [("warning", "markdown_kept")]),
        ("[html]a <table><tr><td>1</td></tr></table> {T}", [("warning", "table_flattened")]),
        ("[html]a <img src='x.png'> {T}", [("warning", "media_missing")]),
    ],
)
def test_what_is_wrong_or_lost_is_named(tmp_path: Path, text: str, told: list[tuple[str, str]]) -> None:
    assert problems(tmp_path, text) == told


def test_three_thirds_are_a_whole(tmp_path: Path) -> None:
    read = item(tmp_path, "a {~%33.33333%b ~%33.33333%c ~%33.33333%d ~e}")
    assert read.key["scoring"]["weights"] == {"a": "1/3", "b": "1/3", "c": "1/3"}


def test_a_faulty_question_does_not_keep_the_next_one_out(tmp_path: Path) -> None:
    told = events(tmp_path, "only text\n\nbroken {=\n\ngood {T}\n")
    assert [type(event) for event in told] == [Unsupported, Problem, ReadItem]
    assert [event.where for event in told] == ["line 1", "line 3", "line 5"]
    assert told[1].level is Level.ERROR  # type: ignore[union-attr]


def test_a_question_without_end_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="question_too_long"):
        events(tmp_path, "a {" + "x" * 2_000_000)


def test_gbk_and_utf_16_are_read(tmp_path: Path) -> None:
    for encoding in ("gbk", "utf-16", "utf-8-sig"):
        file = tmp_path / "q.gift"
        file.write_text("灭火器 {=干粉 ~水}", encoding=encoding)
        (read,) = reading.read(file).events
        assert isinstance(read, ReadItem)
        assert read.content["stem"] == "灭火器"
