"""Text documents (.docx) in the typefaces of the annexes: python-docx with the few moves they need."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from examsvc.core import archives
from examsvc.registry.annexes.wording import HEITI, SONGTI, WU_HAO, XIAO_ER, XIAO_SI

A4 = (Mm(210), Mm(297))
CENTRED, RIGHT, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_LIMITS = archives.Limits(members=100, unpacked_bytes=64 * 1024 * 1024)
Margins = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """A paragraph style: typeface, size in points; `name` is how a reader tells what a paragraph is."""

    name: str
    face: str = SONGTI
    points: float = XIAO_SI
    bold: bool = False
    alignment: WD_ALIGN_PARAGRAPH | None = None
    indented: bool = False
    spacing: float = 1.5
    after: float = 0


LABEL = Look("附件号", HEITI, after=6)
TITLE = Look("附件题名", HEITI, XIAO_ER, alignment=CENTRED, spacing=1.25, after=10)
PART = Look("附件章", bold=True, after=2)
SECTION = Look("附件节", bold=True, indented=True)
SUBSECTION = Look("附件目", bold=True, indented=True)
BODY = Look("附件正文", alignment=JUSTIFIED, indented=True)
LINE = Look("附件行", after=4)
NOTE = Look("附件说明", points=WU_HAO, spacing=1.15)
NOTE_HEAD = Look("附件说明题", points=WU_HAO, bold=True, spacing=1.15)
TABLE_HEAD = Look("附件表头", points=WU_HAO, bold=True, alignment=CENTRED, spacing=1.2)
TABLE_TEXT = Look("附件表文", points=WU_HAO, spacing=1.2)
TABLE_MIDDLE = Look("附件表中", points=WU_HAO, alignment=CENTRED, spacing=1.2)
TABLE_OPINION = Look("附件表意见", points=WU_HAO, indented=True, spacing=1.4)
TABLE_DAY = Look("附件表日期", points=WU_HAO, alignment=RIGHT, spacing=1.4)
LOOKS = (
    *(LABEL, TITLE, PART, SECTION, SUBSECTION, BODY, LINE, NOTE_HEAD, NOTE),
    *(TABLE_HEAD, TABLE_TEXT, TABLE_MIDDLE, TABLE_OPINION, TABLE_DAY),
)


def new(title: str, *, landscape: bool = False, margins: Margins = (37, 26, 35, 28)) -> Document:
    """Return an empty A4 document with the styles; margins in millimetres, as CSS orders them (GB/T 9704's)."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = A4
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = A4[1], A4[0]
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
    section.header_distance = section.footer_distance = Mm(12)
    for look in LOOKS:
        _add_style(document, look)
    document.core_properties.title, document.core_properties.author = title, ""
    document.core_properties.comments = ""
    return document


def add(document: Document | _Cell, text: str, look: Look) -> Paragraph:
    """Add one paragraph of the look."""
    return fill(document.add_paragraph(), text, look)


def add_text(document: Document, text: str) -> None:
    """Add a text, one paragraph a line."""
    for part in text.split("\n"):
        add(document, part, BODY)


def fill(paragraph: Paragraph, text: str, look: Look) -> Paragraph:
    """Write the text into the paragraph, each run naming its typeface too, so that no reader falls back."""
    paragraph.style = look.name
    run = paragraph.add_run(text)
    _set_face(run._element.get_or_add_rPr(), look)  # noqa: SLF001 (python-docx has no east-asian font)
    return paragraph


def fill_cell(cell: _Cell, texts: Sequence[str], look: Look) -> None:
    """Write one paragraph a text into the empty cell, standing in its middle."""
    fill(cell.paragraphs[0], texts[0] if texts else "", look)
    for text in texts[1:]:
        add(cell, text, look)
    cell.vertical_alignment = 1  # type: ignore[assignment]  # centre


def table(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """Add a ruled table of fixed column widths in millimetres."""
    made: Table = document.add_table(rows, len(widths), "Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    _pad(made)
    return made


def _pad(made: Table) -> None:
    """Leave a millimetre above and below what a cell holds."""
    padding = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "57")  # twentieths of a point
        edge.set(qn("w:type"), "dxa")
        padding.append(edge)
    made._tbl.tblPr.append(padding)  # noqa: SLF001 (python-docx has no padding)


def keep_rows_whole(made: Table, heads: int) -> None:
    """Let no row break across pages, and repeat the first `heads` rows on each page."""
    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has neither)
        properties.append(OxmlElement("w:cantSplit"))
        if number < heads:
            properties.append(OxmlElement("w:tblHeader"))


def saved(document: Document) -> bytes:
    """Return the document; the same content is the same bytes, as it carries no times."""
    package, core = document.part.package, document.core_properties._element  # noqa: SLF001
    for dated in core.xpath("dcterms:created | dcterms:modified"):
        core.remove(dated)
    for key in [key for key, part in package.rels.items() if part.reltype.endswith("/thumbnail")]:
        package.rels.pop(key)  # of python-docx's template, not of this document
    file = io.BytesIO()
    document.save(file)
    return archives.pack(archives.unpack(file.getvalue(), _LIMITS).items())


def _add_style(document: Document, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _set_face(style.element.get_or_add_rPr(), look)
    form = style.paragraph_format
    form.alignment, form.line_spacing = look.alignment, look.spacing
    form.space_before, form.space_after = Pt(0), Pt(look.after)
    form.keep_with_next = look in (TITLE, PART, SECTION, SUBSECTION, NOTE_HEAD)
    if look.indented:
        form.first_line_indent = Pt(2 * look.points)


def _set_face(properties: Any, look: Look) -> None:
    """Set the typeface for western and east-asian text alike, and the size in half-points."""
    faces = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{kind}"), look.face)
    if look.bold:
        properties.get_or_add_b()
    properties.get_or_add_sz().set(qn("w:val"), str(int(look.points * 2)))
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
