"""Refusals of reviews."""

from examsvc.core.errors import Refusal


class MaterialsIncomplete(Refusal):
    """`items` are the points of the check that are not ticked."""

    code = "materials_incomplete"
    detail = "The materials cannot pass: some points of the check are not ticked."


class ReasonMissing(Refusal):
    code = "conclusion_reason_missing"
    status = 422
    detail = "Say why: this turns the case down, or differs from what the experts found."


class BadPanel(Refusal):
    code = "bad_panel"
    status = 422
    detail = "A panel has at least three experts, an odd number, each once, and one of them chairs."


class ExpertConflict(Refusal):
    """`account_id` is the expert, `why` is "affiliation" or "interest"."""

    code = "expert_conflict"
    detail = "This expert belongs to the case's organisation or department, or declared an interest."


class NotAnExpert(Refusal):
    code = "not_an_expert"
    status = 422
    detail = "Only active accounts with the role of an expert sit on a panel."


class NoReviewDue(Refusal):
    code = "no_review_due"
    detail = "A case that is {state} waits for no review."


class ReviewRunning(Refusal):
    code = "review_running"
    detail = "A review of this case is under way already."


class ReviewOver(Refusal):
    code = "review_over"
    detail = "This review is not under way any more."


class OpinionChanged(Refusal):
    """`number` is how often the expert gave an opinion already."""

    code = "opinion_changed"
    detail = "Your opinion was changed elsewhere in the meantime."


class ReviewUnfinished(Refusal):
    """`missing`: OPINIONS, PANEL, HEARING, SITE_VISIT."""

    code = "review_unfinished"
    detail = "Opinions or minutes are still missing."


class OwnOpinion(Refusal):
    code = "own_opinion"
    status = 403
    detail = "Whoever sits or sat on the panel cannot conclude its review."


class MeetingExists(Refusal):
    code = "meeting_exists"
    detail = "This review has such a meeting already."


class MeetingHeld(Refusal):
    code = "meeting_held"
    detail = "The minutes of this meeting are recorded already."


class NotYetHeld(Refusal):
    code = "not_yet_held"
    status = 422
    detail = "Minutes are recorded after the meeting, not before its time."


class NotThisStage(Refusal):
    code = "not_this_stage"
    detail = "This cannot be done with a case that is {state}."


class AnnexesMissing(Refusal):
    """`number` is the case's."""

    code = "annexes_missing"
    detail = "Case {number} has no proposal and main content to send."


class SomebodyElsesFile(Refusal):
    code = "somebody_elses_file"
    status = 422
    detail = "The file does not belong to this case."


class UnknownDepartment(Refusal):
    code = "interest_without_object"
    status = 422
    detail = "Name the organisation's code or the department that the interest is in."
