"""Drawing a certificate's face as a PNG, laid out as certificates/templates/certificate.typ lays out the PDF.

Lengths in points from the top left corner of the page; baselines are those of the compiled template.
"""

from collections.abc import Mapping

from PIL import Image, ImageOps

from certificates import ornaments, pictures
from certificates.errors import CannotBePrinted
from certificates.ornaments import GOLD, RED
from certificates.sheet import WIDTH, Sheet, mm, pixels
from certificates.typefaces import BOLD, Family, Typefaces
from certificates.typesetting import Style

INK, QUIET, HAIRLINE, THIN = "#1f2a37", "#5b6472", "#dcd1bb", 0.45
LEFT, RIGHT, MIDDLE = mm(33), WIDTH - mm(33), WIDTH / 2
VALUES = LEFT + 4.2 * 12 + mm(4)  # where the values of the fields begin
PHOTO, SYMBOL = (mm(29), mm(40.6)), mm(30)
TOP = 204.35  # of the fields
ASCENT, STEP, UNDER = 11.4, 17.4, 4.5  # of a field: above its first baseline, between baselines, below its last
LONG_BODY, LONG_VALUE, LONG_ORGANISATION = 75, 28, 19  # characters, above which words are set smaller
CAP = 0.695  # height of LXGW WenKai's capitals (em)
DATE, CODE, ORGANISATION, FOOT, FOOT_STEP = 695.78, 667.39, 650.1, 773.86, 11.65  # baselines, of which the last stays

NEAR_PHOTO = {"姓名": "name", "证件类型": "document", "证件号码": "identity_number", "考核项目": "scheme"}
BELOW_PHOTO = {"所属领域": "occupation", "考核规范": "specification", "证书编号": "number"}
LABEL = Style(Family.SERIF, 11, QUIET)
SMALL = Style(Family.SERIF, 10.5, QUIET)
FINE = Style(Family.SANS, 7.6, QUIET)

Face = Mapping[str, str]


def png(face: Face, portrait: Image.Image | None, typefaces: Typefaces) -> bytes:
    """Return the drawn page; raises CannotBePrinted for a character without a glyph and for words without room."""
    sheet = Sheet(typefaces)
    ornaments.decorate(sheet)
    _heading(sheet, face)
    lowest = _body(sheet, face, _fields(sheet, face, portrait))
    highest = _issuer(sheet, face, lift=_footer(sheet, face))
    if lowest > highest:
        raise CannotBePrinted(reason="it does not fit on one page")
    return sheet.png()


def _heading(sheet: Sheet, face: Face) -> None:
    sheet.write(face["title"], Style(Family.SERIF, 33, RED, BOLD, tracking=0.16), MIDDLE, 126.1, align=0.5)
    sheet.write(face["subtitle"], Style(Family.SERIF, 9.5, QUIET, tracking=0.14), MIDDLE, 147.2, align=0.5)
    sheet.rule((MIDDLE - mm(21), 164.44), (MIDDLE + mm(21), 164.44), 0.8, GOLD)


def _fields(sheet: Sheet, face: Face, portrait: Image.Image | None) -> float:
    """Draw the fields and the photo; return where they end."""
    top = TOP - (mm(5) if _is_long(face) else 0)
    beside = _rows(sheet, {label: face[key] for label, key in NEAR_PHOTO.items()}, top, RIGHT - PHOTO[0] - mm(9))
    _photo(sheet, portrait, top)
    below = max(beside, top + PHOTO[1]) + mm(5.2)
    return _rows(sheet, {label: face[key] for label, key in BELOW_PHOTO.items()}, below, RIGHT)


def _rows(sheet: Sheet, fields: Mapping[str, str], top: float, right: float) -> float:
    bottom = top
    for label, value in fields.items():
        bottom = _row(sheet, label, value, top, right)
        top = bottom + mm(5.4)
    return bottom


