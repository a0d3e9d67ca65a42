"""Refusals of the dictionary."""

from examsvc.core.errors import Refusal


class UnknownOccupation(Refusal):
    code = "unknown_occupation"
    status = 422
    detail = "The dictionary of occupations has no {occupation_code}."


class NotAMinorGroup(Refusal):
    code = "not_a_minor_group"
    status = 422
    detail = "{occupation_code} is not a 小类; its code has the form 4-04-05."


class OccupationNamed(Refusal):
    code = "occupation_named"
    detail = "{occupation_code} has its name from the dictionary of 2022, which nobody changes here."


class OccupationKnown(Refusal):
    code = "occupation_known"
    detail = "{occupation_code} is in the dictionary already."


class BadOccupationCode(Refusal):
    code = "bad_occupation_code"
    status = 422
    detail = "{occupation_code} is neither a 小类 like 4-04-05 nor a 细类 like 4-04-05-01."
