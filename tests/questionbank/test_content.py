import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from items import DIGEST, PICTURE, WORDINGS, composite

from questionbank import content
from questionbank.errors import BadItem
from questionbank.kinds import ItemType

T = ItemType
WORDS = Path(__file__).parents[2] / "examsvc" / "frontend" / "src" / "i18n"
OPTIONS = content.options_of(["甲", "乙", "丙", "丁"])
MEDIUM = {"digest": DIGEST, "kind": "PICTURE", "media_type": "image/png", "alt": "图"}
PICTURED = [{"id": "a", "text": "", "media": DIGEST}, {"id": "b", "text": "都不是"}]
RECT = {"shape": "RECT", "coords": [0, 0, 400, 300]}
CIRCLE = {"shape": "CIRCLE", "coords": [400, 300, 400]}
POLYGON = {"shape": "POLYGON", "coords": [0, 0, 400, 0, 400, 300]}


def mapped_weights(least: Any = "0", **weights: Any) -> dict[str, Any]:
    return {"mode": "MAP", "weights": weights, "least": least}


def ordered(**changes: Any) -> dict[str, Any]:
    return {"order": ["a", "b", "c", "d"], **changes}


def weighted(**changes: Any) -> tuple[ItemType, dict[str, Any], dict[str, Any]]:
    return T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"], "scoring": mapped_weights(**changes)}


def in_picture(*areas: Any, points: Any = 2, **picture: Any) -> tuple[ItemType, dict[str, Any], dict[str, Any]]:
    return T.HOTSPOT, {"picture": {**PICTURE, **picture}, "points": points}, {"areas": list(areas)}


def in_part(key: Any, **part: Any) -> tuple[ItemType, dict[str, Any], dict[str, Any]]:
    whole = {"id": "p1", "type": "TRUE_FALSE", "share": 1, "content": {"stem": "小题"}, **part}
    return T.COMPOSITE, {"parts": [whole]}, {"parts": {"p1": key}}


