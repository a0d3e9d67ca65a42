"""What is missing or wrong in a row, its proposal and its main content (annexes 1–3)."""

from copy import deepcopy
from typing import Any

import pytest
from casework import CREDIT_CODE, MAIN_CONTENT, PROPOSAL
from hypothesis import given, settings
from hypothesis import strategies as st
from recommendations import code_of, fields

from examsvc.core.errors import Invalid
from examsvc.registry.annexes.errors import UnprintableText
from examsvc.registry.annexes.wording import INSTRUCTIONS
from examsvc.registry.errors import HtmlInText
from examsvc.registry.occupations.dictionary import of_2022
from examsvc.registry.recommending import industries, lints
from examsvc.registry.recommending.fields import LONGEST, phone, tidied

WRONG_CHECK = "91310000MA1FL0AB1Y"
INSTITUTION, AUTHORITY = code_of("12310000425006000"), code_of("11310000002420000")
ELSEWHERE, STATE_REGISTRY = code_of("91110000MA1FL0AB1"), code_of("91100000MA1FL0AB1")


def row_codes(*, is_repeated: bool = False, is_proven: bool = False, **changed: Any) -> set[tuple[str, str]]:
    row = tidied(fields(**changed))
    found = lints.of_row(row, known=of_2022(), is_repeated=is_repeated, is_proven=is_proven)
    return {(problem.code, problem.severity.value) for problem in found}


def content_codes(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity.value) for problem in lints.of_main_content(content)]


def content(**changed: Any) -> dict[str, Any]:
    return {**deepcopy(MAIN_CONTENT), **changed}


def weighted(*weights: int) -> dict[str, Any]:
    task = {"operations": ["能做"], "knowledge": ["方法"]}
    return content(work_tasks=[{"name": f"任务{n}", "weight": weight, **task} for n, weight in enumerate(weights)])


def test_the_notices_own_example_has_no_problem_but_the_dummy_code() -> None:
    assert row_codes() == set()
    assert row_codes(credit_code="111111111111111111") == {("credit_code_sample", "error")}
    assert content_codes(MAIN_CONTENT) == []
    assert list(lints.of_proposal(PROPOSAL)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", {("scheme_name_missing", "error")}),
        ("人工智能训练工", {("scheme_name_like_worker", "warning")}),
        ("养老护理服务员", {("scheme_name_like_worker", "warning")}),
        ("提示词工程师", {("scheme_name_like_worker", "warning")}),
        ("人工智能训练师", {("scheme_name_is_occupation", "warning")}),
        ("工艺品制作", set()),
        ("𬎆㛃拉面制作", set()),
    ],
)
def test_h07_the_name_of_a_scheme(name: str, expected: set[tuple[str, str]]) -> None:
    assert row_codes(scheme_name=name) == expected


def test_h07_a_name_stands_once_in_a_batch() -> None:
    assert row_codes(is_repeated=True) == {("scheme_name_repeated", "error")}


def test_h05_a_group_must_be_chosen_and_have_a_name() -> None:
    assert row_codes(occupation_code="") == {("occupation_missing", "error")}
    assert row_codes(occupation_code="1-01-00") == {("occupation_unnamed", "error")}


@pytest.mark.parametrize("field", ["industries", "organisation_name", "reason"])
def test_h10_h13_nothing_of_the_form_stays_empty(field: str) -> None:
    assert row_codes(**{field: " "}) == {(f"{field}_missing", "error")}


@pytest.mark.parametrize(
    ("code", "is_proven", "expected"),
    [
        ("", False, {("credit_code_missing", "error")}),
        (CREDIT_CODE, False, set()),
        ("9131 0000 ma1fl0ab1x", False, set()),
        ("９１３１００００ＭＡ１ＦＬ０ＡＢ１Ｘ", False, set()),
        (WRONG_CHECK, False, {("bad_credit_code", "error")}),
        (WRONG_CHECK, True, {("credit_code_proven", "warning")}),
        ("91310000MA1FL0AB1", True, {("credit_code_malformed", "error")}),
        ("91310000MA1FL0ABIX", True, {("credit_code_malformed", "error")}),
        ("111111111111111111", True, {("credit_code_sample", "error")}),
        ("111111111111111115", True, {("credit_code_authority", "error"), ("credit_code_elsewhere", "warning")}),
        (AUTHORITY, False, {("credit_code_authority", "error")}),
        (INSTITUTION, False, {("credit_code_institution", "warning")}),
        (ELSEWHERE, False, {("credit_code_elsewhere", "warning")}),
        (STATE_REGISTRY, False, set()),
    ],
)
def test_h10_h11_c01_c05_the_credit_code(code: str, is_proven: bool, expected: set[tuple[str, str]]) -> None:
    assert row_codes(credit_code=code, is_proven=is_proven) == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((40, 20, 39), ["weights_not_whole"]),
        ((40, 20, 40), []),
        ((40, 20, 41), ["weights_not_whole"]),
        ((100,), []),
        ((0, 100), ["work_task_weight"]),
        ((), ["work_tasks_missing"]),
    ],
)
def test_j10_the_weights_make_exactly_one_hundred(weights: tuple[int, ...], expected: list[str]) -> None:
    assert [code for code, _ in content_codes(weighted(*weights))] == expected


@pytest.mark.parametrize(("operation", "expected"), [("能撰写", []), ("撰写", [("operation_form", "warning")])])
def test_j11_an_operation_begins_with_neng(operation: str, expected: list[tuple[str, str]]) -> None:
    written = weighted(100)
    written["work_tasks"][0]["operations"] = [operation]
    assert content_codes(written) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("运用工具，在平台撰写提示词的能力。", []),
        ("运用工具的能力", []),
        ("撰写提示词的能力。", [("definition_form", "warning")]),
        ("运用工具", [("definition_form", "warning")]),
        ("", [("definition_missing", "error")]),
    ],
)
def test_j05_j13_a_definition_is_required_and_names_an_ability(
    definition: str, expected: list[tuple[str, str]]
) -> None:
    assert content_codes(content(definition=definition)) == expected


