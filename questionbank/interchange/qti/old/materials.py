"""What QTI 1.2 shows, as fragments of HTML: texts, pictures, sounds, films."""

import html
from collections.abc import Callable, Iterator

from lxml import etree

from questionbank.interchange import xml
from questionbank.interchange.xml import Element

_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_MARKED_UP = {"text/html", "text/xhtml", "text/x-html"}


def fragment(element: Element) -> str:
    """Return all material of the element as HTML, a line for each, without what its responses show."""
    return "\n".join(f"<div>{shown}</div>" for material in _materials(element) if (shown := _of(material)))


def is_response(element: Element) -> bool:
    return xml.name(element) in _RESPONSES


def responses(presentation: Element) -> list[Element]:
    """Return the responses in order."""
    return list(presentation.iter(*_RESPONSES))


def _materials(element: Element) -> Iterator[Element]:
    for child in xml.children(element):
        if xml.name(child) in {"material", "material_ref"}:
            yield child
        elif not is_response(child) and not xml.name(child).startswith("render_"):
            yield from _materials(child)


def _of(material: Element) -> str:
    return "".join(_WRITERS[xml.name(part)](part) for part in xml.children(material) if xml.name(part) in _WRITERS)


def _text(part: Element) -> str:
    if len(part):
        return (part.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in part)
    text = part.text or ""
    if part.get("texttype", "text/plain").lower() in _MARKED_UP:
        return text
    return html.escape(text.strip("\n"), quote=False).replace("\n", "<br>")


def _picture(part: Element) -> str:
    source, alt = (html.escape(part.get(name, "")) for name in ("uri", "label"))
    return f'<img src="{source}" alt="{alt}">' if source else ""


def _sound(part: Element) -> str:
    source = html.escape(part.get("uri", ""))
    tag = "video" if xml.name(part) == "matvideo" else "audio"
    return f'<{tag} src="{source}"></{tag}>' if source else ""


_WRITERS: dict[str, Callable[[Element], str]] = {
    "mattext": _text,
    "matemtext": _text,
    "matimage": _picture,
    "mataudio": _sound,
    "matvideo": _sound,
    "matbreak": lambda _part: "<br>",
}
