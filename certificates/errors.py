"""Refusals of deciding, issuing and querying."""

from examsvc.core.errors import Refusal


class BadCertificateNumber(Refusal):
    code = "bad_certificate_number"
    status = 422
    detail = "This is not a certificate number: a character is wrong or missing."


class ResultNotReady(Refusal):
    code = "result_not_ready"
    detail = "The result is {state}; only a result that is ready is decided."


class ResultIsVoid(Refusal):
    code = "result_is_void"
    detail = "The result is void by a ruling on misconduct; nothing follows from it while the ruling stands."


class LateAnswersUndecided(Refusal):
    code = "late_answers_undecided"
    detail = "{count} answers of the candidate came late and may count; the office has not decided about them."


class AlreadyDecided(Refusal):
    code = "already_decided"
    detail = "This result has been decided already."


class ExaminerCannotDecide(Refusal):
    """ISO/IEC 17024 9.3: who examined does not decide."""

    code = "examiner_cannot_decide"
    status = 403
    detail = "Who examined this candidate does not decide on the certificate."


class ResultChanged(Refusal):
    code = "result_changed"
    detail = "The result is no longer the one that was shown; look at it again."


class EvidenceDiffers(Refusal):
    """The stored result was altered, or evidence came in after it was made."""

    code = "evidence_differs"
    detail = "The stored result does not follow from the answers and marks; nothing was decided."


class NotPassed(Refusal):
    """沪人社职〔2025〕140号 四: 总分 60 分及以上为合格."""

    code = "not_passed"
    status = 422
    detail = "The total is below 60; no certificate can be awarded."


class RehearsalUndecided(Refusal):
    code = "rehearsal_undecided"
    detail = "This exam session is a rehearsal; nothing of it is decided on."


class NoteMissing(Refusal):
    code = "note_missing"
    status = 422
    detail = "A refusal needs a note that says why."


class CannotBePrinted(Refusal):
    code = "cannot_be_printed"
    status = 422
    detail = "The certificate cannot be printed: {reason}."


class NameCertified(Refusal):
    code = "name_certified"
    detail = "Certificate {number} stands in this name."


class CertificateNotFound(Refusal):
    """One answer for an unknown number, another name and another identity number."""

    code = "certificate_not_found"
    status = 404
    detail = "There is no certificate with this number, name and identity number."


class TooManyQueries(Refusal):
    code = "too_many_queries"
    status = 429
    detail = "Too many queries; try again in {retry_after} seconds."
