"""Refusals of public notices, objections and filings."""

from examsvc.core.errors import Refusal


class LengthMissing(Refusal):
    """140号 三(二) gives no length for the notice of schemes; five days are never taken silently (D04)."""

    code = "notice_length_missing"
    status = 422
    detail = "Say how many working days the notice of schemes lasts: the rules give no length."


class LengthFixed(Refusal):
    """140号 三(四): 公示期为5个工作日."""

    code = "notice_length_fixed"
    status = 422
    detail = "The notice of organisations lasts {working_days} working days."


class NotInOrder(Refusal):
    code = "notice_case_not_ready"
    detail = "The case {number} is {state}; only one that is {wanted} goes into this notice."


class NoticeClosed(Refusal):
    code = "notice_closed"
    detail = "The public notice is over: objections were received until {ends_at}."


class NotInNotice(Refusal):
    code = "not_in_notice"
    status = 422
    detail = "This notice does not hold that scheme and organisation."


class ObjectionOpen(Refusal):
    """140号 三(四): 经公示无异议的，办理备案手续."""

    code = "objection_open"
    detail = "{count} objections are not resolved yet; until then nothing is filed."


class HandlerConcerned(Refusal):
    code = "handler_concerned"
    status = 403
    detail = "The objection concerns you or what you decided in this case: somebody else answers it."


class CannotReturn(Refusal):
    code = "cannot_return"
    detail = "The notice is over: an upheld objection can only reject the case now."


class CaseIncomplete(Refusal):
    code = "case_incomplete"
    detail = "The case cannot be filed: it has no {missing} yet."


class ObjectionNotFound(Refusal):
    """One answer for an unknown reference and another code."""

    code = "objection_not_found"
    status = 404
    detail = "There is no objection with this reference and code."


class TooManyObjections(Refusal):
    code = "too_many_objections"
    status = 429
    detail = "Too many requests from this address; try again in {retry_after} seconds."


class NothingToReport(Refusal):
    code = "nothing_to_report"
    status = 422
    detail = "No filing was entered from {from_on} to {to_on}."
