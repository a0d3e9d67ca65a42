"""XML read element by element: no network, no document type of its own, no entities, nothing without end."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Literal

from lxml import etree

from questionbank.interchange.model import Refused

Element = etree._Element  # noqa: SLF001 - lxml names its class so
_CHUNK_BYTES = 64 * 1024
_TOLD_BY = (("amplification", "xml_unsafe"), ("entity ref", "xml_unsafe"), ("xml_parse_huge", "xml_too_large"))


def parse(data: bytes) -> Element:
    """Return the root of a small document; raises Refused (`xml_malformed`, `xml_unsafe`, `xml_too_large`)."""
    return next(_events([data], None))


def walk(pieces: Iterable[bytes], names: Collection[str]) -> Iterator[Element]:
    """Yield each element of these local names when it is complete, and forget it afterwards: memory stays small.

    An element inside another of these names is not yielded by itself. Raises Refused like `parse`.
    """
    return _events(pieces, names)


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of the file in pieces."""
    while piece := file.read(_CHUNK_BYTES):
        yield piece


def name(element: Element) -> str:
    """Return the local name, "" of a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


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
    parser = _parser(("start",))
    with contextlib.suppress(etree.XMLSyntaxError):  # what was begun before the fault is told below
        parser.feed(head)
    return next((element for _, element in parser.read_events()), None)


def _events(pieces: Iterable[bytes], names: Collection[str] | None) -> Iterator[Element]:
    parser = _parser(("start", "end"))
    walker = _Walker(names)
    try:
        for piece in pieces:
            parser.feed(piece)
            yield from walker.complete(parser)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    yield from walker.complete(parser)


class _Walker:
    """Tells complete elements from the parser's events."""

    def __init__(self, names: Collection[str] | None):
        self._names = names
        self._depth = 0
        self._within: Element | None = None

    def complete(self, parser: Any) -> Iterator[Element]:
        for event, element in parser.read_events():
            if event == "start":
                self._start(element)
                continue
            self._depth -= 1
            if self._within is element or (self._names is None and not self._depth):
                self._within = None
                yield element
                if self._names is not None:
                    _forget(element)

    def _start(self, element: Element) -> None:
        if not self._depth:
            _check_document_type(element)
        self._depth += 1
        if self._within is None and self._names is not None and name(element) in self._names:
            self._within = element


def _parser(events: Sequence[Literal["start", "end"]]) -> Any:
    return etree.XMLPullParser(
        events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_document_type(root: Element) -> None:
    """Refuse entities; a bare DOCTYPE, which old QTI files carry, names nothing that is ever loaded."""
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise Refused("xml_unsafe", "it declares entities")


def _refusal(error: etree.XMLSyntaxError) -> Refused:
    """Return the refusal; libxml2 gives its limits no codes of their own, so that its words have to tell."""
    said = str(error).lower()
    code = next((code for word, code in _TOLD_BY if word in said), "xml_malformed")
    return Refused(code, f"line {error.lineno}: {error.msg}")


def _forget(element: Any) -> None:
    """Free the element and what stood before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