TRUE = {"value": True}
GAPS = [OPTIONS[:2], OPTIONS]
GOOD: list[tuple[ItemType, dict[str, Any], dict[str, Any]]] = [
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["b"]}),
    (T.SINGLE_CHOICE, {"options": OPTIONS, "fixed": ["d"]}, {"right": ["d"]}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "c"]}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b", "c", "d"]}),
    (T.TRUE_FALSE, {}, {"value": False}),
    (T.FILL_IN, {"stem": "____与____", "blanks": 2}, {"blanks": [["一"], ["二", "两"]]}),
    (T.NUMERIC, {"unit": "元"}, {"value": "-1.50", "tolerance": "0"}),
    (T.SHORT_ANSWER, {}, {"reference": "要点"}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a"], "scoring": mapped_weights(a="1", b="-1")}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"], "scoring": mapped_weights(a="1/3", b="2/3")}),
    (T.SINGLE_CHOICE, {"options": PICTURED, "media": [MEDIUM]}, {"right": ["b"]}),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "kind": "AUDIO", "media_type": "audio/mpeg", "plays": 2}]}, {"value": True}),
    (T.HOTSPOT, {"picture": PICTURE, "points": 3}, {"areas": [CIRCLE, RECT, POLYGON]}),
    (T.EXTENDED_ANSWER, {"length": 20_000}, {"reference": "要点"}),
    *((kind, parts, key) for kind, (parts, key) in WORDINGS.items()),
]
BAD: list[tuple[ItemType, dict[str, Any], dict[str, Any], str]] = [
    (T.TRUE_FALSE, {"stem": "  "}, {"value": True}, "stem_empty"),
    (T.SINGLE_CHOICE, {"options": OPTIONS[:1]}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": content.options_of(["甲", " "])}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": content.options_of(["甲", "甲 "])}, {"right": ["a"]}, "options_same"),
    (T.SINGLE_CHOICE, {"options": [*OPTIONS, {"id": "a", "text": "戊"}]}, {"right": ["a"]}, "options_same"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": []}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"]}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["z"]}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS, "fixed": ["z"]}, {"right": ["a"]}, "fixed_unknown"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a"]}, "key_count"),
    (T.TRUE_FALSE, {}, {"value": "true"}, "not_true_false"),
    (T.TRUE_FALSE, {}, {}, "not_true_false"),
    (T.FILL_IN, {"stem": "____", "blanks": 2}, {"blanks": [["一"], ["二"]]}, "blanks_differ"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": []}, "blanks_differ"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [[]]}, "blank_unanswered"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [["一", " "]]}, "blank_unanswered"),
    (T.NUMERIC, {}, {"value": "一", "tolerance": "0"}, "not_decimal"),
    (T.NUMERIC, {}, {"value": "1"}, "not_decimal"),
    (T.NUMERIC, {}, {"value": "NaN", "tolerance": "0"}, "not_finite"),
    (T.NUMERIC, {}, {"value": "1", "tolerance": "-0.01"}, "not_finite"),
    (T.NUMERIC, {}, {"value": "1", "tolerance": "Infinity"}, "not_finite"),
    (T.SHORT_ANSWER, {}, {"reference": " "}, "no_reference"),
    (T.SHORT_ANSWER, {}, {"reference": "要点", "points": [" "]}, "point_empty"),
    (T.TRUE_FALSE, {"stem": 1}, TRUE, "stem_empty"),
    (T.SINGLE_CHOICE, {"options": "ab"}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": ["a", "b"]}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": [{"id": 1, "text": "甲"}, *OPTIONS]}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": content.options_of(["甲"] * 2) * 14}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": PICTURED}, {"right": ["b"]}, "media_unknown"),
    (T.SINGLE_CHOICE, {"options": OPTIONS, "fixed": [["a"]]}, {"right": ["a"]}, "fixed_unknown"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "a"]}, "key_count"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", ["b"]]}, "key_count"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"], "scoring": {"mode": "BEST"}}, "scoring_unknown"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"], "scoring": "MAP"}, "scoring_unknown"),
    (*weighted(), "weights_malformed"),
    (*weighted(a="0.5", b="0.5", z="0"), "weights_malformed"),
    (*weighted(a="0.5", b="1.01"), "weights_malformed"),
    (*weighted(a="0.5", b="NaN"), "weights_malformed"),
    (*weighted(a="0.5", b="1e-999999999"), "weights_malformed"),
    (*weighted(a="0.5", b=0.5), "weights_malformed"),
    (*weighted(a="1/3", b="4/3"), "weights_malformed"),
    (*weighted(a="1/3", b="1/0"), "weights_malformed"),
    (*weighted(a="1/3", b="1/30000"), "weights_malformed"),
    (*weighted(a="0.5", b="0"), "weights_differ"),
    (*weighted(a="0.5", b="0.5", c="0.1"), "weights_differ"),
    (*weighted(a="0.5", b="0.5", least="1"), "least_range"),
    (*weighted(a="0.5", b="0.5", least="-0.1"), "least_range"),
    (*weighted(a="0.5", b="0.5", least=None), "least_range"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [["一"]], "case_sensitive": 1}, "not_true_false"),
    (T.FILL_IN, {"stem": "____" * 21, "blanks": 21}, {"blanks": [["一"]] * 21}, "blanks_differ"),
    (T.NUMERIC, {}, {"value": "1e999999999", "tolerance": "0"}, "not_finite"),
    (T.NUMERIC, {}, {"value": "1", "tolerance": "1e-999999999"}, "not_finite"),
    (T.NUMERIC, {}, {"value": 1.5, "tolerance": "0"}, "not_decimal"),
    (T.NUMERIC, {"unit": 1}, {"value": "1.5", "tolerance": "0"}, "unit_malformed"),
    (T.ORDERING, {"options": OPTIONS}, ordered(order=["a", "b", "c"]), "order_differs"),
    (T.ORDERING, {"options": OPTIONS}, ordered(order=["a", "b", "c", "c"]), "order_differs"),
    (T.ORDERING, {"options": OPTIONS}, ordered(order=[1, 2, 3, 4]), "order_differs"),
    (T.ORDERING, {"options": OPTIONS}, ordered(scoring="SOME"), "scoring_unknown"),
    (T.ORDERING, {"options": OPTIONS[:1]}, ordered(order=["a"]), "options_missing"),
    (T.MATCHING, {"options": OPTIONS[:2]}, {"pairs": {"a": "a", "b": "b"}}, "options_missing"),
    (T.MATCHING, {"options": OPTIONS[:2], "matches": OPTIONS}, {"pairs": {"a": "a"}}, "pairs_differ"),
    (T.MATCHING, {"options": OPTIONS[:2], "matches": OPTIONS}, {"pairs": {"a": "a", "b": "z"}}, "pairs_differ"),
    (T.MATCHING, {"options": OPTIONS[:2], "matches": OPTIONS}, {"pairs": {"a": "a", "b": ["b"]}}, "pairs_differ"),
    (T.MATCHING, {"options": OPTIONS[:2], "matches": OPTIONS}, {"pairs": [["a", "a"]]}, "pairs_differ"),
    (T.INLINE_CHOICE, {"stem": "____", "gaps": GAPS}, {"gaps": ["a", "d"]}, "gaps_differ"),
    (T.INLINE_CHOICE, {"stem": "无空", "gaps": []}, {"gaps": []}, "gaps_differ"),
    (T.INLINE_CHOICE, {"stem": "____与____", "gaps": [OPTIONS, OPTIONS[:1]]}, {"gaps": ["a", "a"]}, "options_missing"),
    (T.INLINE_CHOICE, {"stem": "____与____", "gaps": GAPS}, {"gaps": ["d", "a"]}, "gap_unanswered"),
    (T.INLINE_CHOICE, {"stem": "____与____", "gaps": GAPS}, {"gaps": ["a"]}, "gap_unanswered"),
    (T.INLINE_CHOICE, {"stem": "____与____", "gaps": GAPS}, {"gaps": [["a"], "a"]}, "gap_unanswered"),
    (T.HOTSPOT, {"points": 1}, {"areas": [RECT]}, "picture_missing"),
    (*in_picture(RECT, digest="abc"), "picture_missing"),
    (*in_picture(RECT, width=0), "picture_missing"),
    (*in_picture(RECT, height="300"), "picture_missing"),
    (*in_picture(RECT, alt=" "), "media_undescribed"),
    (*in_picture(RECT, points=0), "points_range"),
    (*in_picture(RECT, points=True), "points_range"),
    (*in_picture(RECT, points=21), "points_range"),
    (*in_picture(), "areas_count"),
    (*in_picture(RECT, CIRCLE, POLYGON), "areas_count"),
    (*in_picture({"shape": "RECT", "coords": [0, 0, 401, 300]}), "areas_malformed"),
    (*in_picture({"shape": "RECT", "coords": [9, 0, 9, 300]}), "areas_malformed"),
    (*in_picture({"shape": "RECT", "coords": [0, 0, 400]}), "areas_malformed"),
    (*in_picture({"shape": "CIRCLE", "coords": [10, 10, 0]}), "areas_malformed"),
    (*in_picture({"shape": "CIRCLE", "coords": [10, 301, 5]}), "areas_malformed"),
    (*in_picture({"shape": "POLYGON", "coords": [0, 0, 10, 10]}), "areas_malformed"),
    (*in_picture({"shape": "POLYGON", "coords": [0, 0, 10, 10, 20]}), "areas_malformed"),
    (*in_picture({"shape": "POLYGON", "coords": [0, 0, 10, 10, 20, 1.5]}), "areas_malformed"),
    (*in_picture({"shape": "STAR", "coords": [0, 0, 10, 10]}), "areas_malformed"),
    (*in_picture({"shape": ["RECT"], "coords": [0, 0, 10, 10]}), "areas_malformed"),
    (*in_picture("RECT"), "areas_malformed"),
    (T.EXTENDED_ANSWER, {"length": 0}, {"reference": "要点"}, "length_range"),
    (T.EXTENDED_ANSWER, {"length": 20_001}, {"reference": "要点"}, "length_range"),
    (T.EXTENDED_ANSWER, {}, {}, "no_reference"),
    (T.COMPOSITE, {"parts": []}, {"parts": {}}, "parts_malformed"),
    (T.COMPOSITE, {}, {}, "parts_malformed"),
    (*in_part(TRUE, id="第一"), "parts_malformed"),
    (*in_part(TRUE, type="COMPOSITE"), "parts_malformed"),
    (*in_part(TRUE, type="ESSAY"), "parts_malformed"),
    (*in_part(TRUE, share=0), "parts_malformed"),
    (*in_part(TRUE, share="1"), "parts_malformed"),
    (*in_part(TRUE, content=None), "parts_malformed"),
    (T.COMPOSITE, {"parts": composite(T.TRUE_FALSE)[0]["parts"] * 2}, {"parts": {"p1": TRUE}}, "parts_same"),
    (T.COMPOSITE, composite(T.TRUE_FALSE)[0], {"parts": {}}, "part_unanswered"),
    (T.COMPOSITE, composite(T.TRUE_FALSE)[0], {"parts": {"p1": TRUE, "p2": TRUE}}, "part_unanswered"),
    (*in_part(None), "part_unanswered"),
    (*in_part({}), "not_true_false"),
    (*in_part(TRUE, content={"stem": " "}), "stem_empty"),
    (T.TRUE_FALSE, {"media": {}}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": ["a"]}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "kind": "SCENT"}]}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "digest": "5F" * 32}]}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "plays": 1}]}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "kind": "VIDEO", "plays": 0}]}, TRUE, "media_malformed"),
    (T.TRUE_FALSE, {"media": [MEDIUM, MEDIUM]}, TRUE, "media_same"),
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "alt": " "}]}, TRUE, "media_undescribed"),
]


