"""Printing a certificate: typst makes the PDF (PDF/A-3a, PDF/UA-1), Pillow the PNG, of the same words.

The same record gives the same bytes.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image

from certificates import drawing, pictures
from certificates.errors import CannotBePrinted
from certificates.typefaces import Typefaces
from examsvc.core import blobs, canonical, print_pictures, typesetting
from examsvc.delivery import identity_documents

TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"
TITLE = "专项职业能力证书"
SUBTITLE = "CERTIFICATE OF SPECIALISED VOCATIONAL COMPETENCE"
REMARK = "证书编号为试点内部编号，由发证机构的系统分配，不是人力资源社会保障部门的统一编号。"
DOCUMENTS = {str(kind): title for kind, title in identity_documents.TITLES.items()}


@dataclass(frozen=True)
class Faces:
    """A printed certificate."""

    pdf: bytes
    png: bytes


class Press:
    """The typesetter and the typefaces, read once."""

    def __init__(self, font_paths: Sequence[Path], public_url: str) -> None:
        self._typesetter = typesetting.typesetter(tuple(font_paths))
        self._typefaces = Typefaces(font_paths)
        self._template = TEMPLATE.read_bytes()
        self._public_url = public_url
        self._one_at_a_time = threading.Lock()  # the typefaces are not made for several threads

    def print(self, record: dict[str, Any], identity_number: str, *, issued_at: datetime) -> Faces:
        """Return both faces of the record; raises CannotBePrinted, for example for a character without a glyph."""
        face = _face(record, identity_number) | _addresses(self._public_url, record["number"])
        photo_digest = record["holder"]["photo_digest"]
        portrait = _portrait(photo_digest) if photo_digest else None
        with self._one_at_a_time:
            pdf = self._compile(_files(record, face, portrait), issued_at)
            return Faces(pdf, drawing.png(face, portrait, self._typefaces))

    def _compile(self, files: dict[str, bytes], stamp: datetime) -> bytes:
        try:
            return self._typesetter.pdf(files | {typesetting.MAIN: self._template}, stamp=stamp)
        except typesetting.CannotBeTypeset as error:
            raise CannotBePrinted(reason=str(error)) from error


def _portrait(digest: str) -> Image.Image:
    return print_pictures.portrait(blobs.get(digest), pictures.MOST_PHOTO_PIXELS)


def _files(record: dict[str, Any], face: dict[str, str], portrait: Image.Image | None) -> dict[str, bytes]:
    """Return what the template reads, by file name."""
    files = {
        "face.json": canonical.encode(face | {"has_photo": portrait is not None}),
        "record.json": canonical.encode(record),
        "qr.svg": print_pictures.qr_svg(face["query_url"]),
    }
    return files | ({"photo.svg": print_pictures.portrait_svg(portrait)} if portrait else {})


def _addresses(public_url: str, number: str) -> dict[str, str]:
    return {"query_url": query_url(public_url, number), "query_address": f"{public_url}/certificates"}


def query_url(public_url: str, number: str) -> str:
    """Return the address the QR code leads to; it names the certificate only, never its holder."""
    return f"{public_url}/certificates?{urlencode({'number': number})}"


def _face(record: dict[str, Any], identity_number: str) -> dict[str, str]:
    """Return the words of the face (the practice list in domain.md 2.11, without a level, which 专项 has not)."""
    holder, occupation = record["holder"], record["occupation"]
    scheme = record["scheme"]["name"]
    return {
        "title": TITLE,
        "subtitle": SUBTITLE,
        "name": holder["name"],
        "document": DOCUMENTS.get(holder["document_type"], holder["document_type"]),
        "identity_number": identity_number,
        "scheme": scheme,
        "occupation": f"{occupation['name']}（{occupation['code']}）",
        "specification": f"《{scheme}专项职业能力考核规范》第 {record['scheme']['specification_version']} 版",
        "number": record["number"],
        "body": f"{holder['name']} 参加“{scheme}”专项职业能力考核，考核合格，特发此证。",
        "organisation": record["organisation"]["name"],
        "credit_code": record["organisation"]["credit_code"],
        "issued_on": _written(date.fromisoformat(record["issued_on"])),
        "remark": REMARK,
        "digest": canonical.digest(record),
    }


def _written(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


_settings: tuple[tuple[Path, ...], str] | None = None


def use_press(font_paths: Sequence[Path], public_url: str) -> None:
    """Say what the process's press prints with; called once by the composition root."""
    global _settings  # noqa: PLW0603 (a process has one press)
    _settings = tuple(font_paths), public_url


def press() -> Press:
    """Return the process's press; its fonts are read when it is first used. Raises RuntimeError before use_press."""
    if _settings is None:
        raise RuntimeError("no press has been set")
    return _press(*_settings)


@cache
def _press(font_paths: tuple[Path, ...], public_url: str) -> Press:
    return Press(font_paths, public_url)
