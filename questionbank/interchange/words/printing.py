"""A printed sheet: paragraphs with equations, options in columns, pictures, page numbers."""

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from questionbank.interchange.drafts import mathematics
from questionbank.interchange.model import Medium
from questionbank.interchange.words import latex
from questionbank.interchange.words.equations import NotCarried

A4, MARGIN, INDENT = (Mm(210), Mm(297)), Mm(22), Mm(7)
TEXT_MM, MOST_PICTURE_MM = 159, 120
_LETTERS_A_LINE = 84  # half-width letters of 10.5 points between the margins
_COLUMNS = (4, 2)
_BLANK, _PRINTED_BLANK = "____", "________"


class Sheet:
    """The document being written."""

    def __init__(self, title: str):
        self._document = docx.Document()
        self._set_page()
        self._set_typeface()
        self._document.core_properties.title, self._document.core_properties.author = title, ""
        self.text(title, bold=True, points=16, centred=True)

    def text(
        self, text: str, *, bold: bool = False, points: float = 10.5, centred: bool = False, indented: bool = False
    ) -> Paragraph:
        """Add a paragraph; its formulas are equations, or their source where Word has none written for them."""
        paragraph = self._document.add_paragraph()
        _write(paragraph, text, bold=bold, points=points)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indented:
            paragraph.paragraph_format.left_indent = INDENT
        paragraph.paragraph_format.keep_with_next = bold
        return paragraph

    def columns(self, texts: Sequence[str]) -> None:
        """Add short texts side by side in four or two columns, long ones one below the other."""
        width = max(map(_width, texts), default=0)
        many = next((count for count in _COLUMNS if width < _LETTERS_A_LINE // count and len(texts) > 1), 1)
        for start in range(0, len(texts), many):
            paragraph = self.text("\t".join(texts[start : start + many]), indented=True)
            for place in range(1, many):
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7 + place * (TEXT_MM // many)))

    def picture(self, medium: Medium, alt: str) -> bool:
        """Add the picture, and return whether it is of a kind that Word shows."""
        run = self._document.add_paragraph().add_run()
        try:
            shown = run.add_picture(io.BytesIO(medium.data))
        except UnrecognizedImageError:
            return False
        if shown.width > Mm(MOST_PICTURE_MM):
            shown.height = int(shown.height * Mm(MOST_PICTURE_MM) / shown.width)  # type: ignore[assignment]  # EMU
            shown.width = Mm(MOST_PICTURE_MM)
        shown._inline.docPr.set("descr", alt)  # noqa: SLF001 (python-docx writes no description)
        return True

    def lines(self, count: int) -> None:
        """Add empty ruled lines to write on."""
        for _ in range(count):
            _rule(self.text("", indented=True))

    def boxes(self, numbers: Sequence[str], a_row: int = 10) -> None:
        """Add a table with a box to fill in below each number."""
        for start in range(0, len(numbers), a_row):
            shown = numbers[start : start + a_row]
            table = self._document.add_table(2, len(shown), "Table Grid")
            for cell, number in zip(table.rows[0].cells, shown, strict=True):
                cell.text = number
            self._document.add_paragraph()

    def new_page(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def save(self, path: Path) -> None:
        self._document.save(str(path))

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = A4
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for words, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
            footer.add_run(words)
            if code:
                _add_field(footer, code)

    def _set_typeface(self) -> None:
        style: Any = self._document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(10.5)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(2), 1.25


def _write(paragraph: Paragraph, text: str, *, bold: bool, points: float) -> None:
    for place, part in enumerate(mathematics.split(text)):
        if place % 2 and _add_equation(paragraph, part[2:-2]):
            continue
        if part:
            run = paragraph.add_run(part if place % 2 else part.replace(_BLANK, _PRINTED_BLANK))
            run.bold, run.font.size = bold, Pt(points)


def _add_equation(paragraph: Paragraph, formula: str) -> bool:
    try:
        paragraph._p.append(latex.omml(formula))  # noqa: SLF001 (python-docx has no equations)
    except NotCarried:
        return False
    return True


def _rule(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "808080")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 (python-docx has no borders)


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001 (python-docx has no fields)


def _width(text: str) -> int:
    """Return the width in half-width letters, a line break counting as too wide."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return _LETTERS_A_LINE if "\n" in text else wide
