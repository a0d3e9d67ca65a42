"""Refusals of the time ledger."""

from examsvc.core.errors import Refusal


class NothingProposed(Refusal):
    code = "nothing_proposed"
    detail = "Nothing is proposed here, or somebody has decided about it already."


class BadOutage(Refusal):
    code = "bad_outage"
    status = 422
    detail = "An outage ends after it began, and not in the future."
