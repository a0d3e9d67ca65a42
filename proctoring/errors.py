"""Refusals of proctoring."""

from examsvc.core.errors import Refusal


class BadFrame(Refusal):
    code = "bad_frame"
    status = 422
    detail = "This is not a camera frame: {reason}."


class CameraOff(Refusal):
    code = "camera_off"
    detail = "This exam session uses no camera."


class TooManyEvents(Refusal):
    code = "too_many_events"
    status = 429
    detail = "Too many events at once; nothing of this was recorded, send it again later."


class SittingEnded(Refusal):
    code = "sitting_ended"
    detail = "The sitting is over: nothing more is recorded."


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    detail = "Say why, or what: a {kind} needs a text."


class SecondsMissing(Refusal):
    code = "seconds_missing"
    status = 422
    detail = "Say by how many seconds the time is extended."


class OneSittingOnly(Refusal):
    code = "one_sitting_only"
    status = 422
    detail = "A {kind} is for one sitting, not for a room or for everybody."


class CommandDiffers(Refusal):
    code = "command_differs"
    detail = "Another command with this id was given already."


class NotAProctor(Refusal):
    code = "not_a_proctor"
    status = 422
    detail = "One of these people does not hold the role of a proctor."


class NotYourRoom(Refusal):
    code = "not_your_room"
    status = 403
    detail = "You serve in {room} and act there; elsewhere its proctors or a chief proctor act."


class NotAChief(Refusal):
    code = "not_a_chief"
    status = 403
    detail = "This takes a chief proctor of the exam session."


class NobodySilent(Refusal):
    code = "nobody_silent"
    detail = "The server heard from everybody in that time: nothing was lost."