@pytest.mark.parametrize(("kind", "parts", "key"), GOOD)
def test_a_sound_item_of_every_type_is_taken(kind: ItemType, parts: dict[str, Any], key: dict[str, Any]) -> None:
    content.check(kind, {"stem": "题干", **parts}, key)


@pytest.mark.parametrize(("kind", "parts", "key", "fault"), BAD)
def test_a_faulty_item_is_refused_with_the_place_and_a_word_for_the_fault(
    kind: ItemType, parts: dict[str, Any], key: dict[str, Any], fault: str
) -> None:
    with pytest.raises(BadItem) as refused:
        content.check(kind, {"stem": "题干", **parts}, key)
    assert refused.value.extra["fault"] == fault
    assert refused.value.extra["field"].split(".")[0] in ("content", "key")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_fault_has_its_words(language: str) -> None:
    words = json.loads((WORDS / language / "office.json").read_text(encoding="utf-8"))["item"]["fault"]
    assert {fault for *_, fault in BAD} <= set(words)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=8, unique_by=str.strip), st.data())
def test_any_distinct_texts_with_one_of_them_right_make_a_single_choice(texts: list[str], data: st.DataObject) -> None:
    options = content.options_of(texts)
    right = data.draw(st.sampled_from([option["id"] for option in options]))
    content.check(T.SINGLE_CHOICE, {"stem": "题干", "options": options}, {"right": [right]})


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 6))
def test_a_fill_in_needs_as_many_blanks_in_the_stem_as_in_the_key(marked: int, answered: int) -> None:
    stem, key = "、".join([content.BLANK] * marked), {"blanks": [["答"]] * answered}
    if marked == answered:
        content.check(T.FILL_IN, {"stem": stem, "blanks": answered}, key)
    else:
        with pytest.raises(BadItem):
            content.check(T.FILL_IN, {"stem": stem, "blanks": answered}, key)


