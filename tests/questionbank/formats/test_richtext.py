"""HTML becomes our text, and our text HTML that becomes the same text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.interchange import mathml, richtext, xml

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{0}</math>'


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a &lt; b", "a < b"),
        ("  a \n b ", "a b"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("<ul><li>x</li></ul><ol><li>y</li><li>z</li></ol>", "- x\n1. y\n2. z"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>e", "a | b\nc | d\ne"),
        ("<pre>a  b\n\nc</pre>", "a  b\n\nc"),
        ("m<sup>2</sup> H<sub>2</sub>O", "m² H₂O"),
        ("x<sup>ab</sup>", "x\\({}^{\\text{ab}}\\)"),
        ("$$\\frac12$$ and \\(x\\)", "\\[\\frac12\\] and \\(x\\)"),
        ('<img class="equation_image" data-equation-content="x_1">', "\\(x_1\\)"),
        ('<script type="math/tex">x^2</script>', "\\(x^2\\)"),
        ('<a href="https://x.y/">here</a>', "here (https://x.y/)"),
        ("a<script>alert(1)</script>b<style>c</style>", "ab"),
        ("<math><mi>x</mi><mo>+</mo><mn>1</mn></math>", "\\(x+1\\)"),
        ('<math display="block"><mi>x</mi></math>', "\\[x\\]"),
        ("unclosed <b>bold <i>and", "unclosed bold and"),
    ],
)
def test_a_fragment_is_lines_of_text(fragment: str, text: str) -> None:
    assert richtext.plain(fragment).text == text


def test_lost_looks_are_named_and_media_told() -> None:
    read = richtext.plain('<b>a</b><img src="p.png" alt=" A "><audio><source src="s.mp3"></audio><iframe></iframe>')
    assert read.dropped == {"b"}
    assert [(shown.source, shown.alt) for shown in read.shown] == [("p.png", "A"), ("s.mp3", "")]
    assert [code for code, _ in read.warnings] == ["active_content_dropped"]


def test_depth_breaks_nothing_and_is_told() -> None:
    read = richtext.plain("<div>" * 5000 + "x")
    assert [code for code, _ in read.warnings] == ["html_too_deep"]
    assert "x" in richtext.plain("<math>" + "<mrow>" * 200 + "<mi>x</mi>").text


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")) | st.sampled_from(" \n"))
)
def test_our_text_comes_back_from_html(text: str) -> None:
    ours = "\n".join(line.rstrip() for line in text.replace("$$", "").strip().split("\n"))
    assert richtext.plain(richtext.markup(ours)).text == ours


@pytest.mark.parametrize(
    ("inner", "latex"),
    [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "\\frac{a}{b+1}"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_{i}"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mi>π</mi></msubsup>", "{\\int}_{0}^{\\pi}"),
        ("<msqrt><mi>α</mi><mi>x</mi></msqrt>", "\\sqrt{\\alpha x}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt[{3}]{x}"),
        ("<mover><mi>a</mi><mo>→</mo></mover>", "\\vec{a}"),
        ("<mi>sin</mi><mi>x</mi>", "\\sin x"),
        ('<mfenced open="[" close="]"><mi>a</mi><mi>b</mi></mfenced>', "\\left[a,b\\right]"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "\\begin{matrix}1 & 2\\end{matrix}"),
        ("<mtext>wenn</mtext>", "\\text{wenn}"),
        (
            '<semantics><mi>x</mi><annotation encoding="application/x-tex">\\xi</annotation></semantics>',
            "\\xi",
        ),
    ],
)
def test_mathml_is_latex(inner: str, latex: str) -> None:
    assert mathml.latex(xml.parse(MATH.format(inner).encode())) == latex
