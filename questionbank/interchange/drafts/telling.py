"""An item becomes a draft again, so that a person can read and change it: the other way of `settling`."""

from collections.abc import Callable, Mapping
from typing import Any

from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty, ItemType

Json = Mapping[str, Any]
TYPE_WORDS: Mapping[ItemType, str] = {
    ItemType.SINGLE_CHOICE: "单选题",
    ItemType.MULTIPLE_CHOICE: "多选题",
    ItemType.TRUE_FALSE: "判断题",
    ItemType.FILL_IN: "填空题",
    ItemType.NUMERIC: "数值题",
    ItemType.INLINE_CHOICE: "下拉填空题",
    ItemType.ORDERING: "排序题",
    ItemType.MATCHING: "匹配题",
    ItemType.SHORT_ANSWER: "简答题",
    ItemType.EXTENDED_ANSWER: "论述题",
    ItemType.COMPOSITE: "案例题",
}
"""The words for the types that texts can carry; a HOTSPOT is none of them."""
DIFFICULTY_WORDS: Mapping[Difficulty, str] = {Difficulty.EASY: "易", Difficulty.MEDIUM: "中", Difficulty.HARD: "难"}


def untold(item: ReadItem) -> ItemType | None:
    """Return the type that texts cannot carry, the item's own or that of a part; None when they carry it all."""
    types = [item.type, *(ItemType(part["type"]) for part in item.content.get("parts", []))]
    return next((kind for kind in types if kind not in TYPE_WORDS), None)


def draft_of(item: ReadItem) -> Draft:
    """Return the item as a draft, its media left out; raises KeyError for what is `untold`."""
    parts = tuple(_part(part, item) for part in item.content.get("parts", []))
    return Draft(
        where=item.where,
        stem=item.content["stem"],
        type=TYPE_WORDS[item.type],
        parts=parts,
        explanation=item.explanation,
        code=item.code,
        external_id=item.external_id,
        difficulty=DIFFICULTY_WORDS[item.difficulty] if item.difficulty else "",
        work_task=item.work_task,
        knowledge_point=item.knowledge_point,
        tags="，".join(item.tags),
        points=item.points,
        **({} if parts else _TELLERS[item.type](item.content, item.key)),
    )


def _part(part: Json, item: ReadItem) -> Draft:
    kind = ItemType(part["type"])
    told = _TELLERS[kind](part["content"], item.key["parts"][part["id"]])
    return Draft(
        where=item.where, stem=part["content"]["stem"], type=TYPE_WORDS[kind], points=str(part["share"]), **told
    )


def letters_of(options: list[dict[str, str]]) -> dict[str, str]:
    """Return the letter of each option by its id."""
    return {option["id"]: LETTERS[place] for place, option in enumerate(options)}


def _texts(options: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(option["text"] for option in options)


def _choice(content: Json, key: Json) -> dict[str, Any]:
    letters = letters_of(content["options"])
    return {
        "options": _texts(content["options"]),
        "answer": "".join(sorted(letters[one] for one in key["right"])),
        "fixed": "".join(sorted(letters[one] for one in content.get("fixed", []))),
        "scoring": _weights(letters, key.get("scoring", {})),
    }


def _weights(letters: Mapping[str, str], scoring: Json) -> str:
    if scoring.get("mode") != "MAP":
        return ""
    weights = [f"{letters[one]}:{weight}" for one, weight in scoring["weights"].items()]
    return ";".join([*sorted(weights), f"LEAST:{scoring.get('least', '0')}"])


def _true_false(_content: Json, key: Json) -> dict[str, Any]:
    return {"answer": "对" if key["value"] else "错"}


def _fill_in(_content: Json, key: Json) -> dict[str, Any]:
    blanks = ["|".join(accepted) for accepted in key["blanks"]]
    answer = blanks[0] if len(blanks) == 1 else "；".join(f"({n}){text}" for n, text in enumerate(blanks, start=1))
    return {"answer": answer, "scoring": "CASE" if key.get("case_sensitive") else ""}


def _numeric(content: Json, key: Json) -> dict[str, Any]:
    return {"answer": key["value"], "tolerance": key["tolerance"], "unit": content.get("unit", "")}


def _inline_choice(content: Json, key: Json) -> dict[str, Any]:
    right = [letters_of(gap)[one] for gap, one in zip(content["gaps"], key["gaps"], strict=True)]
    return {"gaps": tuple(_texts(gap) for gap in content["gaps"]), "answer": ";".join(right)}


def _ordering(content: Json, key: Json) -> dict[str, Any]:
    letters = letters_of(content["options"])
    scoring = "PAIRS" if key.get("scoring") == "PAIRS" else ""
    return {
        "options": _texts(content["options"]),
        "answer": "".join(letters[one] for one in key["order"]),
        "scoring": scoring,
    }


def _matching(content: Json, key: Json) -> dict[str, Any]:
    letters = letters_of(content["options"])
    numbers = {one["id"]: str(place) for place, one in enumerate(content["matches"], start=1)}
    pairs = sorted(f"{letters[left]}-{numbers[right]}" for left, right in key["pairs"].items())
    scoring = "EXACT" if key.get("scoring") == "EXACT" else ""
    matches = _texts(content["matches"])
    return {"options": _texts(content["options"]), "matches": matches, "answer": ";".join(pairs), "scoring": scoring}


def _written(content: Json, key: Json) -> dict[str, Any]:
    length = str(content.get("length", ""))
    return {"answer": key["reference"], "outline": "\n".join(key.get("points", [])), "length": length}


_TELLERS: dict[ItemType, Callable[[Json, Json], dict[str, Any]]] = {
    ItemType.SINGLE_CHOICE: _choice,
    ItemType.MULTIPLE_CHOICE: _choice,
    ItemType.TRUE_FALSE: _true_false,
    ItemType.FILL_IN: _fill_in,
    ItemType.NUMERIC: _numeric,
    ItemType.INLINE_CHOICE: _inline_choice,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.SHORT_ANSWER: _written,
    ItemType.EXTENDED_ANSWER: _written,
}
