"""Signs of Office Math Markup and what LaTeX calls them."""

import re

ESCAPED = {"%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\backslash "}
LARGE = {
    "∑": r"\sum",
    "∏": r"\prod",
    "⋃": r"\bigcup",
    "⋂": r"\bigcap",
    "∫": r"\int",
    "∬": r"\iint",
    "∭": r"\iiint",
    "∮": r"\oint",
}
FUNCTIONS = frozenset(
    (
        *("sin", "cos", "tan", "cot", "sec", "arcsin", "arccos", "arctan"),
        *("ln", "log", "lg", "exp", "lim", "max", "min"),
    )
)
ACCENTS = {
    "\u0302": "hat",
    "^": "hat",
    "\u0303": "tilde",
    "~": "tilde",
    "\u0307": "dot",
    "\u0308": "ddot",
    "\u0305": "overline",
    "¯": "overline",
    "\u20d7": "vec",
    "→": "vec",
}
FENCES = {
    "{": r"\{",
    "}": r"\}",
    "": ".",
    "‖": r"\|",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
}
MATRICES = {("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("|", "|"): "vmatrix", ("{", "}"): "Bmatrix"}

_COMMANDS = re.findall(
    r"\S+",
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ
    Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω times × div ÷ cdot ⋅ pm ± mp ∓ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈
    equiv ≡ sim ∼ propto ∝ infty ∞ partial ∂ nabla ∇ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ emptyset ∅ to →
    rightarrow → leftarrow ← Rightarrow ⇒ Leftrightarrow ⇔ forall ∀ exists ∃ neg ¬ land ∧ lor ∨ angle ∠ triangle △
    perp ⊥ parallel ∥ therefore ∴ because ∵ circ ∘ degree ° prime ′ ldots … cdots ⋯ dots … backslash \\
    langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋
    """,
)
COMMANDS = dict(zip(_COMMANDS[::2], _COMMANDS[1::2], strict=True))
"""The sign of each LaTeX command that is one sign."""
