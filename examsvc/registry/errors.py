"""Refusals of the registry."""

from examsvc.core.errors import Refusal


class BadCreditCode(Refusal):
    code = "bad_credit_code"
    status = 422
    detail = "The 统一社会信用代码 does not pass the check of GB 32100-2015."


class WeightsNotWhole(Refusal):
    code = "weights_not_whole"
    status = 422
    detail = "The weights of the work tasks make {total} percent, not 100."


class NotFiled(Refusal):
    code = "not_filed"
    detail = "No filing of the organisation for this scheme is in force on {day}."


class AlreadyRegistered(Refusal):
    code = "already_registered"
    detail = "This is registered already."


class OutOfWindow(Refusal):
    """`opens_at` and `closes_at` are the ends of the next window, aware UTC in ISO 8601, both inside it."""

    code = "out_of_window"
    detail = "Nothing is received outside the window (逾期不予受理); the next one opens at {opens_at}."


class HtmlInText(Refusal):
    code = "html_in_text"
    status = 422
    detail = "Names hold no < and no >."
