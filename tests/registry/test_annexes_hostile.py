"""Files from outside that are broken, huge, or meant to harm: each is refused with its own code, at once."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from annexes import ANNEX_1, part, rewritten, sample_annex2, sample_annex3
from openpyxl import Workbook

from examsvc.core.errors import Refusal, TooLarge
from examsvc.registry.annexes import (
    annex1_reading,
    annex1_xlsx,
    annex2_docx,
    annex2_reading,
    annex3_docx,
    annex3_reading,
    inspecting,
)
from examsvc.registry.annexes.errors import NotThisAnnex
from examsvc.registry.cases import uploads

pytestmark = pytest.mark.slow

GOOD = annex1_xlsx.write(ANNEX_1)
SHEET = "xl/worksheets/sheet1.xml"
RELS = "xl/_rels/workbook.xml.rels"
MEGABYTE = 1024 * 1024
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def code_of(data: bytes, name: str = "附件1.xlsx") -> str:
    """Return the code with which the upload is refused, as the import reads it."""
    with pytest.raises(Refusal) as refused:
        file = uploads.checked(name, data, allowed=("xlsx",), most=inspecting.MOST_BYTES)
        annex1_reading.read(file.data)
    return refused.value.code


def with_cell(value: str) -> bytes:
    return part(GOOD, SHEET).replace(b'<c r="C5"', f'<c r="C4">{value}</c><c r="C5"'.encode())


def with_prologue(prologue: bytes, name: str) -> bytes:
    body = part(GOOD, name)
    return rewritten(
        GOOD, {name: prologue + body[body.index(b"?>") + 2 :] if body.startswith(b"<?") else prologue + body}
    )


def many_rows(count: int, *, dimension: str) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count + 1))
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="%s"/>'
    return rewritten(GOOD, {SHEET: head % dimension.encode() + b"<sheetData>" + rows + b"</sheetData></worksheet>"})


def bomb(size: int, *, claimed: int | None = None) -> bytes:
    """Return the workbook with a member of zeros; in both its headers it claims to be `claimed` bytes."""
    file = io.BytesIO(GOOD)
    members = zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with members as archive, archive.open("xl/media/image1.bin", "w") as member:
        for _ in range(size // MEGABYTE):
            member.write(bytes(MEGABYTE))
    data = file.getvalue()
    return data if claimed is None else data.replace(size.to_bytes(4, "little"), claimed.to_bytes(4, "little"))


def external_link(kind: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="http://example.org/x" TargetMode="External"/>'
    rels = part(GOOD, RELS).replace(b"</Relationships>", link.encode() + b"</Relationships>")
    return rewritten(GOOD, {RELS: rels})


def macro_type() -> bytes:
    types = part(GOOD, "[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in types
    return rewritten(
        GOOD,
        {"[Content_Types].xml": types.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")},
    )


def encrypted() -> bytes:
    """Return an OLE container, which is what a workbook with a password is."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def wrong_sheet() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(["姓名", "证件号码"])
    book.save(file)
    return file.getvalue()


def without_heading() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(
        ["序号", "所属领域及代码", "项目名称", "拟承担评价任务的考核机构", "预计考核人次", "推荐理由"]
    )
    book.save(file)
    return file.getvalue()


