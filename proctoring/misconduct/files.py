"""Files as evidence of misconduct: what one is by its content, never by its name; kept byte for byte. Pure."""

import io
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, UnidentifiedImageError

from examsvc.core.errors import TooLarge
from proctoring.misconduct import films
from proctoring.misconduct.errors import BadEvidenceFile
from proctoring.misconduct.states import FileKind

MEBIBYTE: Final = 1024 * 1024
MOST_BYTES: Final = {FileKind.PHOTO: 15 * MEBIBYTE, FileKind.DOCUMENT: 15 * MEBIBYTE, FileKind.FILM: 50 * MEBIBYTE}
MOST_OF_ANY: Final = max(MOST_BYTES.values())
MOST_PIXELS: Final = 50_000_000
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}
LONGEST_STEM: Final = 100
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_END_OF_PDF = 2048
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


@dataclass(frozen=True)
class EvidenceFile:
    """A file that passed; its name has the ending of what it is."""

    kind: FileKind
    media_type: str
    name: str
    data: bytes = field(repr=False)


def prepared(name: str, data: bytes) -> EvidenceFile:
    """Return the file as evidence, its bytes untouched; raises TooLarge, BadEvidenceFile."""
    kind, media_type = _sniffed(data)
    if len(data) > MOST_BYTES[kind]:
        raise TooLarge(limit=MOST_BYTES[kind])
    _check_whole(data, media_type)
    return EvidenceFile(kind, media_type, f"{_stem(name)}.{ENDINGS[media_type]}", data)


def _sniffed(data: bytes) -> tuple[FileKind, str]:
    for start, media_type in _PICTURES.items():
        if data.startswith(start):
            return FileKind.PHOTO, media_type
    if data.startswith(b"%PDF-"):
        return FileKind.DOCUMENT, "application/pdf"
    film = films.media_type(data)
    if film is None:
        raise BadEvidenceFile(fault="unknown", reason="it is no JPEG, PNG, PDF, MP4, MOV or WebM file")
    return FileKind.FILM, film


def _check_whole(data: bytes, media_type: str) -> None:
    if media_type == "application/pdf":
        is_whole = b"%%EOF" in data[-_END_OF_PDF:]
    elif media_type in _PICTURES.values():
        is_whole = _is_whole_picture(data)
    else:
        is_whole = films.is_whole(data, media_type)
    if not is_whole:
        raise BadEvidenceFile(fault="broken", reason="it cannot be read to its end")


def _is_whole_picture(data: bytes) -> bool:
    """A JPEG is decoded at an eighth of its size, which reads all of it; of a PNG the check sums are compared."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadEvidenceFile(fault="too_wide", reason=f"it has more than {MOST_PIXELS} pixels")
            if image.format == "PNG":
                image.verify()
            else:
                image.draft("L", (image.width // 8, image.height // 8))
                image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _stem(name: str) -> str:
    """Return the name without its ending and without what no file system or page should meet."""
    stem = name.rpartition(".")[0] or name
    plain = "".join(char for char in stem if char.isprintable() and char not in _NOT_IN_NAMES)
    return plain.strip(" .")[:LONGEST_STEM].strip(" .") or "evidence"
