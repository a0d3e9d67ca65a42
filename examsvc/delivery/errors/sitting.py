"""Refusals of sitting an exam: steps, time, answers."""

from examsvc.core.errors import Refusal


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


class OnBreak(Refusal):
    code = "on_break"
    detail = "The candidate is on a break; the paper is hidden until it ends."


class NoBreakLeft(Refusal):
    code = "no_break_left"
    detail = "No break that stops the clock is left."


class ConsentMissing(Refusal):
    """The last minutes (domain.md 2.4, 机考): nobody walks about while the others finish."""

    code = "consent_missing"
    detail = "In the last minutes a proctor has to consent to handing in."


class HandInUnproven(Refusal):
    """It says that it was made before consent was needed, and what the service knows does not bear that out."""

    code = "hand_in_unproven"
    detail = "That this was handed in in time is not proven; a proctor has to consent now."


class QuestionLeft(Refusal):
    code = "question_left"
    status = 422
    detail = "Nobody goes back in this exam session: question {item_ref} was left."


class EpochSuperseded(Refusal):
    code = "epoch_superseded"
    detail = "Another page or machine has taken this sitting over."


class ClaimOutdated(Refusal):
    """The claim was made before another one that came in earlier: served now, it would fence who answers already.

    `is_own`: that other one was made by the same log-in.
    """

    code = "claim_outdated"
    detail = "This sitting was claimed meanwhile: whoever means to take it over claims it after epoch {epoch}."


class PaperClaimedElsewhere(Refusal):
    code = "paper_claimed_elsewhere"
    detail = "Another log-in has taken this sitting over: whoever goes on here takes it over first."


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
