"""Moodle's XML as Moodle and people write it."""

import base64
from pathlib import Path
from typing import Any

import pytest

from questionbank.interchange import reading
from questionbank.interchange.model import Event, Problem, ReadItem, Refused, Unsupported
from questionbank.kinds import ItemType
from tests.questionbank.formats.items import PIXEL


def events(folder: Path, inner: str) -> list[Event]:
    file = folder / "q.xml"
    file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{inner}</quiz>', encoding="utf-8")
    return list(reading.read(file).events)


def question(kind: str, inner: str, text: str = "<p>Stem</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>Name</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inner}</question>'
    )


def answer(text: str, fraction: str = "100", more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


def item(folder: Path, inner: str) -> ReadItem:
    told = events(folder, inner)
    (read,) = [event for event in told if isinstance(event, ReadItem)] or [told]
    assert isinstance(read, ReadItem), told
    return read


def codes(folder: Path, inner: str) -> list[str]:
    return [event.code for event in events(folder, inner) if isinstance(event, Problem)]


@pytest.mark.parametrize(
    ("inner", "kind", "key"),
    [
        (
            question("multichoice", "<single>true</single>" + answer("a") + answer("b", "0")),
            ItemType.SINGLE_CHOICE,
            {"right": ["a"]},
        ),
        (
            question("multichoice", "<single>false</single>" + answer("a", "50") * 0 + answer("a", "50")
                     + answer("b", "50") + answer("c", "-50")),
            ItemType.MULTIPLE_CHOICE,
            {"right": ["a", "b"],
             "scoring": {"mode": "MAP", "weights": {"a": "0.5", "b": "0.5", "c": "-0.5"}, "least": "0"}},
        ),
        (
            question("multichoiceset", answer("a") + answer("b") + answer("c", "0")),
            ItemType.MULTIPLE_CHOICE,
            {"right": ["a", "b"]},
        ),
        (question("truefalse", answer("true", "0") + answer("false")), ItemType.TRUE_FALSE, {"value": False}),
        (
            question("shortanswer", "<usecase>1</usecase>" + answer("x\\*") + answer("*", "0")),
            ItemType.FILL_IN,
            {"blanks": [["x*"]], "case_sensitive": True},
        ),
        (
            question("numerical", answer("3.14", more="<tolerance>0.01</tolerance>") + answer("*", "0")),
            ItemType.NUMERIC,
            {"value": "3.14", "tolerance": "0.01"},
        ),
        (
            question("ordering", "<gradingtype>ALL_OR_NOTHING</gradingtype>" + answer("z", "1") + answer("y", "1")),
            ItemType.ORDERING,
            {"order": ["b", "a"], "scoring": "EXACT"},
        ),
        (
            question("essay", '<graderinfo format="html"><text>&lt;p&gt;Because&lt;/p&gt;</text></graderinfo>'),
            ItemType.EXTENDED_ANSWER,
            {"reference": "Because", "points": []},
        ),
        (
            question(
                "matching",
                "<subquestion><text>l1</text><answer><text>r2</text></answer></subquestion>"
                "<subquestion><text>l2</text><answer><text>r1</text></answer></subquestion>"
                "<subquestion><text></text><answer><text>r3</text></answer></subquestion>",
            ),
            ItemType.MATCHING,
            {"pairs": {"a": "b", "b": "a"}},
        ),
    ],
)  # fmt: skip
def test_each_kind_of_question_is_its_type(tmp_path: Path, inner: str, kind: ItemType, key: dict[str, Any]) -> None:
    read = item(tmp_path, inner)
    assert (read.type, read.key) == (kind, key)
    assert read.content["stem"] == ("Stem ____" if kind is ItemType.FILL_IN else "Stem")
    assert read.extras["title"] == "Name"


@pytest.mark.parametrize(
    ("text", "kind", "stem", "key"),
    [
        (
            "A {1:SHORTANSWER:=x~=y~z#no} b {:SA:%100%q}.",
            ItemType.FILL_IN,
            "A ____ b ____.",
            {"blanks": [["x", "y"], ["q"]]},
        ),
        ("A {1:MC:no~=yes}", ItemType.INLINE_CHOICE, "A ____", {"gaps": ["b"]}),
        ("A {1:NUMERICAL:=5:0.1} m", ItemType.NUMERIC, "A m", {"value": "5", "tolerance": "0.1"}),
        (
            "A {2:MCV:no~=yes} {1:SAC:=\\}&amp;&#126;}",
            ItemType.COMPOSITE,
            "A （1）____ （2）____",
            {"parts": {"p1": {"gaps": ["b"]}, "p2": {"blanks": [["}&~"]], "case_sensitive": True}}},
        ),
    ],
)
def test_embedded_answers_are_one_item_or_a_composite(
    tmp_path: Path, text: str, kind: ItemType, stem: str, key: dict[str, Any]
) -> None:
    read = item(tmp_path, question("multianswer", "", text))
    assert (read.type, read.content["stem"], read.key) == (kind, stem, key)
    if kind is ItemType.COMPOSITE:
        assert [part["share"] for part in read.content["parts"]] == [2, 1]


@pytest.mark.parametrize(("kind", "box"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_gaps_offer_the_words_of_their_group(tmp_path: Path, kind: str, box: str) -> None:
    boxes = "".join(f"<{box}><text>{word}</text><group>{group}</group></{box}>" for word, group in
                    (("hot", 1), ("dog", 2), ("cold", 1), ("cat", 2)))  # fmt: skip
    read = item(tmp_path, question(kind, boxes, "It is [[3]], said the [[2]]."))
    assert read.content["stem"] == "It is ____, said the ____."
    assert [[one["text"] for one in gap] for gap in read.content["gaps"]] == [["cold", "hot"], ["cat", "dog"]]
    assert read.key == {"gaps": ["a", "b"]}


def test_files_become_media_and_what_no_text_shows_is_named(tmp_path: Path) -> None:
    data = base64.b64encode(PIXEL).decode()
    file = f'<file name="a b.png" path="/" encoding="base64">{data}</file>'
    stem = (
        '<questiontext format="html"><text><![CDATA[Look <img src="@@PLUGINFILE@@/a%20b.png" alt="Ein Bild">]]></text>'
        f'{file}<file name="rest.pdf" path="/" encoding="base64">AAAA</file></questiontext>'
    )
    (lost, read) = events(
        tmp_path, f'<question type="truefalse">{stem}{answer("true")}{answer("false", "0")}</question>'
    )
    assert isinstance(read, ReadItem)
    assert isinstance(lost, Problem)
    assert [(medium.data, medium.media_type, medium.name) for medium in read.media] == [(PIXEL, "image/png", "a b.png")]
    assert [(entry["digest"], entry["alt"]) for entry in read.content["media"]] == [(read.media[0].digest, "Ein Bild")]
    assert (lost.code, lost.detail) == ("file_not_shown", "rest.pdf")


def test_a_picture_of_the_explanation_is_not_shown_with_the_question(tmp_path: Path) -> None:
    told = (
        '<generalfeedback format="html"><text><![CDATA[So <img src="@@PLUGINFILE@@/s.png">]]></text></generalfeedback>'
    )
    read = item(tmp_path, question("truefalse", told + answer("true") + answer("false", "0")))
    assert read.explanation == "So"
    assert "media" not in read.content


def test_categories_points_tags_units_and_settings_are_kept(tmp_path: Path) -> None:
    category = '<question type="category"><category><text>$course$/top/任务1/知识点</text></category></question>'
    told = (
        "<defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><idnumber>N-1</idnumber><hidden>1</hidden>"
        "<units><unit><multiplier>1</multiplier><unit_name>mm</unit_name></unit></units>"
        "<tags><tag><text>安全</text></tag><tag><text>difficulty:EASY</text></tag></tags>"
    )
    read = item(tmp_path, category + question("numerical", told + answer("1")))
    assert (read.work_task, read.knowledge_point, read.points, read.external_id) == ("任务1", "知识点", "2", "N-1")
    assert (read.tags, read.difficulty, read.content["unit"]) == (("安全",), "EASY", "mm")
    assert read.extras == {"title": "Name", "hidden": True, "moodle": {"penalty": "0.3333333"}}


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (
            question("multichoice", "<single>false</single>" + answer("a", "33") * 2),
            ["fraction_invalid", "options_same"],
        ),
        (question("multichoice", answer("a", "x") + answer("b")), ["not_decimal"]),
        (question("truefalse", answer("true", "0") + answer("false", "0")), ["not_true_false"]),
        (question("numerical", answer("1", "50")), ["no_full_mark"]),
        (question("gapselect", "", "[[7]]"), ["gap_unanswered"]),
        (question("gapselect", "", "no gap"), ["gaps_differ"]),
        (question("multianswer", "", "no gap"), ["gap_unanswered"]),
        (question("multianswer", "", "{1:MC:a~b}"), ["no_full_mark"]),
        (question("shortanswer", answer("a*")), ["wildcard_literal"]),
        (question("matching", "<subquestion><text>l</text></subquestion>"), ["pair_incomplete"]),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, inner: str, told: list[str]) -> None:
    found = codes(tmp_path, inner)
    assert [code for code in found if code != "fractions_sum"] == told


@pytest.mark.parametrize(
    "kind", ["description", "calculated", "calculatedmulti", "random", "ddmarker", "ddimageortext", "stack"]
)
def test_what_is_no_type_here_is_kept_as_source(tmp_path: Path, kind: str) -> None:
    (told,) = events(tmp_path, question(kind, "<odd>x</odd>"))
    assert isinstance(told, Unsupported)
    assert (told.where, told.kind) == ("question 1", kind)
    assert "<odd>x</odd>" in told.source


def test_essays_handed_in_as_files_and_unknown_embedded_answers_are_kept_as_source(tmp_path: Path) -> None:
    told = events(
        tmp_path,
        question("essay", "<attachmentsrequired>1</attachmentsrequired>") + question("cloze", "", "{1:REGEXP:=a.*}"),
    )
    assert [type(event) for event in told] == [Unsupported, Unsupported]


def test_bare_html_in_a_text_is_read_as_if_it_were_quoted(tmp_path: Path) -> None:
    stem = '<questiontext format="html"><text>a <b>bold</b> word</text></questiontext>'
    read = item(tmp_path, f'<question type="truefalse">{stem}{answer("true")}{answer("false", "0")}</question>')
    assert read.content["stem"] == "a bold word"


def test_xml_that_breaks_off_is_refused_where_it_breaks(tmp_path: Path) -> None:
    file = tmp_path / "q.xml"
    whole = question("truefalse", answer("true") + answer("false", "0"))
    file.write_text(f"<quiz>{whole}<question type='truefalse'><name>", encoding="utf-8")
    with pytest.raises(Refused, match="xml_malformed"):
        list(reading.read(file).events)


@pytest.mark.parametrize(
    "kind", ["calculated", "calculatedmulti", "calculatedsimple", "ddmarker", "ddimageortext", "randomsamatch"]
)
def test_what_has_no_type_here_is_kept_with_its_numbers_and_markers(tmp_path: Path, kind: str) -> None:
    inner = """<shuffleanswers>1</shuffleanswers><showmisplaced/><drag><no>1</no><text>甲</text><infinite/></drag>
      <drop><no>1</no><shape>circle</shape><coords>205,226;20</coords><choice>1</choice></drop>
      <dataset_definitions><dataset_definition><status><text>private</text></status></dataset_definition>
      </dataset_definitions>"""
    (kept,) = events(tmp_path, question(kind, inner, "<p>求 {a}&nbsp;。</p>"))
    assert isinstance(kept, Unsupported)
    assert kept.kind == kind
    assert "205,226;20" in kept.source


def test_what_moodle_4_writes_around_questions_is_passed_over(tmp_path: Path) -> None:
    category = """<!-- question: 0  --><question type="category"><category><text>$course$/top/电工</text></category>
      <info format="moodle_auto_format"><text>题库</text></info><idnumber></idnumber></question>"""
    versions = "<penalty>0.3333333</penalty><hidden>0</hidden><idnumber>E-1</idnumber>"
    file = tmp_path / "q.xml"
    inner = (
        category + "<!-- question: 12  -->" + question("truefalse", versions + answer("true") + answer("false", "0"))
    )
    file.write_bytes(b"\xef\xbb\xbf" + f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{inner}</quiz>'.encode())
    (read,) = reading.read(file).events
    assert isinstance(read, ReadItem)
    assert (read.external_id, read.knowledge_point or read.work_task) == ("E-1", "电工")
