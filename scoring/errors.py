"""Refusals of scoring."""

from examsvc.core.errors import Refusal


class AssignmentClosed(Refusal):
    code = "assignment_closed"
    detail = "Examiners are not changed any more: {reason}."


class NotAnExaminer(Refusal):
    code = "not_an_examiner"
    status = 422
    detail = "Only active accounts with the role EXAMINER can be assigned."


class ExaminerHasMarked(Refusal):
    """Marks are evidence: whoever gave one stays."""

    code = "examiner_has_marked"
    detail = "An examiner who has marked already cannot be taken off the exam session."


class MarkingNotOpen(Refusal):
    code = "marking_not_open"
    detail = "Marks are taken from the start of a published exam session on."


class SheetSigned(Refusal):
    code = "sheet_signed"
    detail = "The sheet is signed; its marks do not change any more."


class MarkGap(Refusal):
    code = "mark_gap"
    detail = "An earlier mark of this device is missing; send from number {expected} on."


class MarkConflict(Refusal):
    code = "mark_conflict"
    detail = "Another mark was sent with the number {device_seq} before."


class UnknownCriterion(Refusal):
    code = "unknown_criterion"
    status = 422
    detail = "The sheet has no criterion {criterion}."


class ValueNotPermitted(Refusal):
    code = "value_not_permitted"
    status = 422
    detail = "This value is not among those that criterion {criterion} permits."


class SheetIncomplete(Refusal):
    code = "sheet_incomplete"
    detail = "Some criteria are not marked yet: {missing}."


class SheetChanged(Refusal):
    """The page showed other marks than the service holds."""

    code = "sheet_changed"
    detail = "The sheet changed after it was shown; look at it again before signing."


class TooFewToCalibrate(Refusal):
    """A model fitted to a handful of people tells about them and not about the questions."""

    code = "too_few_to_calibrate"
    detail = "A calibration needs {least} people; there are {people}."


class NothingToCalibrate(Refusal):
    code = "nothing_to_calibrate"
    detail = "A calibration needs {least} questions that some answered right and some wrong; there are {items}."


class CalibrationUnsound(Refusal):
    """Estimates that did not settle would match papers by numbers that mean nothing."""

    code = "calibration_unsound"
    detail = "The calibration did not settle on sound estimates; more sittings or the simpler model may do."


class ResultPublished(Refusal):
    code = "result_published"
    detail = "The result is published; its answers do not change any more."
