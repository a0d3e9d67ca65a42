"""Refusals of receipts."""

from examsvc.core.errors import Refusal


class ReceiptUnreadable(Refusal):
    code = "receipt_unreadable"
    status = 422
    detail = "This is not a receipt, or only a part of one."


class ReceiptKeyUnknown(Refusal):
    code = "receipt_key_unknown"
    status = 422
    detail = "The receipt was signed with the key {key_id}, which is not one of this service's."


class ReceiptBroken(Refusal):
    """What the receipt says is not what was signed."""

    code = "receipt_broken"
    status = 422
    detail = "The receipt was altered, or this service never gave it."
