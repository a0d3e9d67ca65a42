"""How a filing stands on a day. Pure."""

from datetime import date
from enum import StrEnum

from examsvc.registry.models import FilingState


class Standing(StrEnum):
    """IN_FORCE, NOT_YET and EXPIRED come from the day; SUSPENDED and WITHDRAWN from what was done to the filing."""

    IN_FORCE = "IN_FORCE"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"


def standing(state: FilingState, valid_from_on: date, valid_to_on: date, *, day: date) -> Standing:
    """Return how the filing stands on a Shanghai date; both dates belong to its validity (三年: 140号 三(四))."""
    if state != FilingState.IN_FORCE:
        return Standing(state.value)
    if day < valid_from_on:
        return Standing.NOT_YET
    return Standing.IN_FORCE if day <= valid_to_on else Standing.EXPIRED
