"""The parser behind `xml`: no network, no document type of its own, no entities, nothing without end."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal

from lxml import etree

from questionbank.interchange.model import Refused

Element = etree._Element  # noqa: SLF001 - lxml names its class so
MOST_LARGE_BYTES = 48 * 1024**2  # base64 of a recording of 36 MB; what reads it stays below 200 MB of memory
_MOST_TEXT_BYTES = 10_000_000  # as libxml2 has it where nothing is large
_MOST_DEPTH = 256
_MOST_ATTRIBUTES = 1_000
_MOST_BEFORE_ROOT = 1024**2
_TOLD_BY = (("amplification", "xml_unsafe"), ("entity ref", "xml_unsafe"), ("xml_parse_huge", "xml_too_large"))


def parser(events: Sequence[Literal["start", "end"]], *, is_large: bool = False) -> Any:
    """Return a pull parser; `is_large` takes libxml2's limits away, so that whoever feeds it keeps them."""
    return etree.XMLPullParser(
        events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=is_large,
        remove_comments=True,
        remove_pis=True,
    )


def probed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces after a parser with all its limits has met the root: without libxml2's, entities would bloat."""
    waiting, held, probe = iter(pieces), b"", parser(("start",))
    try:
        for piece in waiting:
            held += piece
            probe.feed(piece)
            if root := next(probe.read_events(), None):
                _check_document_type(root[1])
                break
            if len(held) > _MOST_BEFORE_ROOT:
                raise Refused("xml_too_large", "its root does not begin")
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    yield held
    yield from waiting


def complete(pieces: Iterable[bytes], names: Collection[str] | None, large: Collection[str] = ()) -> Iterator[Element]:
    """Yield the complete elements of these names, or the root alone; raises Refused."""
    pull, walker = parser(("start", "end"), is_large=bool(large)), _Walker(names, large)
    try:
        for piece in pieces:
            pull.feed(piece)
            yield from walker.complete(pull)
            walker.measure(len(piece))
        pull.close()
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    yield from walker.complete(pull)


class _Walker:
    """Tells complete elements from the parser's events."""

    def __init__(self, names: Collection[str] | None, large: Collection[str]):
        self._names = names
        self._large = large
        self._open: list[str] = []
        self._within: Element | None = None
        self._text_bytes = 0

    def complete(self, pull: Any) -> Iterator[Element]:
        for event, element in pull.read_events():
            self._text_bytes = 0
            if event == "start":
                self._start(element)
                continue
            self._open.pop()
            if self._within is element or (self._names is None and not self._open):
                self._within = None
                yield element
                if self._names is not None:
                    _forget(element)

    def measure(self, fed: int) -> None:
        """Refuse a text that goes on for longer than its element may hold."""
        self._text_bytes += fed
        most = MOST_LARGE_BYTES if self._open and self._open[-1] in self._large else _MOST_TEXT_BYTES
        if self._large and self._text_bytes > most:
            raise Refused("xml_too_large", f"a text of more than {most} bytes")

    def _start(self, element: Element) -> None:
        if not self._open:
            _check_document_type(element)
        if len(element.attrib) > _MOST_ATTRIBUTES:
            raise Refused("xml_too_large", f"an element of more than {_MOST_ATTRIBUTES} attributes")
        name = etree.QName(element).localname
        self._open.append(name)
        if len(self._open) > _MOST_DEPTH:
            raise Refused("xml_too_large", f"more than {_MOST_DEPTH} elements in one another")
        if self._within is None and self._names is not None and name in self._names:
            self._within = element


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
