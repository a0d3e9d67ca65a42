"""The life of an item version."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class ItemState(StrEnum):
    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    RETIRED = "RETIRED"


ITEM_LIFECYCLE = Lifecycle(
    "item",
    {
        ItemState.DRAFT: {ItemState.IN_REVIEW},
        ItemState.IN_REVIEW: {ItemState.DRAFT, ItemState.APPROVED},
        ItemState.APPROVED: {ItemState.RETIRED},
        ItemState.RETIRED: set(),
    },
)
