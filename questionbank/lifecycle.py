"""The life of an item version: only what is RELEASED is drawn."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class ItemState(StrEnum):
    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    RELEASED = "RELEASED"
    RETIRED = "RETIRED"
    COMPROMISED = "COMPROMISED"


UNDER_WAY = (ItemState.DRAFT, ItemState.IN_REVIEW)
"""In these an item has no next version."""

ITEM_LIFECYCLE = Lifecycle(
    "item",
    {
        ItemState.DRAFT: {ItemState.IN_REVIEW},
        ItemState.IN_REVIEW: {ItemState.DRAFT, ItemState.APPROVED},
        ItemState.APPROVED: {ItemState.RELEASED, ItemState.RETIRED, ItemState.COMPROMISED},
        ItemState.RELEASED: {ItemState.RETIRED, ItemState.COMPROMISED},
        ItemState.RETIRED: set(),
        ItemState.COMPROMISED: set(),
    },
)
