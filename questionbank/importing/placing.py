"""Which knowledge point a read item belongs to. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

_NUMBERED = re.compile(r"(\d+)\s*[.．、\-]\s*(\d+)")


@dataclass(frozen=True)
class Point:
    """A knowledge point 鉴定点 of the bank's specification, with its work task."""

    id: UUID
    task_number: int
    task_name: str
    number: int
    text: str


class Places:
    """The knowledge points of a specification, found by what files call them."""

    def __init__(self, points: Iterable[Point], default: UUID | None = None):
        self._points = list(points)
        self._default = default

    def find(self, work_task: str, knowledge_point: str) -> UUID | None:
        """Return the point: by `2.3`, by its text, by its number within the task, or a default.

        None when the file names a point that is not there, or none and there is no default.
        """
        task, point = work_task.strip(), knowledge_point.strip()
        if not task and not point:
            return self._default
        found = [one for one in self._points if _is_meant(one, task, point)]
        if len(found) == 1:
            return found[0].id
        return None if found and point else self._default


def _is_meant(one: Point, task: str, point: str) -> bool:
    if task and not _names_task(one, task):
        return False
    if not point:
        return True
    if numbered := _NUMBERED.match(point):
        return (one.task_number, one.number) == (int(numbered[1]), int(numbered[2]))
    if point.isdecimal():
        return bool(task) and one.number == int(point)
    return _plain(point) == _plain(one.text)


def _names_task(one: Point, task: str) -> bool:
    number = re.match(r"\d+", task)
    return _plain(task) == _plain(one.task_name) or (number is not None and int(number[0]) == one.task_number)


def _plain(text: str) -> str:
    return re.sub(r"[\s，。、,.;；：:（）()]+", "", text).casefold()
