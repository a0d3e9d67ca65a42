"""The words of an item's body: what is text, what is an interaction within it, what stands aside for others to read."""

import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from questionbank.content import BLANK
from questionbank.interchange.qti.vocabulary import append_text
from questionbank.interchange.xml import Element

INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_BLANKS = INLINE | {"gap"}
_ASIDE = frozenset({"feedbackBlock", "feedbackInline", "modalFeedback", "stylesheet", "catalogInfo"})
OTHER_BLANK = "（…）"
_LINE = re.compile(r"_{4,}")


def is_interaction(element: Element) -> bool:
    """Whether the element asks something of a candidate; a mediaInteraction only shows."""
    tag = str(element.tag)
    return tag.endswith("Interaction") and tag != "mediaInteraction"


def is_aside(element: Element) -> bool:
    """Whether the element is not for candidates while they answer."""
    if element.tag == "rubricBlock":
        return "candidate" not in element.get("view", "").split()
    return element.tag in _ASIDE


def interactions(element: Element) -> list[Element]:
    """Return what asks something within the element and itself, in order."""
    return [found for found in element.iter(etree.Element) if is_interaction(found)]


def said(element: Element, blanks: Collection[Element] = ()) -> Element:
    """Return a copy with the words only; `blanks` are the interactions that become a blank of the text."""
    copy = etree.Element(str(element.tag), {str(name): str(value) for name, value in element.attrib.items()})
    copy.text = _ruled(element.text, blanks)
    for child in element:
        _append_said(copy, child, blanks)
        append_text(copy, _ruled(child.tail, blanks))
    return copy


def _append_said(copy: Element, child: Element, blanks: Collection[Element]) -> None:
    if child.tag in _BLANKS:
        append_text(copy, BLANK if child in blanks else OTHER_BLANK)
    elif child.tag == "mediaInteraction":
        copy.extend([said(shown) for shown in child if shown.tag != "prompt"])
    elif not is_aside(child) and not is_interaction(child):
        copy.append(said(child, blanks))


def _ruled(text: str | None, blanks: Collection[Element]) -> str:
    """Return the text; beside real blanks a drawn line must not count as one."""
    return _LINE.sub("___", text or "") if blanks else text or ""


def pieces(container: Element) -> Iterator[Element]:
    """Yield the blocks of a body in order: texts, with what is filled in within them, and interactions of their own.

    Containers around interactions are opened, but for the parts of a composite.
    """
    yield from _loose(container.text)
    for child in container:
        if is_aside(child):
            pass
        elif is_part(child) or not _holds_blocks(child) or is_interaction(child):
            yield child
        else:
            yield from pieces(child)
        yield from _loose(child.tail)


def is_part(element: Element) -> bool:
    """Whether the element is a part of a composite as we write them."""
    return element.tag == "div" and "part" in element.get("class", "").split() and bool(interactions(element))


def is_text(piece: Element) -> bool:
    """Whether nothing is asked within the piece."""
    return not interactions(piece)


def prompt(interaction: Element) -> Sequence[Element]:
    """Return the interaction's prompt, if it has one."""
    return interaction.findall("prompt")


def _holds_blocks(element: Element) -> bool:
    return any(found.tag not in INLINE for found in interactions(element))


def _loose(text: str | None) -> Iterator[Element]:
    if text and text.strip():
        paragraph = etree.Element("p")
        paragraph.text = text
        yield paragraph
