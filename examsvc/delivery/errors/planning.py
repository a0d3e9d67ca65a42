"""Refusals of planning exam sessions and giving their papers."""

from examsvc.core.errors import Refusal


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


class PapersWithheld(Refusal):
    code = "papers_withheld"
    detail = "A question became known outside: nobody begins until a chief proctor has decided."


class NothingWithheld(Refusal):
    code = "nothing_withheld"
    detail = "No paper of the exam session is withheld."


class PaperPlanNotApproved(Refusal):
    code = "paper_plan_not_approved"
    detail = "The paper plan is not approved yet, or was changed since; somebody who did not change it approves it."


class OwnPaperPlan(Refusal):
    code = "own_paper_plan"
    status = 403
    detail = "A paper plan is approved by somebody who did not last change it."


class PaperPlanMovedOn(Refusal):
    code = "paper_plan_moved_on"
    detail = "The paper plan was changed after it was shown; look at it again."


class NotReadyToPublish(Refusal):
    code = "not_ready_to_publish"
    detail = "The exam session cannot be published: {reason}."


class SessionCodeTaken(Refusal):
    code = "session_code_taken"
    detail = "There is an exam session with this code already."


class SessionNotDraft(Refusal):
    code = "session_not_draft"
    detail = "Only a draft is changed; the exam session is {state}."


class SessionNotPublished(Refusal):
    code = "session_not_published"
    detail = "Only a published exam session is moved; this one is {state}."


class SittingsOver(Refusal):
    code = "sittings_over"
    detail = "{count} sittings have ended already; the start is not moved any more."


class SittingsRunning(Refusal):
    code = "sittings_running"
    detail = "{count} sittings are running; end them first."


class ConditionStated(Refusal):
    code = "condition_stated"
    detail = "Somebody enrolled states to meet condition {number}; it stays as it is, and others are added behind it."


class CandidatesStateNoCondition(Refusal):
    code = "candidates_state_no_condition"
    detail = "{count} candidates do not state yet which condition of application they meet."
