"""Refusals of what is printed for an exam session."""

from examsvc.core.errors import Refusal


class SessionNotPublished(Refusal):
    code = "session_not_published"
    detail = "Until the exam session is published its seats may change; nothing of it is printed."


class CannotBeHandedOut(Refusal):
    code = "cannot_be_handed_out"
    status = 422
    detail = "The document cannot be made: {reason}."


class BadTicketCode(Refusal):
    code = "bad_ticket_code"
    status = 422
    detail = "This is not the code of a ticket of this service."
