"""Refusals of delivery."""

from examsvc.core.errors import Refusal


class BadIdentityNumber(Refusal):
    code = "bad_identity_number"
    status = 422
    detail = "The identity number does not pass the check of GB 11643-1999."


class BadWindow(Refusal):
    code = "bad_window"
    status = 422
    detail = "The exam session's window cannot be used: {reason}."


class WrongPaper(Refusal):
    code = "wrong_paper"
    status = 422
    detail = "The paper was drawn for another specification than the filing's."


class PaperPlanUnclear(Refusal):
    code = "paper_plan_unclear"
    status = 422
    detail = "An exam session has either one paper or one draw of forms."


class PaperIsOneCandidates(Refusal):
    code = "paper_is_one_candidates"
    status = 422
    detail = "This paper is a form for one candidate alone; choose its draw instead."


class TooFewForms(Refusal):
    code = "too_few_forms"
    detail = "{missing} forms are missing: {needed} candidates need one, and {free} of the draw are left."


class PaperOpened(Refusal):
    code = "paper_opened"
    detail = "The candidate has opened this paper; it is not changed any more."


class NotReadyToPublish(Refusal):
    code = "not_ready_to_publish"
    detail = "The exam session cannot be published: {reason}."


class AlreadyEnrolled(Refusal):
    code = "already_enrolled"
    detail = "This candidate is enrolled in this exam session already."


class EnrolmentClosed(Refusal):
    code = "enrolment_closed"
    detail = "Nobody is enrolled any more: the exam session is {state}."


class SessionCodeTaken(Refusal):
    code = "session_code_taken"
    detail = "There is an exam session with this code already."


class SessionNotDraft(Refusal):
    code = "session_not_draft"
    detail = "Only a draft is changed; the exam session is {state}."


class SittingsRunning(Refusal):
    code = "sittings_running"
    detail = "{count} sittings are running; end them first."


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


class StepsMissing(Refusal):
    code = "steps_missing"
    detail = "Some steps before the exam have not been done yet."


class UndertakingNameDiffers(Refusal):
    code = "undertaking_name_differs"
    status = 422
    detail = "The name under the undertaking is not the candidate's."


class CameraRequired(Refusal):
    code = "camera_required"
    detail = "This exam session needs a working camera."


class NotStarted(Refusal):
    code = "not_started"
    detail = "The exam starts at {starts_at}."


class NotOpened(Refusal):
    code = "not_opened"
    detail = "The paper has not been opened yet."


class EntryClosed(Refusal):
    code = "entry_closed"
    detail = "Entry is closed; who comes later is not let in."


class SittingOver(Refusal):
    code = "sitting_over"
    detail = "The sitting is over."


class SittingClosed(Refusal):
    """The answers came after the end and its grace."""

    code = "sitting_closed"
    detail = "Time is up; nothing is taken any more."


class SittingPaused(Refusal):
    code = "sitting_paused"
    detail = "The sitting is paused."


class EpochSuperseded(Refusal):
    code = "epoch_superseded"
    detail = "Another page or machine has taken this sitting over."


class SeqGap(Refusal):
    code = "seq_gap"
    detail = "Responses are missing: {expected} is next."


class SeqConflict(Refusal):
    code = "seq_conflict"
    detail = "Another response with the number {seq} is stored already."


class UnknownQuestion(Refusal):
    code = "unknown_question"
    status = 422
    detail = "The paper has no question {item_ref}."


class BadAnswer(Refusal):
    code = "bad_answer"
    status = 422
    detail = "This is not the form of an answer to question {item_ref}."


class ResponsesMissing(Refusal):
    code = "responses_missing"
    detail = "Responses are missing: the last one stored is {acknowledged_seq}."


class TooEarly(Refusal):
    code = "too_early"
    detail = "Nobody hands in before {earliest_hand_in_at}."


class BadExtension(Refusal):
    code = "bad_extension"
    status = 422
    detail = "An extension is between 1 and {most} seconds."