@pytest.mark.parametrize(
    ("key", "part", "field"),
    [({}, {}, "key.parts.p1.value"), (TRUE, {"content": {"stem": ""}}, "content.parts.p1.stem")],
)
def test_a_fault_in_a_part_names_the_part(key: dict[str, Any], part: dict[str, Any], field: str) -> None:
    kind, parts, keys = in_part(key, **part)
    with pytest.raises(BadItem) as refused:
        content.check(kind, {"stem": "题干", **parts}, keys)
    assert refused.value.extra["field"] == field


@pytest.mark.parametrize("kind", list(ItemType))
def test_people_mark_what_is_written_and_a_composite_that_holds_it(kind: ItemType) -> None:
    assert content.needs_marking(kind, WORDINGS[kind][0]) is kind.is_written
    if kind != T.COMPOSITE:
        assert content.needs_marking(T.COMPOSITE, composite(T.TRUE_FALSE, kind)[0]) is kind.is_written


@pytest.mark.parametrize("kind", list(ItemType))
def test_lettering_keeps_an_item_sound_and_does_nothing_twice(kind: ItemType) -> None:
    once = content.lettered(kind, *WORDINGS[kind])
    content.check(kind, *once)
    assert content.lettered(kind, *once) == once


def right_texts(kind: ItemType, parts: dict[str, Any], key: dict[str, Any]) -> Any:
    named = {side: {one["id"]: one["text"] for one in parts.get(side, [])} for side in ("options", "matches")}
    match kind:
        case T.ORDERING:
            return [named["options"][one] for one in key["order"]]
        case T.MATCHING:
            return {named["options"][left]: named["matches"][right] for left, right in key["pairs"].items()}
        case _:
            gaps = [{one["id"]: one["text"] for one in gap} for gap in parts["gaps"]]
            return [gap[one] for gap, one in zip(gaps, key["gaps"], strict=True)]


