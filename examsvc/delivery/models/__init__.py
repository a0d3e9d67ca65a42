"""Exam sessions, candidates, enrolments, sittings, and the append-only log of responses."""

from examsvc.delivery.models.batches import Batch
from examsvc.delivery.models.enrolments import Candidate, Enrolment, by_seat, seat_label
from examsvc.delivery.models.exam_sessions import ExamSession
from examsvc.delivery.models.session_rooms import SessionRoom
from examsvc.delivery.models.sittings import CHAIN_START, Response, Sitting

__all__ = [
    "CHAIN_START",
    "Batch",
    "Candidate",
    "Enrolment",
    "ExamSession",
    "Response",
    "SessionRoom",
    "Sitting",
    "by_seat",
    "seat_label",
]