def _row(sheet: Sheet, label: str, value: str, top: float, right: float) -> float:
    """Draw a label and its value on a hairline; return where the hairline is."""
    baseline = top + ASCENT
    sheet.write("\u3000\u3000".join(label) if len(label) == 2 else label, LABEL, LEFT, baseline)  # noqa: PLR2004 (as wide as four)
    style = Style(Family.KAI, 11 if len(value) > LONG_VALUE else 13, INK)
    lines = sheet.paragraph(value, style, right - VALUES)
    last = sheet.stack(lines, VALUES, baseline, STEP)
    sheet.rule((VALUES, last + UNDER), (right, last + UNDER), THIN, HAIRLINE)
    return last + UNDER


def _photo(sheet: Sheet, portrait: Image.Image | None, top: float) -> None:
    left, (width, height) = RIGHT - PHOTO[0], PHOTO
    corners = (left, top), (RIGHT, top + height)
    if portrait is None:
        ornaments.dashed(sheet, *corners, 0.6, GOLD)
        sheet.write("照片", Style(Family.SANS, 10, QUIET, tracking=0.5), left + width / 2, top + 61.2, align=0.5)
    else:
        sheet.paste(ImageOps.fit(portrait, (pixels(width), pixels(height))), left, top)
        ornaments.outline(sheet, *corners, 0.6, GOLD)


def _body(sheet: Sheet, face: Face, top: float) -> float:
    """Draw the sentence that certifies; return its last baseline."""
    size, leading, gap = (12.0, 0.8, mm(5)) if _is_long(face) else (15.0, 1.15, mm(10))
    lines = sheet.paragraph(face["body"], Style(Family.KAI, size, INK), RIGHT - LEFT, indent=2 * size, justified=True)
    first = top + gap + (1.2 + CAP) * size
    sheet.write_line(lines[0], LEFT + 2 * size, first)
    step = (leading + CAP) * size
    return sheet.stack(lines[1:], LEFT, first + step, step) if lines[1:] else first


def _footer(sheet: Sheet, face: Face) -> float:
    """Draw the lines at the foot; return by how much they are higher than three lines."""
    words = (f"证书信息查询网址：{face['query_address']}", face["remark"], f"记录摘要 SHA-256：{face['digest']}")
    lines = [one for part in words for one in sheet.paragraph(part, FINE, RIGHT - LEFT)]
    lift = (len(lines) - len(words)) * FOOT_STEP
    sheet.stack(lines, LEFT, FOOT - (len(lines) - 1) * FOOT_STEP, FOOT_STEP)
    sheet.rule((LEFT, 727.18 - lift), (RIGHT, 727.18 - lift), THIN, HAIRLINE)
    return lift


def _issuer(sheet: Sheet, face: Face, *, lift: float) -> float:
    """Draw the QR code, and who issued when; return where they begin."""
    size = 12.0 if len(face["organisation"]) > LONG_ORGANISATION else 15.0
    lines = sheet.paragraph(face["organisation"], Style(Family.KAI, size, INK), RIGHT - LEFT - SYMBOL - mm(8))
    step = 0.8 * 12 + CAP * size
    first = ORGANISATION - lift - (len(lines) - 1) * step
    sheet.stack(lines, RIGHT, first, step, align=1)
    sheet.write("考核机构（发证）", SMALL, RIGHT, first - step, align=1)
    _pair(sheet, "统一社会信用代码", face["credit_code"], Style(Family.SANS, 10.5, QUIET), CODE - lift, gap=5.84)
    _pair(sheet, "发证日期", face["issued_on"], Style(Family.KAI, 14, INK), DATE - lift, gap=9.6)
    _symbol(sheet, face["query_url"], DATE - lift)
    return min(first - step - SMALL.size, DATE - lift - SYMBOL)


def _pair(sheet: Sheet, label: str, value: str, style: Style, baseline: float, *, gap: float) -> None:
    width = sheet.write(value, style, RIGHT, baseline, align=1)
    sheet.write(label, SMALL, RIGHT - width - gap, baseline, align=1)


def _symbol(sheet: Sheet, url: str, bottom: float) -> None:
    symbol = pictures.qr(url, pixels(SYMBOL))
    blank = (SYMBOL - symbol.width / pixels(1000) * 1000) / 2
    sheet.paste(symbol, LEFT + blank, bottom - SYMBOL + blank)


def _is_long(face: Face) -> bool:
    return len(face["body"]) > LONG_BODY
