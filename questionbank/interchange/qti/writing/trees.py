"""Building trees of elements without ceremony."""

from lxml import etree

from questionbank.interchange.qti.vocabulary import append_text
from questionbank.interchange.xml import Element

Child = Element | str


def made(tag: str, *children: Child, **attributes: str) -> Element:
    """Return an element; `class_` names the attribute class."""
    element = etree.Element(tag, {name.removesuffix("_"): value for name, value in attributes.items()})
    return filled(element, children)


def filled(element: Element, children: tuple[Child, ...] | list[Child]) -> Element:
    """Return the element after the children, texts too, have been added to it."""
    for child in children:
        if isinstance(child, str):
            append_text(element, child)
        else:
            element.append(child)
    return element
