"""Refusals at the door of a room."""

from examsvc.core.errors import Refusal


class TicketUnknown(Refusal):
    code = "ticket_unknown"
    status = 404
    detail = "The exam session has no such ticket number."


class TicketWithdrawn(Refusal):
    code = "ticket_withdrawn"
    detail = "The enrolment of this ticket was withdrawn; nobody is expected with it."


class WrongRoom(Refusal):
    code = "wrong_room"
    detail = "The candidate's room is {room}, seat {seat}."


class NotLetIn(Refusal):
    code = "turned_away"
    status = 403
    detail = "You were not let in at the door of the room; speak to the staff there."


class NotCheckedIn(Refusal):
    code = "not_checked_in"
    detail = "The candidate is neither checked in nor turned away."


class EnteredAlready(Refusal):
    code = "entered_already"
    detail = "The candidate has entered the exam; a check-in is not undone any more."


class AbsenceTooEarly(Refusal):
    code = "absence_too_early"
    detail = "Entry is open until {entry_closes_at}; nobody is marked absent before."


class NotAbsent(Refusal):
    code = "not_absent"
    detail = "Came meanwhile: {names}."


class NotMarkedAbsent(Refusal):
    code = "not_marked_absent"
    detail = "The candidate is not marked absent."


class AbsenceStands(Refusal):
    code = "absence_stands"
    detail = "The exam session is {state}; the absence stands."


class NoStationFree(Refusal):
    code = "no_station_free"
    detail = "Room {room} has no free station left."
