from pathlib import Path

import pytest
import qti
from qti import earn, entry, item, processing, response

from questionbank.interchange.model import Level, Problem, ReadItem
from questionbank.kinds import ItemType

GAP = """<inlineChoiceInteraction responseIdentifier="{0}"><inlineChoice identifier="up">升高</inlineChoice>
  <inlineChoice identifier="down">降低</inlineChoice></inlineChoiceInteraction>"""


def test_text_entries_are_blanks_of_the_stem(tmp_path: Path) -> None:
    declared = response([], "A", kind="string", mapping={"V": 1, "伏特": 1}) + response(["A"], "B", kind="string")
    rules = processing(
        '<setOutcomeValue identifier="SCORE"><mapResponse identifier="A"/></setOutcomeValue>', earn("B", 1)
    )
    read = qti.read(item(declared, f"<p>电压的单位是 {entry('A')}，电流的是 {entry('B')}。</p>", rules), tmp_path)
    assert (read.type, read.content["stem"]) == (ItemType.FILL_IN, "电压的单位是 ____，电流的是 ____。")
    assert read.key == {"blanks": [["V", "伏特"], ["A"]], "case_sensitive": True}


def test_a_drawn_line_is_not_counted_as_a_blank(tmp_path: Path) -> None:
    declared = response(["x"], kind="string")
    read = qti.read(item(declared, f"<p>Name: ________ Write {entry()}</p>"), tmp_path)
    assert read.content == {"stem": "Name: ___ Write ____", "blanks": 1}


def test_case_does_not_matter_where_a_string_match_says_so(tmp_path: Path) -> None:
    rules = processing(earn("RESPONSE", 1, "stringMatch", 'caseSensitive="false"'))
    read = qti.read(item(response(["York"], kind="string"), f"<p>Richard of {entry()}</p>", rules), tmp_path)
    assert read.key == {"blanks": [["York"]]}


def test_without_a_rule_the_mapping_tells_what_is_accepted(tmp_path: Path) -> None:
    declared = response(["Paris"], kind="string", mapping={"Paris": 100, "Lutetia": 100})
    declared = declared.replace("mappedValue", 'caseSensitive="false" mappedValue')
    unset = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
    rules = processing(f"<responseCondition><responseIf>{unset}</responseIf></responseCondition>")
    warning, read = qti.events(item(declared, f"<p>Capital: {entry()}</p>", rules), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "processing_assumed"
    assert isinstance(read, ReadItem)
    assert read.key == {"blanks": [["Paris", "Lutetia"]]}


@pytest.mark.parametrize(
    ("rule", "tolerance"),
    [
        (earn("RESPONSE", 1), "0"),
        (earn("RESPONSE", 1, "equal", 'toleranceMode="exact"'), "0"),
        (earn("RESPONSE", 1, "equal", 'toleranceMode="absolute" tolerance="0.01"'), "0.01"),
        (earn("RESPONSE", 1, "equal", 'toleranceMode="absolute" tolerance="0.01 0.01"'), "0.01"),
        (earn("RESPONSE", 1, "equal", 'toleranceMode="relative" tolerance="5 5"'), "0.1"),
    ],
)
def test_a_number_is_right_within_its_tolerance(rule: str, tolerance: str, tmp_path: Path) -> None:
    declared = response(["2.0"], kind="float")
    read = qti.read(item(declared, f"<p>√4 = ?</p><p>{entry()}</p>", processing(rule)), tmp_path)
    assert (read.type, read.content) == (ItemType.NUMERIC, {"stem": "√4 = ?"})
    assert read.key == {"value": "2.0", "tolerance": tolerance}


def test_a_tolerance_that_is_wider_on_one_side_is_kept_as_source(tmp_path: Path) -> None:
    rule = earn("RESPONSE", 1, "equal", 'toleranceMode="absolute" tolerance="0.01 0.05"')
    assert (
        qti.kept(item(response(["2"], kind="float"), f"<p>{entry()}</p>", processing(rule)), tmp_path).kind == "scoring"
    )


def test_lists_within_a_text_are_gaps(tmp_path: Path) -> None:
    declared = response(["up"], "A") + response(["down"], "B")
    body = f"<p>压力 {GAP.format('A')}，体积 {GAP.format('B')}。</p>"
    read = qti.read(item(declared, body, processing(earn("A", 1), earn("B", 1))), tmp_path)
    options = [{"id": "a", "text": "升高"}, {"id": "b", "text": "降低"}]
    assert read.type == ItemType.INLINE_CHOICE
    assert read.content == {"stem": "压力 ____，体积 ____。", "gaps": [options, options]}
    assert read.key == {"gaps": ["a", "b"]}


def test_gaps_of_different_worth_are_evened_and_told(tmp_path: Path) -> None:
    declared = response(["up"], "A") + response(["down"], "B")
    body = f"<p>{GAP.format('A')}{GAP.format('B')}</p>"
    events = qti.events(item(declared, body, processing(earn("A", 1), earn("B", 2))), tmp_path)
    assert [event.code for event in events if isinstance(event, Problem)] == ["shares_evened"]


def test_what_is_marked_by_people_comes_in_without_a_reference_answer_and_asks_for_it(tmp_path: Path) -> None:
    asked = """<extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="20">
      <prompt>论述。</prompt></extendedTextInteraction>"""
    rubric = '<rubricBlock view="scorer"><p>要点齐全。</p></rubricBlock>'
    read = qti.read(item(response([], kind="string"), asked + rubric, ""), tmp_path)
    assert (read.type, read.key["reference"]) == (ItemType.EXTENDED_ANSWER, "要点齐全。")
    warning, bare = qti.events(item(response([], kind="string"), asked, ""), tmp_path)
    assert isinstance(bare, ReadItem)
    assert (bare.type, bare.key["reference"]) == (ItemType.EXTENDED_ANSWER, "")
    assert isinstance(warning, Problem)
    assert (warning.level, warning.code) == (Level.WARNING, "no_reference")


def test_mathematics_becomes_latex(tmp_path: Path) -> None:
    math = """<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>U</mi><mi>R</mi></mfrac></math>"""
    read = qti.read(item(response(["x"], kind="string"), f"<p>{math} = {entry()}</p>"), tmp_path)
    assert read.content["stem"] == "\\(\\frac{U}{R}\\) = ____"
