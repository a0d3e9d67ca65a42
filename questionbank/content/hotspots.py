"""Marking places in a picture. All lengths are whole pixels of the picture, from its upper left corner."""

from collections.abc import Callable, Mapping
from typing import Any

from questionbank.content.shapes import Json, is_digest, is_said, is_whole, listed, mapped, refuse

MOST_SIDE, MOST_POINTS, MOST_CORNERS = 10_000, 20, 64
_RECT, _CIRCLE, _CORNERS = 4, 3, 3


def check_hotspot(content: Json, key: Json) -> None:
    """A picture, how many points may be marked, and areas within the picture."""
    picture = mapped(content.get("picture"))
    _check_picture(picture)
    if not is_whole(content.get("points"), 1, MOST_POINTS):
        refuse("content.points", "points_range", f"1 to {MOST_POINTS} points may be marked")
    areas = listed(key.get("areas"))
    if not 0 < len(areas) <= content["points"]:
        refuse("key.areas", "areas_count", "there is at least one area, and for each a point that may be marked")
    if not all(_is_area(area, picture["width"], picture["height"]) for area in areas):
        refuse("key.areas", "areas_malformed", "an area is no rectangle, circle or polygon within the picture")


def _check_picture(picture: Json) -> None:
    is_whole_picture = (
        is_digest(picture.get("digest"))
        and is_said(picture.get("media_type"))
        and is_whole(picture.get("width"), 1, MOST_SIDE)
        and is_whole(picture.get("height"), 1, MOST_SIDE)
    )
    if not is_whole_picture:
        refuse("content.picture", "picture_missing", "it has no picture of known width and height")
    if not isinstance(picture.get("alt", ""), str):
        refuse("content.picture", "media_undescribed", "the picture's description is no text")


def _is_area(area: Any, width: int, height: int) -> bool:
    if not isinstance(area, Mapping) or not isinstance(area.get("shape"), str):
        return False
    coords, is_sound = area.get("coords"), _SHAPES.get(area["shape"])
    if is_sound is None or not isinstance(coords, list) or not all(is_whole(one, 0, MOST_SIDE) for one in coords):
        return False
    return is_sound(coords, width, height)


def _is_rect(coords: list[int], width: int, height: int) -> bool:
    if len(coords) != _RECT:
        return False
    left, top, right, bottom = coords
    return left < right <= width and top < bottom <= height


def _is_circle(coords: list[int], width: int, height: int) -> bool:
    if len(coords) != _CIRCLE:
        return False
    across, down, radius = coords
    return across <= width and down <= height and 0 < radius <= max(width, height)


def _is_polygon(coords: list[int], width: int, height: int) -> bool:
    corners = list(zip(coords[::2], coords[1::2], strict=False))
    is_counted = len(coords) % 2 == 0 and _CORNERS <= len(corners) <= MOST_CORNERS
    return is_counted and all(across <= width and down <= height for across, down in corners)


_SHAPES: dict[str, Callable[[list[int], int, int], bool]] = {
    "RECT": _is_rect,
    "CIRCLE": _is_circle,
    "POLYGON": _is_polygon,
}
