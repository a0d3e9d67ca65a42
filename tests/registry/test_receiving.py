"""The one door for uploaded files: how much is taken, and how little is read of what is too much."""

import io
from typing import Any
from uuid import UUID

import pytest
from applying import Applying
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from uploads import BOUNDARY, upload

from examsvc.core.db import Database
from examsvc.core.web.uploads import FORM_BYTES
from examsvc.registry.cases.uploads import MOST_BYTES

pytestmark = pytest.mark.sqlite_only
PDF = b"%PDF-1.7\nx"
READ_AHEAD = 1024 * 1024


@pytest.fixture
def begun(database: Database) -> UUID:
    with database.transaction() as db:
        return Applying(Casework(db, NINE_IN_SHANGHAI)).case.id


def prove(app: Flask, case_id: UUID, **body: Any) -> tuple[int, dict[str, Any]]:
    office = Caller(app).log_in("applicant")
    path = f"/api/cases/{case_id}/application"
    query = {"version": office.get(path).json["version"], "topic": "FUNDING"}
    answer = office.post(f"{path}/evidence", query_string=query, **body)
    return answer.status_code, answer.json


def test_evidence_of_just_20_mb_is_kept(app: Flask, begun: UUID) -> None:
    status, shown = prove(app, begun, **upload("file", PDF.ljust(MOST_BYTES), "证明.pdf"))
    assert (status, [one["size_bytes"] for one in shown["materials"]["evidence"]]) == (200, [MOST_BYTES])


@pytest.mark.parametrize("size", [MOST_BYTES + 1, MOST_BYTES + FORM_BYTES])
def test_evidence_of_more_is_refused(app: Flask, begun: UUID, size: int) -> None:
    status, refusal = prove(app, begun, **upload("file", PDF.ljust(size), "证明.pdf"))
    assert (status, refusal["code"], refusal["limit"]) == (413, "too_large", MOST_BYTES)


class Endless(io.RawIOBase):
    """A file that never ends; counts what was read of it."""

    def __init__(self) -> None:
        head = b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        self.start = io.BytesIO(b"--" + BOUNDARY + b"\r\n" + head + PDF)
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.start.read(len(buffer)) or bytes(len(buffer))
        buffer[: len(piece)] = piece
        self.read_bytes += len(piece)
        return len(piece)


@pytest.mark.parametrize(
    ("environ", "most_read"),
    [
        ({"CONTENT_LENGTH": str(200 * 1024 * 1024)}, 0),
        ({"CONTENT_LENGTH": "", "wsgi.input_terminated": True}, MOST_BYTES + FORM_BYTES + READ_AHEAD),
    ],
    ids=["200 MB", "chunked without end"],
)
def test_of_what_is_far_too_large_no_more_is_read_than_a_file_may_have(
    app: Flask, begun: UUID, environ: dict[str, Any], most_read: int
) -> None:
    body, form = Endless(), f"multipart/form-data; boundary={BOUNDARY.decode()}"
    sent = {**environ, "wsgi.input": body}
    status, refusal = prove(app, begun, content_type=form, environ_overrides=sent)
    assert (status, refusal["code"]) == (413, "too_large")
    assert body.read_bytes <= most_read
