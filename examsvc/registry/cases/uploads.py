"""What may be uploaded: names, types by content, sizes, and archives that unpack to what they say. Pure."""

import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO

from examsvc.core.errors import TooLarge
from examsvc.registry.cases.errors import BadFileName, FileTypeDiffers, UnsafeArchive, UnsupportedFile

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_MEMBERS = 2_000
LONGEST_NAME = 200
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "zip": "application/zip",
}
_SAME = {"jpeg": "jpg"}
DOCUMENTS = ("pdf", "jpg", "png", "docx", "xlsx")


@dataclass(frozen=True)
class Upload:
    """A file that passed: its clean name, what it is by content, its bytes."""

    file_name: str
    extension: str
    data: bytes

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]


def checked(file_name: str, data: bytes, *, allowed: tuple[str, ...] = DOCUMENTS, most: int = MOST_BYTES) -> Upload:
    """Return the upload if it may be kept.

    Raises TooLarge, BadFileName, UnsupportedFile, FileTypeDiffers (a .docx renamed to .xlsx), UnsafeArchive.
    """
    if len(data) > most:
        raise TooLarge(limit=most)
    name = _name(file_name)
    named = name.rpartition(".")[2].lower()
    named, found = _SAME.get(named, named), kind_of(data)
    if named in allowed and found not in (None, named):
        raise FileTypeDiffers(named=named, found=found)
    if found is None or found not in allowed or named not in allowed:
        raise UnsupportedFile(allowed=", ".join(allowed))
    return Upload(name, found, data)


def kind_of(data: bytes) -> str | None:
    """Return what the content is (a key of MEDIA_TYPES), or None; raises UnsafeArchive."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return _kind_of_archive(data) if data.startswith(b"PK\x03\x04") else None


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnsafeArchive from error
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise UnsafeArchive
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    return "xlsx" if "[Content_Types].xml" in names and "xl/workbook.xml" in names else "zip"


def _name(file_name: str) -> str:
    name = unicodedata.normalize("NFC", file_name).strip()
    # Cc control, Cf invisible or direction-changing, Cs lone surrogates.
    is_odd = any(char in '/\\:*?"<>|' or unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)
    if not name or len(name) > LONGEST_NAME or is_odd or name.startswith("."):
        raise BadFileName
    return name
