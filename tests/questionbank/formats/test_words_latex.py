"""LaTeX as equations of Word, and what is left as it is written."""

import pytest

from questionbank.interchange.words import latex, omml
from questionbank.interchange.words.equations import NotCarried

CARRIED = [
    (r"\frac{a}{b+1}", r"\frac{a}{b+1}"),
    (r"x^2+y_1^{n}", r"x^{2}+y_{1}^{n}"),
    (r"\sqrt[3]{x}-\sqrt 2", r"\sqrt[3]{x}-\sqrt{2}"),
    (r"\sum_{i=1}^{n} i", r"\sum_{i=1}^{n}{i}"),
    (r"\int_0^1 x^2 dx", r"\int_{0}^{1}{x^{2}}dx"),
    (r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}", r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}"),
    (r"f=\begin{cases}x & a \\ y & b\end{cases}", r"f=\begin{cases}xa \\ yb\end{cases}"),
    (r"\left(a+b\right)\le 50\%", r"\left(a+b\right)≤50\%"),
    (r"\sin x", r"\sin x"),
    (r"v'=\text{速度}\cdot\alpha", r"v′=\text{速度}⋅α"),
    (r"\vec{a}", r"\vec{a}"),
]


@pytest.mark.parametrize(("formula", "again"), CARRIED)
def test_what_banks_use_of_latex_becomes_an_equation(formula: str, again: str) -> None:
    assert omml.latex(latex.omml(formula)) == again


@pytest.mark.parametrize(
    "formula", [r"\foo{x}", "{", r"\frac{a}", "^", r"\begin{x}y\end{x}", r"\left(", "{" * 500, "a & b"]
)
def test_what_is_no_formula_or_unknown_is_refused(formula: str) -> None:
    with pytest.raises(NotCarried):
        latex.omml(formula)
