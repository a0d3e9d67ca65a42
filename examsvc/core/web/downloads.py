"""Files to keep: how every download is answered."""

import re
from typing import Final
from urllib.parse import quote

from flask import Response

BINARY: Final = {"type": "string", "format": "binary"}
"""The OpenAPI schema of a file."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")


def download(data: bytes, file_name: str, media_type: str, *, is_private: bool = True) -> Response:
    """Return the bytes as a file to keep under its name, Chinese or not (RFC 6266, RFC 5987), never one to open here.

    A browser that knows no `filename*` gets `file` with the ending. What is private stays in no cache; that no
    browser guesses another type is said with every answer (`headers`).
    """
    answer = Response(data, content_type=media_type)
    plain = file_name if _PLAIN.fullmatch(file_name) else f"file.{quote(file_name.rpartition('.')[2])}"
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"
    if is_private:
        answer.headers["Cache-Control"] = "no-store"
    return answer
