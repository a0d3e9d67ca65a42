"""Refusals of keeping sites and rooms."""

from examsvc.core.errors import Refusal


class RoomNameTaken(Refusal):
    code = "room_name_taken"
    detail = "The site has a room of this name already."


class CentreNameTaken(Refusal):
    code = "centre_name_taken"
    detail = "The organisation has a site of this name already."
