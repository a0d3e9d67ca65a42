"""Multipart bodies as bytes: the test client would keep larger ones in files that it does not close."""

from typing import Any

BOUNDARY = b"----examsvc"


def upload(field: str, data: bytes, name: str = "file") -> dict[str, Any]:
    """Return the options of a request that uploads one file."""
    return uploads({field: data}, name)


def uploads(files: dict[str, bytes], name: str = "file", **form: Any) -> dict[str, Any]:
    """Return the options of a request that uploads a file in each of the fields, beside those of a form."""
    parts = [_part(field, data, f'; filename="{name}"') for field, data in files.items()]
    parts += [_part(field, str(value).encode()) for field, value in form.items()]
    body = b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"
    return {"data": body, "content_type": f"multipart/form-data; boundary={BOUNDARY.decode()}"}


def _part(field: str, data: bytes, named: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode()
    return b"--" + BOUNDARY + b"\r\n" + head + data + b"\r\n"
