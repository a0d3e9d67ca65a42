"""Refusals of hand-overs."""

from examsvc.core.errors import Refusal


class HandOverCodeWrong(Refusal):
    """One answer for a code that never was, that was used, replaced by another, or is too old."""

    code = "hand_over_code_wrong"
    status = 403
    detail = "This code is not valid (any more); the proctor makes a new one."
