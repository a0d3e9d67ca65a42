"""Reads the demo's content files into what the verbs take. Files are TOML beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from questionbank.content import LETTERS, options_of
from questionbank.criteria import CriterionPlan
from questionbank.kinds import CriterionKind, ItemType

FOLDER = Path(__file__).parent / "content"


def load(name: str) -> dict[str, Any]:
    """Return a content file, for example `scheme.toml`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def item_files() -> Iterator[dict[str, Any]]:
    """Yield the item files, one for each knowledge point, in order."""
    for path in sorted((FOLDER / "items").glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def practical_files() -> Iterator[dict[str, Any]]:
    """Yield the practical tasks in order."""
    for path in sorted((FOLDER / "practicals").glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def content_and_key(entry: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an entry's content (for candidates) and key (never for candidates)."""
    stem, answer = entry["stem"], entry["answer"]
    match ItemType(entry["type"].upper()):
        case ItemType.SINGLE_CHOICE | ItemType.MULTIPLE_CHOICE:
            options = options_of(entry["options"])
            fixed = [options[index]["id"] for index in entry.get("fixed_options", [])]
            return {"stem": stem, "options": options, "fixed": fixed}, {"right": sorted(_letters(answer))}
        case ItemType.TRUE_FALSE:
            return {"stem": stem}, {"value": answer}
        case ItemType.FILL_IN:
            return {"stem": stem, "blanks": len(answer)}, {"blanks": answer}
        case ItemType.NUMERIC:
            key = {"value": answer["value"], "tolerance": answer["tolerance"]}
            return {"stem": stem, "unit": answer["unit"]}, key
        case ItemType.SHORT_ANSWER:
            return {"stem": stem}, {"reference": answer["reference"], "points": answer["points"]}
        case _:
            return {"stem": stem, **entry["content"]}, dict(answer)


def _letters(answer: str | list[str]) -> list[str]:
    return [letter.lower() for letter in answer if letter in LETTERS]


def criterion(entry: Mapping[str, Any]) -> CriterionPlan:
    """Return a criterion with its permitted values in hundredths."""
    return CriterionPlan(
        kind=CriterionKind(entry["kind"].upper()),
        text=entry["text"],
        guidance=entry["guidance"],
        values=list(_values(entry)),
    )


def _values(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "anchors" in entry:
        yield from ({"value": hundredths(anchor["points"]), "text": anchor["text"]} for anchor in entry["anchors"])
    else:
        yield from ({"value": hundredths(step), "text": ""} for step in entry.get("steps", ["0"]))


def hundredths(points: str) -> int:
    """Return decimal points, for example "2.5", as hundredths."""
    return int(Decimal(points) * 100)
