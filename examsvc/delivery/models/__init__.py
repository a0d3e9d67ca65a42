"""Exam sessions, candidates, enrolments, sittings, and the append-only log of responses."""

from examsvc.delivery.models.enrolments import Candidate, Enrolment
from examsvc.delivery.models.exam_sessions import ExamSession
from examsvc.delivery.models.sittings import CHAIN_START, Response, Sitting

__all__ = ["CHAIN_START", "Candidate", "Enrolment", "ExamSession", "Response", "Sitting"]
