"""Refusals of who serves where."""

from examsvc.core.errors import Refusal


class TooFewProctors(Refusal):
    code = "too_few_proctors"
    detail = "Room {room} needs {needed} proctors and has {present}."


class NoInnerSupervisor(Refusal):
    code = "no_inner_supervisor"
    detail = "The exam session has no inner supervisor yet."


class SupervisorNotIndependent(Refusal):
    code = "supervisor_not_independent"
    detail = "{name} examines or proctors in the exam session and cannot be its inner supervisor."


class StaffIsCandidate(Refusal):
    code = "staff_is_candidate"
    detail = "{name} is a candidate of the exam session and cannot serve in it."


class StaffRelated(Refusal):
    code = "staff_related"
    detail = "{name} declared a relation ({relation}) to candidate {candidate} and cannot serve in the exam session."


class StaffServesElsewhere(Refusal):
    code = "staff_serves_elsewhere"
    detail = "{name} serves in exam session {exam_session} at that time."


class NotAnInnerSupervisor(Refusal):
    code = "not_an_inner_supervisor"
    status = 422
    detail = "An inner supervisor is an active account with the role of a quality supervisor."


class RelationAlreadyDeclared(Refusal):
    code = "relation_already_declared"
    detail = "A relation between the two is declared already."
