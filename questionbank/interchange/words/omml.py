"""Equations of Word (Office Math Markup) as LaTeX."""

from collections.abc import Callable

from questionbank.interchange import xml
from questionbank.interchange.words.signs import ACCENTS, ESCAPED, FENCES, FUNCTIONS, LARGE, MATRICES
from questionbank.interchange.xml import Element


def latex(math: Element) -> str:
    """Return the LaTeX of an `oMath` element, without delimiters."""
    return _row(math).strip()


def _row(element: Element | None) -> str:
    return "" if element is None else "".join(_one(child) for child in xml.children(element))


def _one(element: Element) -> str:
    return _WRITERS.get(xml.name(element), _row)(element)


def _part(element: Element, name: str) -> str:
    return _row(xml.child(element, name))


def _property(element: Element, name: str, usual: str = "") -> str:
    """Return the value of a property such as `chr`; one that is there without a value is empty."""
    for child in xml.children(element):
        found = xml.child(child, name) if xml.name(child).endswith("Pr") else None
        if found is not None:
            return next((str(value) for key, value in found.attrib.items() if str(key).endswith("}val")), "")
    return usual


def _is_on(element: Element, name: str) -> bool:
    return _property(element, name, "0") not in ("0", "off", "false")


def _run(element: Element) -> str:
    text = "".join((part.text or "") for part in xml.children(element, "t"))
    escaped = "".join(ESCAPED.get(char, char) for char in text)
    if text in FUNCTIONS and _property(element, "sty") == "p":
        return f"\\{text} "
    properties = xml.child(element, "rPr")
    is_words = properties is not None and xml.child(properties, "nor") is not None
    return f"\\text{{{escaped}}}" if is_words and text.strip() else escaped


def _fraction(element: Element) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    match _property(element, "type"):
        case "lin" | "skw":
            return f"{{{above}}}/{{{below}}}"
        case "noBar":
            return f"{{{above} \\atop {below}}}"
        case _:
            return f"\\frac{{{above}}}{{{below}}}"


def _scripted(*names: str) -> Callable[[Element], str]:
    marks = {"sub": "_", "sup": "^"}

    def write(element: Element) -> str:
        scripts = "".join(f"{marks[name]}{{{_part(element, name)}}}" for name in names)
        return f"{_base(_part(element, 'e'))}{scripts}"

    return write


def _base(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _before(element: Element) -> str:
    return f"{{}}_{{{_part(element, 'sub')}}}^{{{_part(element, 'sup')}}}{_part(element, 'e')}"


def _root(element: Element) -> str:
    degree = "" if _is_on(element, "degHide") else _part(element, "deg")
    return f"\\sqrt[{degree}]{{{_part(element, 'e')}}}" if degree else f"\\sqrt{{{_part(element, 'e')}}}"


def _large(element: Element) -> str:
    sign = _property(element, "chr", "∫")
    sub, sup = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")
    return f"{LARGE.get(sign, sign)}{limits}{{{_part(element, 'e')}}}"


def _fenced(element: Element) -> str:
    left, right = _property(element, "begChr", "("), _property(element, "endChr", ")")
    inner = list(xml.children(element, "e"))
    only = [child for one in inner for child in xml.children(one) if xml.name(child) != "ctrlPr"]
    if len(only) == 1 and xml.name(only[0]) == "m" and (left, right) in MATRICES:
        return _matrix(only[0], MATRICES[left, right])
    if len(only) == 1 and xml.name(only[0]) == "eqArr" and (left, right) == ("{", ""):
        return _lines(only[0], "cases")
    told = FENCES.get(_property(element, "sepChr", "|"), _property(element, "sepChr", "|")).join(map(_row, inner))
    return f"\\left{FENCES.get(left, left)}{told}\\right{FENCES.get(right, right)}"


def _matrix(element: Element, kind: str = "matrix") -> str:
    rows = [" & ".join(_row(cell) for cell in xml.children(row, "e")) for row in xml.children(element, "mr")]
    return f"\\begin{{{kind}}}" + r" \\ ".join(rows) + f"\\end{{{kind}}}"


def _lines(element: Element, kind: str = "aligned") -> str:
    rows = [_row(line).replace(r"\&", "&") for line in xml.children(element, "e")]
    return f"\\begin{{{kind}}}" + r" \\ ".join(rows) + f"\\end{{{kind}}}"


def _function(element: Element) -> str:
    name = _part(element, "fName")
    plain = name.removeprefix(r"\text{").removesuffix("}")
    return f"{_named(plain) if plain in FUNCTIONS else _named(name)}{{{_part(element, 'e')}}}"


def _named(name: str) -> str:
    """Return the name with a backslash where it, or what its limit stands under, is a function's."""
    head, mark, limit = name.partition("_")
    bare = head.strip("{}").removeprefix(r"\text{")
    return f"\\{bare}{mark}{limit}" if bare in FUNCTIONS else name


def _limit(mark: str) -> Callable[[Element], str]:
    return lambda element: f"{_base(_part(element, 'e'))}{mark}{{{_part(element, 'lim')}}}"


def _accented(element: Element) -> str:
    accent = ACCENTS.get(_property(element, "chr", "\u0302"), "hat")
    return f"\\{accent}{{{_part(element, 'e')}}}"


def _barred(element: Element) -> str:
    return f"\\{'overline' if _property(element, 'pos', 'bot') == 'top' else 'underline'}{{{_part(element, 'e')}}}"


def _braced(element: Element) -> str:
    return f"\\{'overbrace' if _property(element, 'pos', 'bot') == 'top' else 'underbrace'}{{{_part(element, 'e')}}}"


def _nothing(_element: Element) -> str:
    return ""


_WRITERS: dict[str, Callable[[Element], str]] = {
    "r": _run,
    "f": _fraction,
    "sSup": _scripted("sup"),
    "sSub": _scripted("sub"),
    "sSubSup": _scripted("sub", "sup"),
    "sPre": _before,
    "rad": _root,
    "nary": _large,
    "d": _fenced,
    "m": _matrix,
    "eqArr": _lines,
    "func": _function,
    "limLow": _limit("_"),
    "limUpp": _limit("^"),
    "acc": _accented,
    "bar": _barred,
    "groupChr": _braced,
}
_PROPERTIES = (
    *("ctrlPr", "rPr", "fPr", "sSupPr", "sSubPr", "sSubSupPr", "sPrePr", "radPr", "naryPr", "dPr", "mPr", "accPr"),
    *("barPr", "groupChrPr", "funcPr", "limLowPr", "limUppPr", "eqArrPr", "boxPr", "borderBoxPr", "phantPr"),
)
_WRITERS |= dict.fromkeys(_PROPERTIES, _nothing)
