from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.quantities import parsed
from scoring.wording import normalised


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.5", None, "1.5"),
        (" １．５ ", None, "1.5"),
        ("1。5", None, "1.5"),
        ("-3", None, "-3"),
        ("−3", None, "-3"),
        ("+3", None, "3"),
        (".5", None, "0.5"),
        ("5.", None, "5"),
        ("1,234.5", None, "1234.5"),
        ("１，２３４", None, "1234"),
        ("1.5e3", None, "1500"),
        ("1.5E-3", None, "0.0015"),
        ("5%", None, "0.05"),
        ("５％", None, "0.05"),
        ("5‰", None, "0.005"),
        ("5%", "%", "5"),
        ("5", "%", "5"),
        ("5‰", "%", "0.005"),
        ("12 km", "km", "12"),
        ("12ｋｍ", "km", "12"),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, unit: str | None, value: str) -> None:
    assert parsed(text, unit) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "-", "1,23", "12,34,567", "1.2.3", "1e999", "e5", "五", "1/2", "0x10", "NaN", "Infinity", "1 or 2",
     "5%%", "5 km", "元", "1_000", "9" * 65],
)  # fmt: skip
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert parsed(text, "元") is None


def test_the_case_of_a_unit_matters() -> None:
    assert parsed("5 mW", "MW") is None


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=80), unit=st.none() | st.text(max_size=4))
def test_reading_a_number_never_raises(text: str, unit: str | None) -> None:
    parsed(text, unit)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prompt", "ＰＲＯＭＰＴ"),
        ("Straße", "STRASSE"),
        ("AI模型", " AI  模型\n"),
        ("大 模 型", "大模型"),
        ("a，b", "a, b"),
        ("“提示词”", '"提示词"'),
        ("思维链。", "思维链."),
        ("few–shot", "few-shot"),
        ("提\u200b示词", "提示词"),
        ("（温度）", "(温度)"),
        ("甲、乙", "甲, 乙"),
    ],
)
def test_style_does_not_make_an_answer_wrong(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("few shot", "fewshot"), ("提示", "提示词"), ("1.5", "15"), ("a", "á")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40))
def test_spaces_at_the_ends_never_matter(text: str) -> None:
    assert normalised(text) == normalised(f" \t{text}\u3000 ")
