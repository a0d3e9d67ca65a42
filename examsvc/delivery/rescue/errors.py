"""Refusals of late answers and rescue files."""

from examsvc.core.errors import Refusal


class SittingRuns(Refusal):
    code = "sitting_runs"
    detail = "The sitting still runs: answers are saved in the ordinary way."


class TooManyLate(Refusal):
    code = "too_many_late"
    detail = "No more than {most} late answers are kept for one sitting."


class NotRescueFile(Refusal):
    code = "not_rescue_file"
    status = 422
    detail = "This is no rescue file, or a part of it is missing."


class RescueOfAnother(Refusal):
    code = "rescue_of_another"
    status = 422
    detail = "The rescue file is of ticket {ticket_number}, not of this candidate."


class RescueBroken(Refusal):
    code = "rescue_broken"
    status = 422
    detail = "The rescue file was altered, or belongs to another exam session or installation."


class NothingToTake(Refusal):
    code = "nothing_to_take"
    detail = "None of the answers can be taken over."


class NothingToLeave(Refusal):
    code = "nothing_to_leave"
    detail = "No late answer of the candidate waits for a decision."
