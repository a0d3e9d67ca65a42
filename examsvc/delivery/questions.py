"""A question as a candidate may see it. Pure; nothing here holds a key."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from questionbank.kinds import ItemType

Shown = Mapping[str, Any]


class Option(NamedTuple):
    """What is chosen, ordered or matched; `media` is the digest of one of the question's media."""

    id: str
    text: str
    media: str | None = None

    @property
    def shown(self) -> Shown:
        """The option as it is sent: without `media` where it has none."""
        shown = {"id": self.id, "text": self.text}
        return shown if self.media is None else {**shown, "media": self.media}


Options = tuple[Option, ...]


@dataclass(frozen=True)
class Question:
    """A question as shown, or a part of a composite, whose `ref` is then the part's id.

    `points` are hundredths (of a part rounded for showing; scoring splits exactly), `fixed` the options that keep
    their place, `is_ordered` whether the paper has an order of the options, `marks` how many points may be marked in
    `picture`, `length` the characters asked for.
    """

    ref: str
    type: ItemType
    points: int = 0
    stem: str = ""
    options: Options = ()
    fixed: tuple[str, ...] = ()
    is_ordered: bool = False
    blanks: int | None = None
    unit: str | None = None
    matches: Options = ()
    gaps: tuple[Options, ...] = ()
    picture: Shown | None = None
    marks: int | None = None
    length: int | None = None
    media: tuple[Shown, ...] = ()
    parts: tuple["Question", ...] = ()

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @cached_property
    def has_formulas(self) -> bool:
        """Whether a formula may stand anywhere in the question: what draws it is fetched before it is seen."""
        options = (*self.options, *self.matches, *(option for gap in self.gaps for option in gap))
        own = any(mark in text for text in (self.stem, *(each.text for each in options)) for mark in FORMULA_MARKS)
        return own or any(part.has_formulas for part in self.parts)

    @cached_property
    def shown_options(self) -> Mapping[str, Shown]:
        return {option.id: option.shown for option in self.options}

    @cached_property
    def shown_matches(self) -> Mapping[str, Shown]:
        return {match.id: match.shown for match in self.matches}

    @cached_property
    def shown_gaps(self) -> tuple[Mapping[str, Shown], ...]:
        return tuple({option.id: option.shown for option in gap} for gap in self.gaps)

    @cached_property
    def match_ids(self) -> tuple[str, ...]:
        return tuple(match.id for match in self.matches)

    @cached_property
    def gap_ids(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(option.id for option in gap) for gap in self.gaps)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The media type of each file that is shown with the question, its parts' too, by digest."""
        shown = [*self.media, *([self.picture] if self.picture else [])]
        own = {entry["digest"]: entry["media_type"] for entry in shown}
        return dict(ChainMap(own, *(dict(part.files) for part in self.parts)))


PaperForm = dict[str, Question]
FORMULA_MARKS = ("\\(", "\\[")
_PICTURE = ("digest", "media_type", "width", "height", "alt")
_MEDIUM = ("digest", "kind", "media_type", "alt", "plays")


def question(
    ref: str, kind: ItemType, points: int | Fraction, content: Shown, option_order: Sequence[str] | None = None
) -> Question:
    """Return what is shown of an item's content, each thing by its name: what else is in there is left behind.

    The options stand in the paper's order if it has one.
    """
    return Question(
        ref=ref,
        type=kind,
        points=round(points),
        stem=content["stem"],
        options=_ordered(_options(content.get("options")), option_order),
        fixed=tuple(content.get("fixed") or ()),
        is_ordered=bool(option_order),
        blanks=content.get("blanks"),
        unit=content.get("unit"),
        matches=_options(content.get("matches")),
        gaps=tuple(_options(gap) for gap in content.get("gaps") or ()),
        picture=_only(_PICTURE, content["picture"]) if content.get("picture") else None,
        marks=content.get("points"),
        length=content.get("length"),
        media=tuple({"alt": "", **_only(_MEDIUM, medium)} for medium in content.get("media") or ()),
        parts=_parts(content.get("parts") or (), points),
    )


def _options(options: Iterable[Shown] | None) -> Options:
    return tuple(Option(option["id"], option["text"], option.get("media")) for option in options or ())


def _ordered(options: Options, ids: Sequence[str] | None) -> Options:
    by_id = {option.id: option for option in options}
    return tuple(by_id[option_id] for option_id in ids or by_id)


def _parts(parts: Iterable[Shown], points: int | Fraction) -> tuple[Question, ...]:
    shares = sum(part["share"] for part in parts)
    return tuple(
        question(part["id"], ItemType(part["type"]), Fraction(points) * part["share"] / shares, part["content"])
        for part in parts
    )


def _only(names: Iterable[str], entry: Shown) -> Shown:
    return {name: entry[name] for name in names if name in entry}
