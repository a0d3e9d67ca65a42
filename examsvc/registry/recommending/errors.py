"""Refusals of recommending."""

from examsvc.core.errors import Refusal


class RecommendationMovedOn(Refusal):
    code = "recommendation_moved_on"
    detail = "Somebody else changed this batch in the meantime: it is at version {version} now."


class RecommendationSubmitted(Refusal):
    code = "recommendation_submitted"
    detail = "This batch was submitted already; nothing in it can be changed."


class RecommendationIncomplete(Refusal):
    """`missing` holds codes, `rows` the errors of each row that has some."""

    code = "recommendation_incomplete"
    status = 422
    detail = "The batch is not complete yet: {missing}."


class BatchFull(Refusal):
    code = "batch_full"
    detail = "A batch holds at most {limit} rows."


class OrderIncomplete(Refusal):
    code = "order_incomplete"
    status = 422
    detail = "The order must name every row of the batch once."


class SubmittedBefore(Refusal):
    code = "submitted_before"
    detail = "This was submitted before and has a history; withdraw it instead of removing it."


class NotReturned(Refusal):
    code = "not_returned"
    detail = "Only what was returned to the department can be taken back into a batch; this is {state}."


class NotWithdrawable(Refusal):
    code = "not_withdrawable"
    detail = "The department cannot withdraw this any more, or not in this way; it is {state}."
