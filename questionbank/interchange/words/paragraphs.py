"""A paragraph of Word as text: equations as LaTeX, blanks as underscores, pictures beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from questionbank.interchange import media, xml
from questionbank.interchange.model import Medium
from questionbank.interchange.words import omml
from questionbank.interchange.words.numbering import W
from questionbank.interchange.xml import Element

Load = Callable[[str], tuple[str, bytes] | None]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLANK = "____"
_SKIPPED = frozenset(
    ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "Fallback", "sdtPr", "footnoteReference")
)
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_SYMBOLS = {"FC": "√", "FB": "×", "FE": "☑", "FD": "☒", "50": "√", "4F": "×", "A8": "☐"}  # of the Wingdings fonts
_SUPERSCRIPTS = str.maketrans("0123456789+-n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ⁽⁾")
_SUBSCRIPTS = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_RAISED: Mapping[str, tuple[dict[int, int], str]] = {
    "superscript": (_SUPERSCRIPTS, "^"),
    "subscript": (_SUBSCRIPTS, "_"),
}


@dataclass
class Read:
    """What a paragraph holds; `losses` are (code, detail)."""

    text: str = ""
    media: list[Medium] = field(default_factory=list)
    alts: dict[str, str] = field(default_factory=dict)
    losses: list[tuple[str, str]] = field(default_factory=list)


def read(paragraph: Element, load: Load) -> Read:
    """Return the paragraph; `load` returns name and bytes of what the document relates an id to, None for nothing."""
    made = Read()
    made.text = "".join(_texts(paragraph, made, load)).replace("\u00a0", " ")
    return made


def _texts(element: Element, made: Read, load: Load) -> Iterator[str]:
    for child in xml.children(element):
        name = xml.name(child)
        if name == "r":
            yield _styled(child, "".join(_texts(child, made, load)))
        elif name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield _SYMBOLS.get((child.get(f"{W}char") or "")[-2:].upper(), "")
        elif name == "oMathPara":
            yield "".join(f"\\[{omml.latex(math)}\\]" for math in xml.children(child, "oMath"))
        elif name == "oMath":
            yield f"\\({omml.latex(child)}\\)"
        elif name in ("drawing", "pict", "object"):
            yield from _drawn(child, made, load)
        elif name not in _SKIPPED:
            yield from _texts(child, made, load)


def _styled(run: Element, text: str) -> str:
    """Return the run's text: an underlined space is a blank to fill in, a raised 2 is ²."""
    properties = xml.child(run, "rPr")
    if properties is None or not text:
        return text
    if not text.strip() and _value(properties, "u") not in ("", "none"):
        return _BLANK
    raised = _RAISED.get(_value(properties, "vertAlign"))
    if raised is None or not text.strip():
        return text
    table, mark = raised
    return text.translate(table) if all(ord(char) in table for char in text) else f"\\({mark}{{{text}}}\\)"


def _value(properties: Element, name: str) -> str:
    child = xml.child(properties, name)
    return "" if child is None else child.get(f"{W}val") or ""


def _drawn(element: Element, made: Read, load: Load) -> Iterator[str]:
    """Yield the text of a text box; gather a picture."""
    boxes = [one for one in element.iter() if xml.name(one) == "txbxContent"]
    for box in boxes:
        yield from _texts(box, made, load)
    pictures = [one for one in element.iter() if xml.name(one) in ("blip", "imagedata")]
    if not pictures and not boxes:
        made.losses.append(_unreadable(xml.name(element)))
    for picture in pictures:
        _show(load(picture.get(f"{_R}embed") or picture.get(f"{_R}id") or ""), made, _description(element))


def _show(found: tuple[str, bytes] | None, made: Read, alt: str) -> None:
    medium = media.medium(found[1], found[0]) if found else None
    if medium is None:
        made.losses.append(_unreadable(found[0] if found else ""))
    elif all(medium.digest != one.digest for one in made.media):
        made.media.append(medium)
        if alt:
            made.alts[medium.digest] = alt


def _description(drawing: Element) -> str:
    """Return what somebody wrote that the picture shows."""
    return next((said for one in drawing.iter() if (said := (one.get("descr") or one.get("alt") or "").strip())), "")


def _unreadable(name: str) -> tuple[str, str]:
    return "picture_unreadable", f"图片或对象无法读取:{name} / a picture or object that cannot be read"
