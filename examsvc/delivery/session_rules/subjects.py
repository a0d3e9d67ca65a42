"""Which subject 科目 an exam session is held in, and what defaults that gives. Pure."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from examsvc.delivery.session_rules.kinds import SessionRule
from examsvc.delivery.voiding import Subject
from examsvc.registry.applications.kinds import RoomKind

ROOMS: Final = {
    RoomKind.WRITTEN: Subject.THEORY,
    RoomKind.COMPUTER: Subject.THEORY,
    RoomKind.PRACTICAL: Subject.PRACTICAL,
}
"""What is examined in a room of a kind; a room for 综合评审 says nothing."""


def subject_of(rooms: Collection[RoomKind]) -> Subject | None:
    """Return the only subject that an exam session's rooms are for; None without rooms, and where they differ."""
    found = {ROOMS.get(kind) for kind in rooms}
    return found.pop() if len(found) == 1 else None


def defaults_of(rules: Iterable[SessionRule], subject: Subject) -> dict[str, Any]:
    """Return the defaults of a subject by field."""
    is_practical = subject == Subject.PRACTICAL
    return {
        rule.key: rule.practical if is_practical and rule.has_practical else rule.default
        for rule in rules
        if rule.has_default
    }