def twice_the_sheet() -> bytes:
    file = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: annex3_docx.write(sample_annex3()), "file_type_differs"),
        (lambda: GOOD[: len(GOOD) // 2], "unsafe_archive"),
        (lambda: GOOD[:-30], "unsafe_archive"),
        (lambda: GOOD.replace(b"xl/theme", b"xl/thema", 1), "document_unreadable"),
        (encrypted, "unsupported_file"),
        (lambda: b"", "unsupported_file"),
        (lambda: bytes(inspecting.MOST_BYTES + 1), "too_large"),
        (lambda: bomb(20 * MEGABYTE), "unpacks_too_large"),
        (lambda: bomb(20 * MEGABYTE, claimed=1000), "document_unreadable"),
        (lambda: rewritten(GOOD, {SHEET: with_cell("<f>1+1</f>")}), "workbook_has_formulas"),
        (lambda: many_rows(1_001, dimension="A1"), "too_many_rows"),
        (lambda: many_rows(100_000, dimension="A1:G100000"), "too_many_rows"),
        (lambda: many_rows(100_000, dimension="A1:A2"), "too_many_rows"),
        (lambda: with_prologue(LAUGHS, SHEET), "unsafe_xml"),
        (lambda: with_prologue(XXE, SHEET), "unsafe_xml"),
        (lambda: with_prologue(XXE, "xl/workbook.xml"), "unsafe_xml"),
        (lambda: with_prologue(LAUGHS, "xl/styles.xml"), "unsafe_xml"),
        (lambda: rewritten(GOOD, {SHEET: (LAUGHS + b"<x/>").decode().encode("utf-16")}), "unsafe_xml"),
        (lambda: rewritten(GOOD, {"xl/vbaProject.bin": b"\0"}), "document_has_macros"),
        (macro_type, "document_has_macros"),
        (lambda: rewritten(GOOD, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "document_has_links"),
        (lambda: external_link("externalLinkPath"), "document_has_links"),
        (lambda: rewritten(GOOD, {SHEET: b"<worksheet"}), "document_unreadable"),
        (lambda: rewritten(GOOD, {"xl/workbook.xml": b"<workbook/>"}), "missing_headings"),
        (twice_the_sheet, "document_unreadable"),
        (wrong_sheet, "missing_headings"),
        (without_heading, "missing_headings"),
        (annex1_xlsx.template, "no_rows"),
    ],
)
def test_a_hostile_workbook_is_refused_with_its_own_code(make: Callable[[], bytes], code: str) -> None:
    assert code_of(make()) == code


def test_a_member_of_a_gigabyte_is_refused_before_it_is_unpacked() -> None:
    gigabyte = bomb(64 * MEGABYTE, claimed=1024 * MEGABYTE)
    assert zipfile.ZipFile(io.BytesIO(gigabyte)).getinfo("xl/media/image1.bin").file_size == 1024 * MEGABYTE
    assert code_of(gigabyte) == "unsafe_archive"
    with pytest.raises(Refusal) as refused:
        inspecting.inspect(gigabyte)
    assert refused.value.code == "unpacks_too_large"


@pytest.mark.parametrize(
    "make",
    [lambda: bomb(64 * MEGABYTE), lambda: many_rows(100_000, dimension="A1:A2"), lambda: with_prologue(LAUGHS, SHEET)],
)
def test_a_refusal_takes_little_memory(make: Callable[[], bytes]) -> None:
    data = make()
    tracemalloc.start()
    with pytest.raises(Refusal):
        inspecting.inspect(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * MEGABYTE


def test_the_refusal_names_the_cell_with_the_formula() -> None:
    with pytest.raises(Refusal) as refused:
        annex1_reading.read(rewritten(GOOD, {SHEET: with_cell("<f>SUM(A1:A9)</f><v>3</v>")}))
    assert refused.value.extra == {"cell": "C4"}


def test_a_head_that_repeats_its_label_in_every_cell_is_read_at_once() -> None:
    told = "推荐单位:" * 6_000
    cells = "".join(f'<c r="{letter}3" t="inlineStr"><is><t>{told}</t></is></c>' for letter in "ABCDEFG")
    body = re.sub(rb'<c r="A3".*?(?=</row>)', cells.encode(), part(GOOD, SHEET), count=1)
    read = annex1_reading.read(rewritten(GOOD, {SHEET: body}))
    assert (read.department, len(read.rows)) == ("", len(ANNEX_1.rows))


def test_the_refusal_names_the_missing_heading() -> None:
    with pytest.raises(Refusal) as refused:
        annex1_reading.read(without_heading())
    assert refused.value.extra == {"headings": "产业类别"}


def test_a_link_that_a_person_follows_is_allowed() -> None:
    assert annex1_reading.read(external_link("hyperlink")).annex() == ANNEX_1


@pytest.mark.parametrize("dimension", [b"A1", b"A1:A1", b"Z9"])
def test_a_workbook_that_tells_a_wrong_dimension_is_read_whole(dimension: bytes) -> None:
    sheet = part(GOOD, SHEET)
    start = sheet.index(b'<dimension ref="') + len(b'<dimension ref="')
    told = sheet[:start] + dimension + sheet[sheet.index(b'"', start) :]
    assert annex1_reading.read(rewritten(GOOD, {SHEET: told})).annex() == ANNEX_1


def test_a_workbook_without_a_dimension_is_read_whole() -> None:
    sheet = part(GOOD, SHEET)
    start = sheet.index(b"<dimension")
    told = sheet[:start] + sheet[sheet.index(b"/>", start) + 2 :]
    assert annex1_reading.read(rewritten(GOOD, {SHEET: told})).annex() == ANNEX_1


@pytest.mark.parametrize("read", [annex2_reading.read, annex3_reading.read])
def test_a_hostile_text_document_is_refused(read: Callable[[bytes], object]) -> None:
    good = annex3_docx.write(sample_annex3())
    body = "word/document.xml"
    hostile = {
        "unsafe_xml": rewritten(good, {body: XXE + part(good, body).partition(b"?>")[2]}),
        "document_has_macros": rewritten(good, {"word/vbaProject.bin": b"\0"}),
        "document_has_links": rewritten(good, {"word/embeddings/oleObject1.bin": b"\0"}),
        "document_unreadable": rewritten(good, {body: b"<w:document"}),
    }
    for code, data in hostile.items():
        with pytest.raises(Refusal) as refused:
            read(data)
        assert refused.value.code == code
    with pytest.raises(TooLarge):
        read(bytes(inspecting.MOST_BYTES + 1))


def test_another_document_is_not_taken_for_an_annex() -> None:
    with pytest.raises(NotThisAnnex):
        annex2_reading.read(annex3_docx.write(sample_annex3()))
    with pytest.raises(NotThisAnnex):
        annex3_reading.read(annex2_docx.write(sample_annex2()))
    with pytest.raises(Refusal):
        annex3_reading.read(GOOD)
