"""Whatever stands in a file, a reader tells what is wrong or refuses it; it never breaks."""

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.interchange import reading
from questionbank.interchange.model import Format, Refused

PIECES = st.sampled_from([
    "{", "}", "=", "~", "#", "####", "->", "%50%", "%-1e9%", "%.%", "T", "FALSE", "::", ":", "..", "\\", "\n", "\n\n",
    "//", "[html]", "[tag:points:x]", "[id:]", "$CATEGORY:", "1", "-5", "1e999999", "NaN", "a", "<b>", "<math>", "</p>",
    "&#0;", "&x;", "____", "[[1]]", "[[99]]", "{1:SA:", "{:MC:", "{9:NM:=", "A. ", "B) ", "ANSWER: A", "\ufdd0", "\x01",
    "<img src='data:image/png;base64,AA'>",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)
KINDS = [
    "multichoice", "truefalse", "shortanswer", "numerical", "essay", "matching", "ordering", "ddwtos", "gapselect",
    "multianswer", "multichoiceset",
]  # fmt: skip


def walk(text: str, format_: Format) -> None:
    with TemporaryDirectory() as folder, contextlib.suppress(Refused):
        file = Path(folder) / "file"
        file.write_text(text, encoding="utf-8")
        for _ in reading.read(file, format_).events:
            pass


@pytest.mark.parametrize("format_", [Format.GIFT, Format.AIKEN])
@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_a_text_of_any_signs(format_: Format, text: str) -> None:
    walk(text, format_)


@settings(deadline=None, max_examples=250)
@given(st.sampled_from(KINDS), TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3), TEXTS)
def test_a_question_of_moodle_with_any_texts(
    kind: str, stem: str, answers: list[tuple[str, str]], setting: str
) -> None:
    def told(text: str) -> str:
        return escape(text.replace("\x01", ""), {'"': "&quot;"})

    inner = "".join(
        f'<answer fraction="{told(worth)}"><text>{told(text)}</text><tolerance>{told(worth)}</tolerance></answer>'
        f"<subquestion><text>{told(text)}</text><answer><text>{told(worth)}</text></answer></subquestion>"
        f"<dragbox><text>{told(text)}</text></dragbox><selectoption><text>{told(text)}</text></selectoption>"
        for text, worth in answers
    )
    settings_ = "".join(
        f"<{name}>{told(setting)}</{name}>"
        for name in ("single", "defaultgrade", "responsefieldlines", "usecase", "units", "graderinfo")
    )
    stem = f'<questiontext format="html"><text>{told(stem)}</text></questiontext>'
    walk(f'<quiz><question type="{kind}">{stem}{inner}{settings_}</question></quiz>', Format.MOODLE_XML)
