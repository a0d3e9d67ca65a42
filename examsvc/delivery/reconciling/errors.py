"""Refusals of reconciliation."""

from examsvc.core.errors import Refusal


class ReceiptOfAnother(Refusal):
    code = "receipt_of_another"
    status = 422
    detail = "The receipt is of another sitting."
