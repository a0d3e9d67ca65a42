"""What an import is in, and what it does with each item."""

from enum import StrEnum


class ImportState(StrEnum):
    LOOKED_AT = "LOOKED_AT"
    TAKEN = "TAKEN"


class Outcome(StrEnum):
    """What taking the item over does: it is written anew, as a next version, not at all (it is there), or refused."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    REFUSED = "REFUSED"
