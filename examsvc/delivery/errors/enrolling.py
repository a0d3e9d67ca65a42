"""Refusals of enrolling candidates."""

from examsvc.core.errors import Refusal


class BadIdentityNumber(Refusal):
    code = "bad_identity_number"
    status = 422
    detail = "The identity number does not pass the check of GB 11643-1999."


class ImportWhileSitting(Refusal):
    code = "import_while_sitting"
    detail = "From {minutes} minutes before the start to the end, at most {most} rows are imported at once."


class AlreadyEnrolled(Refusal):
    code = "already_enrolled"
    detail = "This candidate is enrolled in this exam session already."


class CandidateSitsElsewhere(Refusal):
    code = "candidate_sits_elsewhere"
    detail = "{name} is enrolled in exam session {exam_session} at that time."


class EnrolmentClosed(Refusal):
    code = "enrolment_closed"
    detail = "Nobody is enrolled any more: the exam session is {state}."


class AccommodationEmpty(Refusal):
    code = "accommodation_empty"
    status = 422
    detail = "Nothing was decided: say what is given."


class TimeRunsAlready(Refusal):
    code = "time_runs_already"
    detail = "The time of {count} candidates runs already: it is not made shorter."


class GroupNameTaken(Refusal):
    code = "group_name_taken"
    detail = "The exam session has a group of this name already."


class BadName(Refusal):
    code = "bad_name"
    status = 422
    detail = "The name is empty, too long, or holds characters that no name has."


class NameNotDrawable(Refusal):
    """The certificate could not be printed: refused at enrolment, not at issue."""

    code = "name_not_drawable"
    status = 422
    detail = "No font of the service can draw these characters of the name: {characters}."


class NameDiffers(Refusal):
    code = "name_differs"
    detail = "This identity number is known under another name."


class BadPhoto(Refusal):
    code = "bad_photo"
    status = 422
    detail = "The photo cannot be used: {reason}."


class BadWorkbook(Refusal):
    code = "bad_workbook"
    status = 422
    detail = "The workbook cannot be read: {reason}."


class BadPhotoArchive(Refusal):
    code = "bad_photo_archive"
    status = 422
    detail = "The archive of photos cannot be used: {reason}."


class BadDocumentNumber(Refusal):
    code = "bad_document_number"
    status = 422
    detail = "This is not the form of a number of {document}."


class TooYoung(Refusal):
    code = "too_young"
    status = 422
    detail = "On the day of the exam the person is younger than {least}."


class ConditionNotStated(Refusal):
    code = "condition_not_stated"
    status = 422
    detail = "The exam session has conditions of application; the number of the one that is met is missing."


class ConditionUnknown(Refusal):
    code = "condition_unknown"
    status = 422
    detail = "The exam session has no condition of application of this number; it has {count}."


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    detail = "Say why: the exam session is published."


class EnrolmentStands(Refusal):
    """What happened in a sitting is evidence, and goes nowhere."""

    code = "enrolment_stands"
    detail = "The enrolment stands: the candidate was seen, or something is on record of the sitting."


class NameSigned(Refusal):
    code = "name_signed"
    detail = "The candidate signed the undertaking under this name in exam session {exam_session}; the sitting goes on."