@pytest.mark.parametrize("field", ["name", "operations", "knowledge"])
def test_j08_every_task_has_a_name_operations_and_knowledge(field: str) -> None:
    written = weighted(100)
    written["work_tasks"][0][field] = "" if field == "name" else []
    expected = "work_task_name_missing" if field == "name" else f"{field}_missing"
    assert content_codes(written) == [(expected, "error")]


def test_j14_more_sections_than_the_template_has_are_no_problem() -> None:
    assert content_codes(content(extra_sections=[{"title": "三、考核方式", "text": "现场操作"}])) == []


def test_an_annex_that_was_never_begun_lacks_all() -> None:
    assert content_codes({}) == [("definition_missing", "error"), ("work_tasks_missing", "error")]
    assert len(list(lints.of_proposal({}))) == len(lints.REQUIRED_SECTIONS)


@pytest.mark.parametrize("section", lints.REQUIRED_SECTIONS)
def test_i02_to_i11_every_guided_section_is_required(section: str) -> None:
    (problem,) = lints.of_proposal({**PROPOSAL, section: " \n"})
    assert (problem.code, problem.field, problem.is_error) == (
        "proposal_section_missing",
        f"proposal.{section}",
        True,
    )


@pytest.mark.parametrize("section", ["extra_scheme", "extra_organisation"])
def test_i01_what_else_there_is_to_say_is_optional(section: str) -> None:
    assert list(lints.of_proposal({**PROPOSAL, section: ""})) == []


def test_h08_the_industries_are_three_six_and_two() -> None:
    assert [len(group) for group in (industries.LEADING, industries.KEY, industries.LIVELIHOOD)] == [3, 6, 2]
    assert len(set(industries.NAMED)) == 11
    assert industries.SEPARATOR.join((*industries.LEADING, *industries.KEY)) in INSTRUCTIONS[2]
    assert industries.SEPARATOR.join(industries.LIVELIHOOD) in INSTRUCTIONS[2]


def test_h09_tags_are_joined_and_split_by_the_enumeration_comma() -> None:
    assert (
        industries.join(["人工智能", " 低空经济 ", "", "人工智能", "汽车、养老护理"])
        == "人工智能、低空经济、汽车、养老护理"
    )
    assert industries.split(" 人工智能、、汽车 、人工智能") == ("人工智能", "汽车")
    assert industries.split("") == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=8), max_size=6))
def test_h09_what_is_joined_is_split_into_the_same_tags(tags: list[str]) -> None:
    tidy = industries.tidy(tags)
    assert industries.split(industries.join(tidy)) == tidy
    assert industries.tidy(tidy) == tidy


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_j10_only_a_sum_of_one_hundred_passes(weights: list[int]) -> None:
    passes = "weights_not_whole" not in [code for code, _ in content_codes(weighted(*weights))]
    assert passes == (sum(weights) == 100)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=20))
def test_any_text_as_a_credit_code_is_judged(code: str) -> None:
    found = list(lints.of_credit_code(code, is_proven=False))
    assert found or len(code) == 18


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  人工智能\t模型  运用 ", "人工智能 模型 运用"),
        ("Cafe\u0301 制作", "Café 制作"),
        ("𬎆㛃", "𬎆㛃"),
        ("\U00020000\U0002a6d6", "\U00020000\U0002a6d6"),
    ],
)
def test_a_name_is_kept_as_one_line_in_one_form_with_its_rare_characters(typed: str, kept: str) -> None:
    row = tidied(fields(scheme_name=typed, organisation_name=typed))
    assert (row.scheme_name, row.organisation_name) == (kept, kept)
    assert tidied(row) == row


@pytest.mark.parametrize("field", ["scheme_name", "organisation_name", "industries"])
def test_html_in_a_name_is_refused(field: str) -> None:
    html = "<script>alert(1)</script>"
    with pytest.raises(HtmlInText):
        tidied(fields(**{field: [html] if field == "industries" else html}))


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\ud800", "\ufffe", "\x85"])
def test_what_no_document_can_hold_is_refused_by_name(odd: str) -> None:
    with pytest.raises(UnprintableText) as refused:
        tidied(fields(organisation_name=f"上海{odd}公司"))
    assert refused.value.extra["where"] == "organisation_name"


@pytest.mark.parametrize("field", ["scheme_name", "organisation_name", "reason"])
def test_texts_have_a_longest_length(field: str) -> None:
    tidied(fields(**{field: "字" * LONGEST[field]}))
    with pytest.raises(Invalid):
        tidied(fields(**{field: "字" * (LONGEST[field] + 1)}))


@pytest.mark.parametrize(
    ("count", "passes"), [(0, False), (1, True), (9_999_999, True), (10_000_000, False), (-5, False)]
)
def test_h12_expected_candidates_are_a_positive_number(count: int, passes: bool) -> None:
    if passes:
        assert tidied(fields(expected_candidates=count)).expected_candidates == count
    else:
        with pytest.raises(Invalid):
            tidied(fields(expected_candidates=count))


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("021-55550000", True),
        ("13800000000", True),
        ("０２１－５５５５００００ 转 8001", True),
        ("无", False),
        ("", False),
    ],
)
def test_h03_a_telephone_number_is_asked_for(typed: str, passes: bool) -> None:
    if passes:
        assert phone(typed).isascii() or "转" in phone(typed)
    else:
        with pytest.raises(Invalid):
            phone(typed)
