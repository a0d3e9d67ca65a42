"""Office files looked through before any library opens them: whole archives, no document types, nothing without end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from questionbank.interchange import archives
from questionbank.interchange.model import Refused

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_MOST_MERGES = 20_000
_MOST_ROWS = 1_048_576  # as many as a sheet has in any program
_MOST_ATTRIBUTES = 1_000
_SHEETS = "xl/worksheets/"


@dataclass
class Looked:
    """What the look found: formulas anywhere, and of each sheet's part the merged ranges and the last filled row."""

    has_formulas: bool = False
    merges: dict[str, list[str]] = field(default_factory=dict)
    last_rows: dict[str, int] = field(default_factory=dict)


def look_through(path: Path, main: str) -> Looked:
    """Return what is in the package whose main part is `main`; raises Refused."""
    _check_magic(path)
    looked = Looked()
    with archives.opened(path) as package:
        if main not in package:
            raise Refused("wrong_magic", f"it is no such document: it has no {main}")
        for name in package.names:
            watch = _watch_sheet(looked, name) if name.startswith(_SHEETS) else _watch
            if name.endswith((".xml", ".rels")):
                _parse(name, package.pieces(name), watch)
    return looked


def _check_magic(path: Path) -> None:
    with path.open("rb") as file:
        first = file.read(4)
    if first == _OLD_OFFICE:
        raise Refused(
            "format_old_office", "请另存为 .xlsx 或 .docx,并取消密码 / save it as .xlsx or .docx, without a password"
        )
    if first != _ZIP:
        raise Refused("wrong_magic", "it is no .xlsx and no .docx file")


def _watch(tag: str, attributes: dict[str, str]) -> None:
    if len(attributes) > _MOST_ATTRIBUTES:
        raise Refused("xml_too_large", f"<{tag}> has more than {_MOST_ATTRIBUTES} attributes")


def _parse(name: str, pieces: Iterable[bytes], watch: Callable[[str, dict[str, str]], None]) -> None:
    def refuse(*_: object) -> None:
        raise Refused("xml_unsafe", f"{name} declares a document type")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = watch
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("xml_malformed", f"{name}: {error}") from error


def _watch_sheet(looked: Looked, name: str) -> Callable[[str, dict[str, str]], None]:
    merges = looked.merges.setdefault(name, [])
    row = "0"

    def see(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row
        local = tag.rpartition(":")[2]
        if local == "row":
            row = attributes.get("r") or str(_number(row) + 1)
            return
        _watch(tag, attributes)
        if local in ("v", "t", "f"):
            looked.last_rows[name] = max(_number(row), looked.last_rows.get(name, 0))
            looked.has_formulas |= local == "f"
        elif local == "mergeCell" and len(merges) < _MOST_MERGES:
            merges.append(attributes.get("ref", ""))

    return see


def _number(row: str) -> int:
    if not row.isdecimal() or len(row) > len(str(_MOST_ROWS)) or int(row) > _MOST_ROWS:
        raise Refused("workbook_unreadable", f"there is no row {row[:20]}")
    return int(row)
