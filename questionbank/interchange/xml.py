"""XML read element by element, and the little that is asked of an element: names without namespaces, texts."""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from questionbank.interchange import parsing
from questionbank.interchange.parsing import Element

__all__ = ["Element"]
_CHUNK_BYTES = 64 * 1024


def parse(data: bytes) -> Element:
    """Return the root of a small document; raises Refused (`xml_malformed`, `xml_unsafe`, `xml_too_large`)."""
    return next(parsing.complete([data], None))


def walk(pieces: Iterable[bytes], names: Collection[str], large: Collection[str] = ()) -> Iterator[Element]:
    """Yield each element of these local names when it is complete, and forget it afterwards: memory stays small.

    An element inside another of these names is not yielded by itself. Only elements named in `large` may hold a text
    of more than 10 MB, up to `parsing.MOST_LARGE_BYTES`. Raises Refused like `parse`.
    """
    return parsing.complete(parsing.probed(pieces) if large else pieces, names, large)


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of the file in pieces."""
    while piece := file.read(_CHUNK_BYTES):
        yield piece


def name(element: Element) -> str:
    """Return the local name, "" of a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """Return the namespace, "" when there is none."""
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of these local names in any namespace, all elements when none is given."""
    return (child for child in element if name(child) and (not names or name(child) in names))


def child(element: Element, wanted: str) -> Element | None:
    """Return the first child of this local name."""
    return next(children(element, wanted), None)


def text(element: Element | None) -> str:
    """Return all text inside, stripped; "" when there is no element."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def child_text(element: Element, wanted: str) -> str:
    """Return the text of the first child of this local name, stripped; "" when there is none."""
    return text(child(element, wanted))


def source(element: Element) -> str:
    """Return the element as it stood, without what follows it."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def first_element(head: bytes) -> Element | None:
    """Return the root as far as the head of a file shows it, with its attributes; None when the head is no XML."""
    parser = parsing.parser(("start",))
    with contextlib.suppress(etree.XMLSyntaxError):  # what was begun before the fault is told below
        parser.feed(head)
    return next((element for _, element in parser.read_events()), None)
