"""What a package says about an item beside it: learning object metadata, in any of its namespaces."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionbank.interchange import xml
from questionbank.interchange.xml import Element
from questionbank.kinds import Difficulty

CODE, EXTRAS, IDENTIFIER = "examsvc.code", "examsvc.extras", "examsvc.identifier"
KNOWLEDGE_POINT, WORK_TASK = "educational objective", "competency"
DIFFICULTIES = {
    "very easy": Difficulty.EASY,
    "easy": Difficulty.EASY,
    "medium": Difficulty.MEDIUM,
    "difficult": Difficulty.HARD,
    "very difficult": Difficulty.HARD,
}
_KEPT = {"title", "description", "language", "coverage"}


@dataclass(frozen=True)
class Metadata:
    """What is said of one item. `external_id` is one that QTI takes for no identifier, `extras` have no field here."""

    code: str = ""
    external_id: str = ""
    difficulty: Difficulty | None = None
    work_task: str = ""
    knowledge_point: str = ""
    tags: tuple[str, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


def read_metadata(resource: Element) -> Metadata:
    """Return what the resource's metadata says, nothing where there is none."""
    lom = next((found for found in resource.iter() if xml.name(found) == "lom"), None)
    if lom is None:
        return Metadata()
    values = _texts(lom, "difficulty")
    catalogued = dict(_catalogued(lom))
    return Metadata(
        code=catalogued.pop(CODE, ""),
        external_id=catalogued.pop(IDENTIFIER, ""),
        difficulty=next((DIFFICULTIES[value] for value in values if value in DIFFICULTIES), None),
        work_task=_classified(lom, WORK_TASK),
        knowledge_point=_classified(lom, KNOWLEDGE_POINT),
        tags=tuple(dict.fromkeys(_texts(lom, "keyword"))),
        extras=_extras(lom, catalogued),
    )


def _named(lom: Element, name: str) -> Iterator[Element]:
    return (found for found in lom.iter() if xml.name(found) == name)


def _texts(lom: Element, name: str) -> list[str]:
    """Return the texts of all elements of the name; of a vocabulary's the value without its source."""
    told = [_value(found) for found in _named(lom, name)]
    return [text for text in told if text]


def _value(element: Element) -> str:
    value = xml.child(element, "value")
    return xml.text(element if value is None else value)


def _catalogued(lom: Element) -> Iterator[tuple[str, str]]:
    for found in (*_named(lom, "identifier"), *_named(lom, "catalogentry")):
        catalog, entry = xml.child_text(found, "catalog"), xml.child_text(found, "entry")
        if entry:
            yield catalog, entry


def _classified(lom: Element, purpose: str) -> str:
    for found in _named(lom, "classification"):
        said = xml.child(found, "purpose")
        if said is not None and _value(said) == purpose:
            taxa = [xml.child_text(taxon, "entry") for taxon in _named(found, "taxon")]
            return "/".join(taxon for taxon in taxa if taxon)
    return ""


def _extras(lom: Element, catalogued: Mapping[str, str]) -> dict[str, Any]:
    general = xml.child(lom, "general")
    kept = {} if general is None else {xml.name(one): xml.text(one) for one in xml.children(general, *_KEPT)}
    rights = " ".join(_texts(lom, "rights"))
    extras: dict[str, Any] = {name: text for name, text in (kept | {"rights": rights}).items() if text}
    if catalogued:
        extras["catalogued"] = dict(catalogued)
    return extras | _own(lom)


def _own(lom: Element) -> dict[str, Any]:
    """Return the extras that we wrote ourselves."""
    for note in _named(lom, "annotation"):
        if xml.child_text(note, "entity") == EXTRAS:
            return _json(xml.child_text(note, "description"))
    return {}


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {"annotation": text}
    return found if isinstance(found, dict) else {"annotation": found}
