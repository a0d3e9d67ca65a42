"""Office files from outside, looked through before any program parts read them. Pure.

Everything is unpacked once in small pieces, counted, and its XML run past with expat: refused are files that unpack
without end, DTDs (entities), macros, links to other files, and in worksheets formulas and too many rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from examsvc.core import archives
from examsvc.core.errors import TooLarge
from examsvc.registry.annexes.errors import (
    DocumentUnreadable,
    HasExternalLinks,
    HasMacros,
    TooManyRows,
    UnpacksTooLarge,
    UnsafeXml,
    WorkbookHasFormulas,
)

MOST_BYTES = 4 * 1024 * 1024
LIMITS = archives.Limits(members=300, unpacked_bytes=12 * 1024 * 1024)
MOST_ROWS = 1_000
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData|activeX|macrosheets)", re.IGNORECASE)
_LINKS = re.compile(r"(^|/)(externalLinks|embeddings|connections\.xml|queryTables)", re.IGNORECASE)
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff|\x00<")
_LAST_ROW = re.compile(r"(\d+)$")


def inspect(data: bytes) -> None:
    """Return nothing when the file may be read on; raises TooLarge and the kinds of BadDocument."""
    if len(data) > MOST_BYTES:
        raise TooLarge(limit=MOST_BYTES)
    try:
        # Worksheets first: a file with too many rows is told so, whatever else is in it.
        for name, pieces in archives.walk(data, LIMITS, order=lambda name: "worksheets/" not in name):
            _check_name(name)
            _check_content(name, pieces)
    except archives.UnpacksTooMuch as error:
        raise UnpacksTooLarge from error
    except archives.BadArchive as error:
        raise DocumentUnreadable from error
    except expat.ExpatError as error:
        raise DocumentUnreadable from error


def _check_name(name: str) -> None:
    if _MACROS.search(name):
        raise HasMacros
    if _LINKS.search(name):
        raise HasExternalLinks(part=name.rpartition("/")[2])


def _check_content(name: str, pieces: Iterator[bytes]) -> None:
    """Run the part past the checks if it is XML, by its content: names and types in the file may lie."""
    first = next(pieces, b"")
    if not _XML.match(first):
        for _ in pieces:  # counted all the same
            pass
        return
    parser = _parser(name)
    parser.Parse(first, False)
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _parser(name: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse_dtd(*_: object) -> None:
        raise UnsafeXml(part=name.rpartition("/")[2])

    def see_root(tag: str, attributes: dict[str, str]) -> None:
        parser.StartElementHandler = _WATCHERS.get(_local(tag), lambda: None)()
        if parser.StartElementHandler:
            parser.StartElementHandler(tag, attributes)

    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.StartElementHandler = see_root
    return parser


class _WorksheetWatcher:
    def __init__(self) -> None:
        self.rows = 0
        self.cell = ""

    def __call__(self, tag: str, attributes: Mapping[str, str]) -> None:
        match _local(tag):
            case "c":
                self.cell = attributes.get("r", "")
            case "f":
                raise WorkbookHasFormulas(cell=self.cell)
            case "row":
                self.rows += 1
                self._check(max(self.rows, _number(attributes.get("r", ""))))
            case "dimension":
                self._check(_number(attributes.get("ref", "")))

    def _check(self, row: int) -> None:
        if row > MOST_ROWS:
            raise TooManyRows(limit=MOST_ROWS)


def _watch_links(tag: str, attributes: Mapping[str, str]) -> None:
    """Allow links that a person follows, such as the notice's own; refuse what a program would fetch."""
    is_hyperlink = attributes.get("Type", "").endswith("/hyperlink")
    if _local(tag) == "Relationship" and attributes.get("TargetMode") == "External" and not is_hyperlink:
        raise HasExternalLinks(part=attributes.get("Type", "").rpartition("/")[2])


def _watch_types(_tag: str, attributes: Mapping[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise HasMacros


_WATCHERS: Mapping[str, Callable[[], Callable[[str, Mapping[str, str]], None]]] = {
    "worksheet": _WorksheetWatcher,
    "Relationships": lambda: _watch_links,
    "Types": lambda: _watch_types,
}


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _number(reference: str) -> int:
    found = _LAST_ROW.search(reference)
    return int(found[1]) if found else 0
