"""Rescue files in the browser: saved at a candidate's machine, taken in by the office."""

from pathlib import Path

from exams import Seed, Ticket
from playwright.sync_api import BrowserContext, Page

from examsvc.delivery.models import Enrolment


def save_rescue_file(page: Page, folder: Path) -> Path:
    """Download the file that the page offers, and return where it lies."""
    with page.expect_download() as started:
        page.get_by_role("button", name="下载应急文件").first.click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def take_in(
    office: BrowserContext, seed: Seed, ticket: Ticket, file: Path, name: str = "rescue-file"
) -> dict[str, object]:
    """Give the file to the office, or only have it looked at (`rescue-file/preview`); return what it weighs."""
    path = f"/api/exam-sessions/{ticket.exam_session_id}/enrolments/{enrolment_of(seed, ticket)}/{name}"
    token = office.request.get("/api/me").json()["csrf_token"]
    form: dict[str, object] = {
        "rescue": {"name": file.name, "mimeType": "application/json", "buffer": file.read_bytes()},
        **({} if name.endswith("preview") else {"reason": "断网"}),
    }
    answer = office.request.post(path, multipart=form, headers={"X-CSRF-Token": token})  # type: ignore[arg-type]
    assert answer.ok, answer.text()
    body: dict[str, object] = answer.json()
    return body


def enrolment_of(seed: Seed, ticket: Ticket) -> str:
    """Return the id of the enrolment that the ticket is for."""
    with seed.transaction() as db:
        return str(db.query(Enrolment).filter_by(ticket_number=ticket.number).one().id)
