"""Which questions of an item are answered by choosing options, and what an answer chooses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionbank.kinds import ItemType
from scoring.analysis.options import Choice

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with options; `part` is the id of the part of a composite, None for an item as a whole."""

    part: str | None
    type: ItemType
    choices: tuple[Choice, ...]

    def chosen(self, answer: Any) -> frozenset[str]:
        """Return the options that the answer to the item chooses here; what is no option is not counted."""
        if self.part is not None:
            parts = answer.get("parts") if isinstance(answer, Mapping) else None
            answer = parts.get(self.part) if isinstance(parts, Mapping) else None
        given = _given(self.type, answer) if isinstance(answer, Mapping) else ()
        return frozenset(choice.id for choice in self.choices if choice.id in given)


def choice_questions(kind: ItemType, content: Json, key: Json) -> Iterator[ChoiceQuestion]:
    """Yield the item's questions with options: one, none, or those of a composite's parts."""
    if kind == ItemType.COMPOSITE:
        for part in content["parts"]:
            yield from _questions(part["id"], ItemType(part["type"]), part["content"], key["parts"][part["id"]])
    else:
        yield from _questions(None, kind, content, key)


def _questions(part: str | None, kind: ItemType, content: Json, key: Json) -> Iterator[ChoiceQuestion]:
    match kind:
        case ItemType.SINGLE_CHOICE | ItemType.MULTIPLE_CHOICE:
            options = [Choice(option["id"], option["id"] in key["right"]) for option in content["options"]]
            yield ChoiceQuestion(part, kind, tuple(options))
        case ItemType.TRUE_FALSE:
            both = [Choice(_TRUTH[value], key["value"] is value) for value in (True, False)]
            yield ChoiceQuestion(part, kind, tuple(both))


def _given(kind: ItemType, answer: Json) -> list[Any]:
    match kind:
        case ItemType.SINGLE_CHOICE:
            return [answer.get("choice")]
        case ItemType.TRUE_FALSE:
            value = answer.get("value")
            return [_TRUTH[value]] if isinstance(value, bool) else []
    choices = answer.get("choices")
    return choices if isinstance(choices, list) else []


_TRUTH = {True: "true", False: "false"}
