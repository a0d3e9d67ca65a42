"""Refusals of the desks."""

from examsvc.core.errors import Refusal


class SpanTooLong(Refusal):
    code = "span_too_long"
    status = 422
    detail = "A calendar shows at most {days} days at once."


class NoSuchPlace(Refusal):
    code = "no_such_place"
    status = 422
    detail = "There is no {place} of this name or code."
