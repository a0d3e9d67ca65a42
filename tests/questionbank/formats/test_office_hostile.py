"""Office files that are broken, huge or meant to harm: each is refused with its code, before a library opens it."""

import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from itemfiles import rewritten, told, workbook

from questionbank.interchange import office
from questionbank.interchange.model import Event, Refused
from questionbank.interchange.sheets.reading import read_separated, read_workbook
from questionbank.interchange.words.reading import read_document

MEGABYTE = 1024 * 1024
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
Reader = Callable[[Path], Iterator[Event]]


def sheet(path: Path) -> Path:
    return workbook(path, [["题型", "题干", "答案"], ["判断题", "甲是乙。", "对"]])


def document(path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("1. 甲是乙。（对）")
    made.save(str(path))
    return path


KINDS: list[tuple[str, Callable[[Path], Path], Reader, str]] = [
    ("a.xlsx", sheet, read_workbook, "xl/worksheets/sheet1.xml"),
    ("a.docx", document, read_document, "word/document.xml"),
]


@pytest.fixture(params=KINDS, ids=["xlsx", "docx"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Reader, str]:
    name, make, read, part = request.param
    return make(tmp_path / name), read, part


def code_of(path: Path, read: Reader) -> str:
    """Return the code of the refusal; nothing much was held in memory until then."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refused:
            told(read(path))
        assert tracemalloc.get_traced_memory()[1] < 16 * MEGABYTE
    finally:
        tracemalloc.stop()
    return refused.value.code


def with_prologue(prologue: bytes) -> Callable[[bytes], bytes]:
    return lambda data: prologue + data[data.find(b"?>") + 2 if data.startswith(b"<?") else 0 :]


@pytest.mark.parametrize("prologue", [XXE, LAUGHS], ids=["xxe", "laughs"])
def test_a_document_type_in_any_part_is_refused(kind: tuple[Path, Reader, str], prologue: bytes) -> None:
    path, read, part = kind
    assert code_of(rewritten(path, {part: with_prologue(prologue)}), read) == "xml_unsafe"


def test_a_document_type_in_a_part_that_nobody_asked_for_is_refused(kind: tuple[Path, Reader, str]) -> None:
    path, read, _ = kind
    assert code_of(rewritten(path, {}, **{"customXml/item1.xml": XXE + b"<x>&e;</x>"}), read) == "xml_unsafe"


def test_a_cut_off_file_is_refused(kind: tuple[Path, Reader, str]) -> None:
    path, read, _ = kind
    path.write_bytes(path.read_bytes()[:-200])
    assert code_of(path, read) == "archive_damaged"


def test_cut_off_xml_is_refused(kind: tuple[Path, Reader, str]) -> None:
    path, read, part = kind
    assert code_of(rewritten(path, {part: lambda data: data[:-20]}), read) == "xml_malformed"


def test_a_missing_main_part_is_refused(kind: tuple[Path, Reader, str]) -> None:
    path, read, part = kind
    main = "xl/workbook.xml" if part.startswith("xl") else part
    assert code_of(rewritten(path, {main: None}), read) == "wrong_magic"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "wrong_magic"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format_old_office"),
        (b"", "wrong_magic"),
    ],
)
def test_what_is_no_such_file_is_refused_by_its_first_bytes(
    kind: tuple[Path, Reader, str], data: bytes, code: str
) -> None:
    path, read, _ = kind
    path.write_bytes(data)
    assert code_of(path, read) == code


def test_a_bomb_is_refused_by_what_it_says(kind: tuple[Path, Reader, str]) -> None:
    path, read, _ = kind
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", bytes(64 * MEGABYTE))
    assert code_of(path, read) == "archive_bomb"


@pytest.mark.slow
def test_a_member_of_a_gigabyte_is_refused(kind: tuple[Path, Reader, str]) -> None:
    path, read, _ = kind
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(1024):
            member.write(bytes(MEGABYTE))
    assert code_of(path, read) == "archive_too_large"


def test_a_workbook_that_names_no_sheet_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx")
    assert (
        code_of(rewritten(path, {"[Content_Types].xml": lambda _: b"<Types/>"}), read_workbook) == "workbook_unreadable"
    )


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xff\xff\x81\x00\x00")
    assert code_of(path, read_separated) == "encoding_unknown"
    assert code_of(sheet(path), read_separated) == "wrong_magic"


ROWS = "xl/worksheets/sheet1.xml"


def test_rows_with_nothing_in_them_are_not_walked(tmp_path: Path) -> None:
    empty = b"".join(b'<row r="%d"/>' % number for number in range(3, 100_000))
    path = rewritten(
        sheet(tmp_path / "a.xlsx"), {ROWS: lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>")}
    )
    assert office.look_through(path, "xl/workbook.xml").last_rows == {ROWS: 2}
    assert len(told(read_workbook(path)).items) == 1


def test_a_row_that_no_sheet_has_is_refused(tmp_path: Path) -> None:
    far = b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = rewritten(sheet(tmp_path / "a.xlsx"), {ROWS: lambda data: data.replace(b"</sheetData>", far)})
    assert code_of(path, read_workbook) == "workbook_unreadable"


def test_what_a_document_names_outside_is_not_fetched(tmp_path: Path) -> None:
    relations = "".join(
        f'<Relationship Id="x{number}" TargetMode="External" Target="{target}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        for number, (kind, target) in enumerate(
            [("image", "http://127.0.0.1:9/a.png"), ("attachedTemplate", "file:///etc/passwd")]
        )
    )
    added = f"{relations}</Relationships>".encode()
    path = document(tmp_path / "a.docx")
    part = "word/_rels/document.xml.rels"
    seen = told(read_document(rewritten(path, {part: lambda data: data.replace(b"</Relationships>", added)})))
    assert (len(seen.items), seen.items[0].media) == (1, ())
