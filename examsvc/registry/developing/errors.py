"""Refusals of the development."""

from examsvc.core.errors import Refusal


class DevelopmentOverdue(Refusal):
    """`due_at` was the last instant in time, aware UTC in ISO 8601."""

    code = "development_overdue"
    detail = "The three months are over since {due_at}: the application counts as abandoned (视作放弃申报)."


class NotDeveloping(Refusal):
    code = "not_developing"
    detail = "The case is {state}: specification and bank are handed in only while it is DEVELOPING."


class SpecificationMissing(Refusal):
    code = "specification_missing"
    detail = "Hand in the specification first: the bank is written to it."


class SharesDiffer(Refusal):
    """`tasks` is a list of {number, weight, shares}: where the shares do not make the weight of annex 3."""

    code = "shares_differ"
    status = 422
    detail = "The theory and practical shares of a work task must make its weight in annex 3."


class ContentMissing(Refusal):
    code = "content_missing"
    status = 422
    detail = "The case has no 主要考核内容 (annex 3) that a specification could be made from."
