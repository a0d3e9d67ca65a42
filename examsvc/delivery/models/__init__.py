"""Exam sessions, candidates, enrolments, accommodations, sittings, and the append-only log of responses."""

from examsvc.delivery.models.accommodations import Accommodation, AccommodationGroup, AccommodationGroupMember
from examsvc.delivery.models.enrolments import Candidate, Enrolment
from examsvc.delivery.models.exam_sessions import ExamSession
from examsvc.delivery.models.sittings import CHAIN_START, Response, Sitting

__all__ = [
    "CHAIN_START",
    "Accommodation",
    "AccommodationGroup",
    "AccommodationGroupMember",
    "Candidate",
    "Enrolment",
    "ExamSession",
    "Response",
    "Sitting",
]
