"""What one exam session's settings are made from."""

from uuid import UUID

from examsvc.core import sealing
from examsvc.delivery.models import ExamSession
from examsvc.delivery.safe_browser.settings_files import Making
from examsvc.delivery.states import CameraRule

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is easily taken for something else
GROUPS, LETTERS = 3, 4


def making_of(exam_session: ExamSession, public_url: str) -> Making:
    """Return what the exam session's settings are made from."""
    has_camera = exam_session.camera_rule != CameraRule.OFF
    return Making(public_url, exam_session.id, quit_password(exam_session.id), has_camera)


def quit_password(exam_session_id: UUID) -> str:
    """Return the exam session's own password to leave the browser: made from the master key and stored nowhere.

    59 bits, for its bare hash is in a file that anybody may fetch.
    """
    number = int(sealing.sealer().mac("safe-browser-quit", exam_session_id.bytes), 16)
    letters = [ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(GROUPS * LETTERS)]
    return "-".join("".join(letters[start : start + LETTERS]) for start in range(0, len(letters), LETTERS))


def needed_password(exam_session: ExamSession) -> str | None:
    """Return the password to leave the browser, or None where none is needed."""
    return quit_password(exam_session.id) if exam_session.safe_browser_needed else None
