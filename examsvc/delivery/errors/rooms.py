"""Refusals of rooms and seats."""

from examsvc.core.errors import Refusal


class SessionWithoutRooms(Refusal):
    code = "session_without_rooms"
    detail = "The exam session has no room yet."


class RoomWithoutVideo(Refusal):
    """2.10 of domain.md: every exam is watched by video of at least 720p; no setting goes past this."""

    code = "room_without_video"
    detail = "Room {room} has no video equipment (at least 720p); no exam may be held in it."


class RoomClosed(Refusal):
    code = "room_closed"
    detail = "Room {room} is not in use."


class RoomInUse(Refusal):
    code = "room_in_use"
    detail = "Room {room} is used by exam session {exam_session} at that time."


class RoomOfAnother(Refusal):
    code = "room_of_another"
    detail = "Room {room} is not of the organisation that holds the exam session."


class RoomListedTwice(Refusal):
    code = "room_listed_twice"
    status = 422
    detail = "A room is listed twice."


class RoomNotEmpty(Refusal):
    code = "room_not_empty"
    detail = "{count} candidates have their seats in room {room}."


class RoomHasHistory(Refusal):
    """What was ordered or drawn in the room names it: that is evidence, and goes nowhere."""

    code = "room_has_history"
    detail = "Room {room} stays listed: it is named by what was ordered or drawn there."


class CapacityTooLarge(Refusal):
    code = "capacity_too_large"
    status = 422
    detail = "Room {room} has {seats} seats."


class CandidatesNotPlaced(Refusal):
    code = "candidates_not_placed"
    detail = "{count} candidates have no room and seat yet."


class TooFewSeats(Refusal):
    code = "too_few_seats"
    detail = "{missing} seats are missing: {needed} candidates need one."


class TooFewSeparateSeats(Refusal):
    code = "too_few_separate_seats"
    detail = "{missing} seats in separate rooms are missing: {needed} candidates need one."


class RoomsDoNotSuffice(Refusal):
    """`missing` places in all, of which so many in `separate` rooms."""

    code = "rooms_do_not_suffice"
    detail = "{missing} places are missing, {separate} of them in separate rooms: {needed} candidates need one."


class RoomProposalMovedOn(Refusal):
    code = "room_proposal_moved_on"
    detail = "Other rooms would be proposed by now; look at the new proposal."


class SeparateRoomMissing(Refusal):
    code = "separate_room_missing"
    detail = "Granted a separate room, but seated among others: {names}."


class SeatsLocked(Refusal):
    code = "seats_locked"
    detail = "The exam session is {state}; its seats are not planned anew."


class SeatTaken(Refusal):
    code = "seat_taken"
    detail = "Somebody else has seat {seat} already."


class NoSuchSeat(Refusal):
    code = "no_such_seat"
    status = 422
    detail = "Room {room} uses seats 1 to {capacity}."


class RoomsFull(Refusal):
    code = "rooms_full"
    detail = "No seat is free; give the exam session another room first."
