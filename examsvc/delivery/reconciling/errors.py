"""Refusals of reconciliation."""

from examsvc.core.errors import Refusal


class ReceiptOfAnother(Refusal):
    code = "receipt_of_another"
    status = 422
    detail = "The receipt is of another sitting."


class StatementUnreadable(Refusal):
    code = "statement_unreadable"
    status = 422
    detail = "This is no signed reconciliation, or a part of it is missing."
