from pathlib import Path

import pytest
import qti
from qti import choice, item, response

from questionbank.interchange.model import Problem, ReadItem
from questionbank.kinds import ItemType

METALS = {"ChoiceA": "铜", "ChoiceB": "<p>铝</p>", "ChoiceC": "橡胶"}


def test_options_get_letters_that_tell_nothing_of_the_key(tmp_path: Path) -> None:
    read = qti.read(item(response(["ChoiceB"]), f"<p>题干</p>{choice(METALS)}"), tmp_path)
    assert read.type == ItemType.SINGLE_CHOICE
    assert read.content == {
        "stem": "题干",
        "options": [{"id": "a", "text": "铜"}, {"id": "b", "text": "铝"}, {"id": "c", "text": "橡胶"}],
    }
    assert read.key == {"right": ["b"]}
    assert read.extras == {"title": "Title"}


def test_the_prompt_belongs_to_the_stem(tmp_path: Path) -> None:
    read = qti.read(item(response(["ChoiceB"]), f"<p>材料</p>{choice(METALS, prompt='问题？')}"), tmp_path)
    assert read.content["stem"] == "材料\n问题？"


def test_a_prompt_that_repeats_the_text_is_said_once(tmp_path: Path) -> None:
    read = qti.read(item(response(["ChoiceB"]), f"<div>问题？</div>{choice(METALS, prompt='问题？')}"), tmp_path)
    assert read.content["stem"] == "问题？"


def test_options_that_are_not_shuffled_or_fixed_keep_their_place(tmp_path: Path) -> None:
    still = choice(METALS, prompt="?", more='shuffle="false"')
    assert qti.read(item(response(["ChoiceA"]), still), tmp_path).content["fixed"] == ["a", "b", "c"]
    last = choice(METALS, prompt="?").replace('"ChoiceC"', '"ChoiceC" fixed="true"')
    assert qti.read(item(response(["ChoiceA"]), last), tmp_path).content["fixed"] == ["c"]


@pytest.mark.parametrize(
    ("true", "false"), [("正确", "错误"), ("对。", "错。"), ("True", "False"), ("T", "F"), ("√", "×")]
)
def test_two_options_that_say_true_and_false_are_a_true_false_item(true: str, false: str, tmp_path: Path) -> None:
    asked = choice({"x": false, "y": true}, prompt="铜是导体。", more='shuffle="false"')
    read = qti.read(item(response(["y"]), asked), tmp_path)
    assert (read.type, read.content, read.key) == (ItemType.TRUE_FALSE, {"stem": "铜是导体。"}, {"value": True})


def test_several_right_options_are_exact_by_match_correct(tmp_path: Path) -> None:
    read = qti.read(
        item(response(["ChoiceA", "ChoiceB"], cardinality="multiple"), choice(METALS, prompt="?")), tmp_path
    )
    assert (read.type, read.key) == (ItemType.MULTIPLE_CHOICE, {"right": ["a", "b"]})


def test_one_right_option_of_several_is_spoiled_by_a_wrong_one(tmp_path: Path) -> None:
    read = qti.read(item(response(["ChoiceA"], cardinality="multiple"), choice(METALS, prompt="?")), tmp_path)
    weights = {"a": "1", "b": "-1", "c": "-1"}
    assert read.key == {"right": ["a"], "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}


def test_a_mapping_becomes_weights_and_its_best_sum_the_points(tmp_path: Path) -> None:
    worths = {"ChoiceA": 2, "ChoiceB": 1, "ChoiceC": -1}
    declared = response([], cardinality="multiple", mapping=worths, bounds='lowerBound="0"')
    read = qti.read(item(declared, choice(METALS, prompt="?"), qti.MAP_RESPONSE), tmp_path)
    weights = {"a": "2/3", "b": "1/3", "c": "-1/3"}
    assert read.key == {"right": ["a", "b"], "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}
    assert read.points == "3"


def test_a_mapping_that_may_fall_below_nothing_is_told(tmp_path: Path) -> None:
    declared = response([], cardinality="multiple", mapping={"ChoiceA": 1, "ChoiceB": 1, "ChoiceC": -1})
    warning, read = qti.events(item(declared, choice(METALS, prompt="?"), qti.MAP_RESPONSE), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "negative_score_dropped"
    assert isinstance(read, ReadItem)


def test_partial_credit_of_a_single_choice_is_told_and_dropped(tmp_path: Path) -> None:
    declared = response([], mapping={"ChoiceA": 1, "ChoiceB": 0.5})
    warning, read = qti.events(item(declared, choice(METALS, prompt="?"), qti.MAP_RESPONSE), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "partial_credit_dropped"
    assert isinstance(read, ReadItem)
    assert read.key == {"right": ["a"]}


def test_a_choice_without_processing_is_right_by_its_correct_response_and_told(tmp_path: Path) -> None:
    warning, read = qti.events(item(response(["ChoiceA"]), choice(METALS, prompt="?"), ""), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "processing_assumed"
    assert isinstance(read, ReadItem)
    assert read.key == {"right": ["a"]}


def test_a_survey_without_a_key_is_kept_as_source(tmp_path: Path) -> None:
    assert qti.kept(item(response([]), choice(METALS, prompt="?"), ""), tmp_path).kind == "no_key"


def test_feedback_becomes_the_explanation(tmp_path: Path) -> None:
    options = METALS | {
        "ChoiceC": '橡胶<feedbackInline outcomeIdentifier="F" identifier="c" showHide="show">绝缘体</feedbackInline>'
    }
    modal = '<modalFeedback outcomeIdentifier="F" identifier="ok" showHide="show"><p>金属导电。</p></modalFeedback>'
    text = item(response(["ChoiceA"]), choice(options, prompt="?"))
    read = qti.read(text.replace("</assessmentItem>", modal + "</assessmentItem>"), tmp_path)
    assert read.explanation == "绝缘体\n金属导电。"
    assert read.content["options"][2]["text"] == "橡胶"


def test_a_rubric_for_candidates_is_read_by_them_and_one_for_others_is_kept_apart(tmp_path: Path) -> None:
    rubrics = "".join(
        f'<rubricBlock view="{view}"><p>{said}</p></rubricBlock>'
        for view, said in {"candidate": "只选一项。", "proctor": "勿提示。"}.items()
    )
    read = qti.read(item(response(["ChoiceA"]), rubrics + choice(METALS, prompt="?")), tmp_path)
    assert read.content["stem"] == "只选一项。\n?"
    assert read.extras["rubrics"] == ["勿提示。"]
