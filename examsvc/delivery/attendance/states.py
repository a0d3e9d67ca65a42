"""What happens at the door, why somebody is turned away, and how a seat looks from there."""

from enum import StrEnum


class DoorEvent(StrEnum):
    """签到, 不予入场, 撤销签到."""

    CHECKED_IN = "CHECKED_IN"
    TURNED_AWAY = "TURNED_AWAY"
    UNDONE = "UNDONE"


class Grounds(StrEnum):
    """人证不符, 未带证件, 证件失效, 无准考证, 其他. Who is late is turned away by the clock."""

    NOT_THE_PERSON = "NOT_THE_PERSON"
    NO_DOCUMENT = "NO_DOCUMENT"
    DOCUMENT_INVALID = "DOCUMENT_INVALID"
    NO_TICKET = "NO_TICKET"
    OTHER = "OTHER"


class Presence(StrEnum):
    """How a seat looks from the door.

    MISSING 未到; CHECKED_IN 已签到; TURNED_AWAY 未准入场; ENTERED: not checked in, but confirmed at the machine or with
    the paper open; ABSENT 缺考.
    """

    MISSING = "MISSING"
    CHECKED_IN = "CHECKED_IN"
    TURNED_AWAY = "TURNED_AWAY"
    ENTERED = "ENTERED"
    ABSENT = "ABSENT"
