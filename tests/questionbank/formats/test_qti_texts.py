"""Our texts as marked-up text and back: lines, spaces, formulas."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from items import every_type
from lxml import etree

from questionbank.interchange import mathml, richtext
from questionbank.interchange.model import Format, ReadItem
from questionbank.interchange.qti import packages
from questionbank.interchange.qti.writing.formulas import math
from questionbank.interchange.qti.writing.items import document
from questionbank.interchange.qti.writing.markup import paragraph


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        ("U=IR", "U=IR"),
        (r"\frac{U}{R}", r"\frac{U}{R}"),
        (r"\sqrt{x^2+y^2}", r"\sqrt{x^{2}+y^{2}}"),
        (r"\sqrt[3]{8}", r"\sqrt[{3}]{8}"),
        (r"x_1^2", r"x_{1}^{2}"),
        (r"\sum_{i=1}^n a_i", r"{\sum}_{{i=1}}^{n}a_{i}"),
        (r"\alpha \le 90^{\circ}", r"\alpha\le 90^{∘}"),
        (r"\sin x", r"\sin x"),
        (r"\text{if } x", r"\text{if }x"),
        (r"\overline{AB}", r"\overline{AB}"),
        (r"\begin{matrix}1&2\\3&4\end{matrix}", r"\begin{matrix}1 & 2 \\ 3 & 4\end{matrix}"),
    ],
)
def test_formulas_are_shown_as_presentation_mathml(latex: str, read: str) -> None:
    shown = math(latex, block=False)
    bare = copy.deepcopy(shown)
    for note in list(bare.iter("{*}annotation")):
        note.getparent().remove(note)  # type: ignore[union-attr] # it has one
    normal = {" ": "", "{": "", "}": "", "∘": r"\circ"}
    assert plain_signs(mathml.latex(bare), normal) == plain_signs(read, normal)
    assert mathml.latex(shown) == latex


def plain_signs(latex: str, normal: dict[str, str]) -> str:
    for sign, other in normal.items():
        latex = latex.replace(sign, other)
    return latex


@pytest.mark.parametrize("latex", ["{" * 200, r"\frac", "^", "_", r"\begin{cases}", r"\unknown{x}", "}", "&", r"\left"])
def test_a_formula_that_is_none_is_shown_as_far_as_it_goes(latex: str) -> None:
    assert mathml.latex(math(latex, block=False)) == latex


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\\$_")
)
lines = st.lists(words.map(str.strip).filter(bool), min_size=1, max_size=4)


@settings(deadline=None, max_examples=200)
@given(lines, st.sampled_from(["\n", "\n\n", "  ", " ", "\n  "]))
def test_every_text_is_read_as_it_was_written(parts: list[str], between: str) -> None:
    text = between.join(parts)
    shown = richtext.plain(etree.fromstring(etree.tostring(paragraph(text)))).text
    assert shown == text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def test_what_looks_like_markup_is_text(tmp_path: Path) -> None:
    content = {"stem": "<b>1 < 2</b> & \"3\" > '2'", "options": every_type.options("<p>", "&lt;", "]]>")}
    item = replace(every_type.items()[0], content=content, key={"right": ["b"]})
    path = tmp_path / "item.xml"
    path.write_bytes(document(item, "x", Format.QTI3))
    (read,) = packages.read(path)
    assert isinstance(read, ReadItem)
    assert read.content == content
