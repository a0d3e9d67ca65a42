"""Refusals of marking written answers."""

from examsvc.core.errors import Refusal


class WrittenMarkingClosed(Refusal):
    code = "written_marking_closed"
    detail = "The marking of this exam session is closed."


class WrittenMarkingBegun(Refusal):
    """Marks given under one rule are not judged by another."""

    code = "written_marking_begun"
    detail = "Answers were marked already; tolerance and step do not change any more."


class DutiesIncomplete(Refusal):
    code = "written_duties_incomplete"
    status = 422
    detail = "Question {number} needs two different markers and an arbiter who is neither of them."


class SittingNotOver(Refusal):
    code = "sitting_not_over"
    detail = "The sitting is not over; its answers are not marked yet."


class WrittenAnswerChanged(Refusal):
    code = "written_answer_changed"
    detail = "The answer is another than the one that was shown; read it again."


class WrittenAnswerBlank(Refusal):
    code = "written_answer_blank"
    detail = "Nothing was written; the answer earns 0 without being marked."


class WrittenValueNotPermitted(Refusal):
    code = "written_value_not_permitted"
    status = 422
    detail = "Permitted are 0 to {most} hundredths of a point in steps of {step}."


class WrittenMarkConflict(Refusal):
    code = "written_mark_conflict"
    detail = "Another mark was sent under this number before."


class ArbitrationDecided(Refusal):
    """The arbiter decided between two marks; afterwards neither becomes another."""

    code = "arbitration_decided"
    detail = "The arbiter has decided on this answer; its marks do not change any more."


class NothingToArbitrate(Refusal):
    code = "nothing_to_arbitrate"
    detail = "The two markers do not differ by more than the tolerance; there is nothing to decide."


class WrittenAnswersUnmarked(Refusal):
    """No result of a session is decided while written answers of it are unmarked."""

    code = "written_answers_unmarked"
    detail = (
        "Written answers of this exam session are not settled: {unmarked} unmarked, {disputed} in dispute, "
        "{sittings} sittings not over."
    )
