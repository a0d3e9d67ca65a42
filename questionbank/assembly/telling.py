"""Cells and rules by code and parameters, as `reading` takes them, for pages that put them into words."""

from dataclasses import asdict, fields
from typing import Any

from questionbank.assembly.model import Cell, Number, PerStimulus, Rule, Sum, Where


def told(part: Cell | Rule) -> dict[str, Any]:
    """Return {"kind": code, …} of JSON values, with only what is asked for in "where"."""
    if isinstance(part, Cell):
        return {"kind": part.code, "where": told_where(part.where), "count": part.count, "points": part.points}
    if isinstance(part, Number | Sum):
        attribute = {"attribute": part.attribute.value} if isinstance(part, Sum) else {}
        return {
            "kind": part.code,
            **attribute,
            "where": told_where(part.where),
            "lower": part.lower,
            "upper": part.upper,
        }
    if isinstance(part, PerStimulus):
        return {"kind": part.code, "lower": part.lower, "upper": part.upper}
    return {"kind": part.code, "items": sorted(map(str, part.items))}


def told_where(where: Where) -> dict[str, list[Any]]:
    values = asdict(where)
    return {field.name: [*values[field.name]] for field in fields(where) if values[field.name]}
