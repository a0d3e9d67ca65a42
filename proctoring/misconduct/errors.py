"""Refusals about misconduct on the record."""

from examsvc.core.errors import Refusal


class ConsequenceNotPermitted(Refusal):
    code = "consequence_not_permitted"
    status = 422
    detail = "The class of misconduct permits only: {permitted}."


class SubjectMissing(Refusal):
    code = "subject_missing"
    status = 422
    detail = "Say which subject is void."


class SubjectNotMeant(Refusal):
    code = "subject_not_meant"
    status = 422
    detail = "Only where a subject is void is a subject named."


class ClassOfOffice(Refusal):
    code = "class_of_office"
    status = 422
    detail = "What is found after the exam is recorded by the office, not from the wall."


class EvidenceOfAnother(Refusal):
    code = "evidence_of_another"
    status = 422
    detail = "One of these pieces of evidence is not of this sitting."


class EvidenceAltered(Refusal):
    code = "evidence_altered"
    detail = "A piece of evidence is no longer what was linked: {evidence}."


class BadEvidenceFile(Refusal):
    """`fault` is a stable word for `reason`: unknown, broken, too_wide."""

    code = "bad_evidence_file"
    status = 422
    detail = "The file cannot be kept as evidence: {reason}."


class TooManyEvidenceFiles(Refusal):
    code = "too_many_evidence_files"
    detail = "A record holds at most {most} files."


class FactsInFuture(Refusal):
    code = "facts_in_future"
    status = 422
    detail = "What is put on record has happened already."


class MisconductChanged(Refusal):
    """The page showed another record than the service holds."""

    code = "misconduct_changed"
    detail = "The record changed after it was shown; look at it again."


class MisconductDiffers(Refusal):
    """An earlier sending with this id arrived, though its answer did not; it is corrected, not opened again."""

    code = "misconduct_differs"
    detail = "This record was opened already with other facts; look at it, and correct it."


class CandidatesOwnSignature(Refusal):
    code = "candidates_own_signature"
    status = 422
    detail = "A candidate signs on a pad, or by their own log-in."


class WitnessTwice(Refusal):
    """人社部令第31号 十六: a refusal is recorded by two of the staff."""

    code = "witness_twice"
    detail = "You have signed already; the second signature is another person's."


class InvolvedCannotRule(Refusal):
    code = "involved_cannot_rule"
    status = 403
    detail = "Who recorded or witnessed it, or served in the exam session, does not rule on it."


class RulerCannotRevoke(Refusal):
    code = "ruler_cannot_revoke"
    status = 403
    detail = "A ruling is reviewed by somebody who did not make it."


class InvolvedCannotRevoke(Refusal):
    code = "involved_cannot_revoke"
    status = 403
    detail = "Who recorded or witnessed it, or served in the exam session, does not review the ruling on it."


class HearingMissing(Refusal):
    code = "hearing_missing"
    status = 422
    detail = "The candidate made a statement: say how what was raised was checked."


class ServedAlready(Refusal):
    code = "served_already"
    detail = "The ruling was served already."


class RulingCannotBePrinted(Refusal):
    code = "ruling_cannot_be_printed"
    status = 422
    detail = "The ruling cannot be printed: {reason}."


class RecordFrozen(Refusal):
    code = "record_frozen"
    detail = "The candidate was told these facts; they do not change any more."


class RulingRevoked(Refusal):
    code = "ruling_revoked"
    detail = "The ruling was revoked and does not stand any more."


class ServedInFuture(Refusal):
    code = "served_in_future"
    status = 422
    detail = "A ruling is served on the day it was made or later, and no later than today."
