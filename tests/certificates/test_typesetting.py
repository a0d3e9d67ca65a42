import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.typefaces import Family, Typefaces
from certificates.typesetting import CLOSERS, OPENERS, Line, Style, line, paragraph
from examsvc.core.settings import load

STYLE = Style(Family.KAI, 10, "black")
TYPEFACES = Typefaces(load({"EXAMSVC_MASTER_KEY": "dGVzdHMgb25seTogMzIgYnl0ZXMgb2Yga2V5ISEhISE="}).font_paths)


def words(one: Line) -> str:
    return "".join(glyph.character for glyph in one.glyphs)


def broken(text: str, measure: float, **how: float) -> list[str]:
    return [words(one) for one in paragraph(text, STYLE, TYPEFACES, measure=measure, **how)]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("", 40, [""]),
        ("一二三四", 40, ["一二三四"]),
        ("一二三四五", 40, ["一二三四", "五"]),
        ("一二三四，五", 40, ["一二三", "四，五"]),  # a comma begins no line
        ("一二三（四）", 40, ["一二三", "（四）"]),  # a bracket ends none
        ("一二三“四", 40, ["一二三", "“四"]),
        ("一二三 AB 四", 40, ["一二三", "AB 四"]),  # a Latin word stays whole, a blank is left at the end
        ("AAAAAAAAAAAA", 40, ["AAAAA", "AAAAA", "AA"]),  # unless no line can hold it
    ],
)
def test_lines_end_where_chinese_lines_may(text: str, measure: float, lines: list[str]) -> None:
    assert broken(text, measure) == lines


def test_the_first_line_is_indented() -> None:
    assert broken("一二三四五", 40, indent=20) == ["一二", "三四五"]


def test_a_justified_line_fills_its_measure_and_the_last_does_not() -> None:
    lines = paragraph("一二三四五六七八九，十一", STYLE, TYPEFACES, measure=47, indent=20, justified=True)
    assert [words(one) for one in lines] == ["一二", "三四五六", "七八九，", "十一"]
    assert [round(one.width, 1) for one in lines] == [27, 47, 47, 20]


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("一二", 2),
        ("一。", 1.5),  # the blank half at the end falls away
        ("（一", 1.5),  # at the start it hangs into the margin
        ("一》，二", 3.5),  # where two halves meet, one falls away
        ("一（二）三", 5),
    ],
)
def test_brackets_lose_their_blank_halves(text: str, ems: float) -> None:
    assert line(text, STYLE, TYPEFACES).width == pytest.approx(ems * STYLE.size, abs=0.1)


def test_a_quarter_em_parts_chinese_from_latin() -> None:
    apart = sum(line(part, STYLE, TYPEFACES).width for part in ("智能", "AI", "模型"))
    assert line("智能AI模型", STYLE, TYPEFACES).width == pytest.approx(apart + 2 * 0.25 * STYLE.size)


def test_tracking_comes_between_the_characters_only() -> None:
    assert line("一二三", Style(Family.KAI, 10, "black", tracking=0.5), TYPEFACES).width == pytest.approx(40, abs=0.1)


@settings(max_examples=40, deadline=None)
@given(st.text("一二三ABC12 （）《》，。“”·-", max_size=40), st.integers(30, 90), st.booleans())
def test_every_character_is_set_once_and_no_line_is_too_long(text: str, measure: int, justified: bool) -> None:
    lines = paragraph(text, STYLE, TYPEFACES, measure=measure, justified=justified)
    assert "".join("".join(map(words, lines)).split()) == "".join(text.split())
    punctuation = max((len(run) for run in _runs(text)), default=0) * STYLE.size
    assert all(one.width <= max(measure, punctuation) + 0.01 for one in lines)


def _runs(text: str) -> list[str]:
    """Return the runs of punctuation, which stay with their character."""
    kept = "".join(character if character in OPENERS + CLOSERS + "“”" else " " for character in text)
    return [f"{run}一" for run in kept.split()]