@pytest.mark.parametrize("kind", list(ItemType))
def test_lettering_what_was_read_keeps_it_sound_and_does_nothing_twice(kind: ItemType) -> None:
    once = content.lettered_as_read(kind, *WORDINGS[kind])
    content.check(kind, *once)
    assert content.lettered_as_read(kind, *once) == once


def test_the_ids_of_choices_that_were_read_do_not_tell_that_the_right_one_stood_first() -> None:
    options = content.options_of(["四月", "一月", "二月"])
    weights = {"mode": "MAP", "weights": {"a": "0.4", "b": "0.6", "c": "-1"}}
    shown, key = content.lettered_as_read(
        T.MULTIPLE_CHOICE,
        {"stem": "题干", "options": options, "fixed": ["c"]},
        {"right": ["a", "b"], "scoring": weights},
    )
    assert [(one["id"], one["text"]) for one in shown["options"]] == [("c", "四月"), ("a", "一月"), ("b", "二月")]
    assert (shown["fixed"], key["right"]) == (["b"], ["a", "c"])
    assert key["scoring"]["weights"] == {"c": "0.4", "a": "0.6", "b": "-1"}


LETTERED = [T.ORDERING, T.MATCHING, T.INLINE_CHOICE]


@pytest.mark.parametrize("kind", LETTERED)
def test_lettering_keeps_what_is_right(kind: ItemType) -> None:
    assert right_texts(kind, *content.lettered(kind, *WORDINGS[kind])) == right_texts(kind, *WORDINGS[kind])


@settings(deadline=None, max_examples=40)
@given(st.permutations(["明确任务", "撰写提示词", "核对输出", "留存记录"]), st.permutations("abcd"))
def test_the_ids_of_steps_are_the_same_whatever_their_right_order_is(order: list[str], ids: list[str]) -> None:
    options = [{"id": one, "text": text} for one, text in zip(ids, order, strict=True)]
    shown, _ = content.lettered(T.ORDERING, {"stem": "排序", "options": options}, {"order": ids})
    assert shown["options"] == content.options_of(sorted(order))


def test_the_files_of_an_item_are_those_of_its_media_its_picture_and_its_parts() -> None:
    parts, key = composite(T.HOTSPOT, T.TRUE_FALSE)
    sound = {**MEDIUM, "digest": "a" * 64, "kind": "AUDIO"}
    content.check(T.COMPOSITE, {**parts, "media": [sound]}, key)
    assert content.digests({**parts, "media": [sound]}) == {DIGEST, "a" * 64}
    assert content.digests({"stem": "题干"}) == set()


LACKING: list[tuple[T, Any, Any, list[tuple[str, str]]]] = [
    (T.TRUE_FALSE, {"media": [{**MEDIUM, "alt": ""}]}, TRUE, [("content.media", "media_undescribed")]),
    (*in_picture(RECT, alt=""), [("content.picture", "media_undescribed")]),
    (T.SHORT_ANSWER, {}, {"reference": ""}, [("key.reference", "no_reference")]),
    (T.EXTENDED_ANSWER, {}, {}, [("key.reference", "no_reference")]),
    (*in_part({"reference": " "}, type="SHORT_ANSWER"), [("key.parts.p1.reference", "no_reference")]),
]


@pytest.mark.parametrize(("kind", "more", "key", "lacking"), LACKING)
def test_a_draft_may_lack_words_that_an_item_may_not(kind: T, more: Any, key: Any, lacking: Any) -> None:
    shown = {"stem": "题干", **more}
    content.check_draft(kind, shown, key)
    assert [(lack.extra["field"], lack.extra["fault"]) for lack in content.lacking(kind, shown, key)] == lacking
    with pytest.raises(BadItem):
        content.check(kind, shown, key)
