"""Places marked in a picture: whole pixels, so that inside and outside are exact. Edges belong to their area."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.theory.shares import NONE, Json

Point = tuple[int, int]


def hotspot(content: Json, key: Json, answer: Json) -> Fraction:
    """Each area that has a point of its own earns an equal share; more points than may be marked earn nothing."""
    points = _points(answer.get("points"))
    if points is None or len(points) > content["points"]:
        return NONE
    areas = key["areas"]
    reached = [[number for number, area in enumerate(areas) if contains(area, point)] for point in points]
    return Fraction(_most_matched(reached), len(areas))


def contains(area: Json, point: Point) -> bool:
    """Return whether the point lies in the area or on its edge."""
    return _INSIDE[area["shape"]](area["coords"], point)


def _points(value: Any) -> list[Point] | None:
    if not isinstance(value, list) or not all(map(_is_point, value)):
        return None
    return [(across, down) for across, down in value]


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value)  # noqa: PLR2004 (x, y)


def _most_matched(reached: Sequence[Sequence[int]]) -> int:
    """Return how many areas can have a point of their own, whichever of overlapping areas a point is counted for."""
    owner: dict[int, int] = {}
    return sum(_finds_area(point, reached, owner, set()) for point in range(len(reached)))


def _finds_area(point: int, reached: Sequence[Sequence[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give the point an area, moving others to their other areas (Kuhn's augmenting path)."""
    for area in reached[point]:
        if area in tried:
            continue
        tried.add(area)
        if area not in owner or _finds_area(owner[area], reached, owner, tried):
            owner[area] = point
            return True
    return False


def _in_rect(coords: Sequence[int], point: Point) -> bool:
    left, top, right, bottom = coords
    return left <= point[0] <= right and top <= point[1] <= bottom


def _in_circle(coords: Sequence[int], point: Point) -> bool:
    across, down, radius = coords
    return (point[0] - across) ** 2 + (point[1] - down) ** 2 <= radius**2


def _in_polygon(coords: Sequence[int], point: Point) -> bool:
    """Count the edges that a ray to the right crosses; an odd count is inside."""
    corners = list(zip(coords[::2], coords[1::2], strict=True))
    edges = list(pairwise([*corners, corners[0]]))
    if any(_is_on(edge, point) for edge in edges):
        return True
    return sum(_is_crossed(edge, point) for edge in edges) % 2 == 1


def _side(edge: tuple[Point, Point], point: Point) -> int:
    """Return the sign-carrying cross product: 0 on the edge's line, and opposite signs on its two sides."""
    (x1, y1), (x2, y2) = edge
    return (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1)


def _is_on(edge: tuple[Point, Point], point: Point) -> bool:
    (x1, y1), (x2, y2) = edge
    is_within = min(x1, x2) <= point[0] <= max(x1, x2) and min(y1, y2) <= point[1] <= max(y1, y2)
    return is_within and _side(edge, point) == 0


def _is_crossed(edge: tuple[Point, Point], point: Point) -> bool:
    """An edge has its upper end and not its lower one, so that a ray through a corner counts it once."""
    (_, y1), (_, y2) = edge
    if (y1 > point[1]) == (y2 > point[1]):
        return False
    return (_side(edge, point) > 0) == (y2 > y1)


_INSIDE: dict[str, Callable[[Sequence[int], Point], bool]] = {
    "RECT": _in_rect,
    "CIRCLE": _in_circle,
    "POLYGON": _in_polygon,
}
