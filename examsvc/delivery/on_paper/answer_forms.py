"""Where a question is answered on paper, by its type, with the answer so far in it. Pure.

Options have letters by their place on the sheet. What is typed in later names the same letters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from examsvc.delivery.on_paper import formulas
from questionbank.kinds import ItemType

Shown = Mapping[str, Any]
_WRITTEN_LINES: Final = {ItemType.SHORT_ANSWER: 6, ItemType.EXTENDED_ANSWER: 16}
_CHARACTERS_A_LINE, _MOST_LINES = 32, 40
_TRUTHS: Final = ((True, "正确"), (False, "错误"))


def picture(entry: Shown) -> dict[str, str]:
    """Return a picture by its digest, described for who cannot see it."""
    return {"digest": entry["digest"], "alt": entry["alt"] or "题图"}


def printed(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a question is answered on paper, by its type, with the answer so far in it."""
    return _FORMS.get(shown["type"], _written)(shown, answer)


def _one(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    return _choices("one", shown["options"], [answer.get("choice")])


def _some(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    return _choices("some", shown["options"], answer.get("choices") or [])


def _truth(_shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    said = answer.get("value")
    options = [{"text": formulas.pieces(word), "is_chosen": said is truth} for truth, word in _TRUTHS]
    return {"kind": "truth", "options": options}


def _blanks(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    return _lines([f"（{place}）" for place in range(1, shown["blanks"] + 1)], answer.get("blanks") or [])


def _number(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    return {**_lines([""], [answer.get("text")]), "unit": shown["unit"] or ""}


def _gaps(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    chosen = answer.get("gaps") or [None] * len(shown["gaps"])
    gaps = zip(shown["gaps"], chosen, strict=True)
    return {"kind": "gaps", "gaps": [_choices("one", gap, [one])["options"] for gap, one in gaps]}


def _order(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    given = _letters(shown["options"], answer.get("order") or [])
    return {"kind": "order", "options": _options(shown["options"]), "given": " ".join(given)}


def _choices(kind: str, options: Sequence[Shown], chosen: Iterable[str | None]) -> dict[str, Any]:
    ids = set(chosen)
    shown = zip(options, _options(options), strict=True)
    return {"kind": kind, "options": [{**one, "is_chosen": option["id"] in ids} for option, one in shown]}


def _options(options: Sequence[Shown]) -> list[dict[str, Any]]:
    return [
        {"letter": letter, "text": formulas.pieces(option["text"]), "picture": option.get("media")}
        for letter, option in zip(ascii_uppercase, options, strict=False)
    ]


def _letters(options: Sequence[Shown], ids: Iterable[str]) -> list[str]:
    letters = {option["id"]: letter for letter, option in zip(ascii_uppercase, options, strict=False)}
    return [letters[one] for one in ids]


def _lines(heads: Sequence[str], given: Sequence[str | None]) -> dict[str, Any]:
    filled = [*given, *[None] * len(heads)]
    return {
        "kind": "lines",
        "lines": [{"head": head, "given": said or ""} for head, said in zip(heads, filled, strict=False)],
    }


def _matching(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    pairs: Mapping[str, str] = answer.get("pairs") or {}
    given = {left: _letters(shown["matches"], [right])[0] for left, right in pairs.items()}
    lefts = [
        {
            "number": str(place),
            "text": formulas.pieces(one["text"]),
            "picture": one.get("media"),
            "given": given.get(one["id"], ""),
        }
        for place, one in enumerate(shown["options"], start=1)
    ]
    return {"kind": "matching", "lefts": lefts, "options": _options(shown["matches"])}


def _hotspot(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    shown_picture = shown["picture"]
    places = [[x / shown_picture["width"], y / shown_picture["height"]] for x, y in answer.get("points") or []]
    return {
        "kind": "hotspot",
        **picture(shown_picture),
        "ratio": shown_picture["height"] / shown_picture["width"],
        "most": shown["marks"],
        "points": places,
    }


def _composite(_shown: Shown, _answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": "parts"}


def _written(shown: Shown, answer: Mapping[str, Any]) -> dict[str, Any]:
    wanted = -(-(shown["length"] or 0) // _CHARACTERS_A_LINE) or _WRITTEN_LINES[shown["type"]]
    return {"kind": "written", "given": answer.get("text") or "", "count": min(wanted, _MOST_LINES)}


_FORMS: Final[Mapping[ItemType, Callable[[Shown, Mapping[str, Any]], dict[str, Any]]]] = {
    ItemType.SINGLE_CHOICE: _one,
    ItemType.MULTIPLE_CHOICE: _some,
    ItemType.TRUE_FALSE: _truth,
    ItemType.FILL_IN: _blanks,
    ItemType.NUMERIC: _number,
    ItemType.INLINE_CHOICE: _gaps,
    ItemType.ORDERING: _order,
    ItemType.MATCHING: _matching,
    ItemType.HOTSPOT: _hotspot,
    ItemType.COMPOSITE: _composite,
}
"""What is left are texts that people mark."""
