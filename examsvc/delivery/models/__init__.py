"""Exam sessions, candidates, enrolments, also withdrawn ones, accommodations, staff, sittings, responses."""

from examsvc.delivery.models.accommodations import (
    Accommodation,
    AccommodationGroup,
    AccommodationGroupMember,
    UnsettledSitting,
)
from examsvc.delivery.models.attendance import DoorRecord, StationDraw
from examsvc.delivery.models.batches import Batch
from examsvc.delivery.models.enrolments import Candidate, Enrolment, by_seat, seat_label
from examsvc.delivery.models.exam_sessions import ApplicationCondition, ExamSession
from examsvc.delivery.models.session_rooms import SessionRoom
from examsvc.delivery.models.sittings import CHAIN_START, Response, Sitting
from examsvc.delivery.models.staff import (
    DeclaredRelation,
    ExaminerAssignment,
    InnerSupervisorAssignment,
    ProctorAssignment,
)
from examsvc.delivery.models.withdrawals import WithdrawnEnrolment

__all__ = [
    "CHAIN_START",
    "Accommodation",
    "AccommodationGroup",
    "AccommodationGroupMember",
    "ApplicationCondition",
    "Batch",
    "Candidate",
    "DeclaredRelation",
    "DoorRecord",
    "Enrolment",
    "ExamSession",
    "ExaminerAssignment",
    "InnerSupervisorAssignment",
    "ProctorAssignment",
    "Response",
    "SessionRoom",
    "Sitting",
    "StationDraw",
    "UnsettledSitting",
    "WithdrawnEnrolment",
    "by_seat",
    "seat_label",
]
