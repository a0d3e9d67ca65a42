"""Items as they are printed, each type in its way."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.model import Level, Medium, Problem, ReadItem
from questionbank.interchange.words.printing import Sheet
from questionbank.kinds import ItemType

Json = Mapping[str, Any]
_PICTURE = "PICTURE"


def add(sheet: Sheet, item: ReadItem, label: str, points: str) -> Iterator[Problem]:
    """Add the item under its label, such as "1. ", and yield a warning for each medium that paper cannot show."""
    media = {medium.digest: medium for medium in item.media}
    yield from _add(sheet, item, item.type, item.content, f"{label}{{}}{points}", media)


def _add(
    sheet: Sheet, item: ReadItem, kind: ItemType, content: Json, frame: str, media: Mapping[str, Medium]
) -> Iterator[Problem]:
    tail = {ItemType.TRUE_FALSE: "（　）", ItemType.NUMERIC: f"________{content.get('unit', '')}"}.get(kind, "")
    sheet.text(frame.format(content["stem"] + tail) if "{}" in frame else content["stem"])
    in_options = {option.get("media") for option in content.get("options", [])}
    for entry in [*content.get("media", []), *([content["picture"]] if "picture" in content else [])]:
        if entry["digest"] not in in_options:
            yield from _show(sheet, item, entry, media)
    yield from _options(sheet, item, content, media)
    _OTHERS.get(kind, _nothing)(sheet, content)
    for number, part in enumerate(content.get("parts", []), start=1):
        label = f"（{number}）{{}}（{part['share']}分）"
        yield from _add(sheet, item, ItemType(part["type"]), part["content"], label, media)


def _show(sheet: Sheet, item: ReadItem, entry: Json, media: Mapping[str, Medium]) -> Iterator[Problem]:
    medium = media.get(entry["digest"])
    is_shown = medium is not None and entry.get("kind", _PICTURE) == _PICTURE and sheet.picture(medium, entry["alt"])
    if not is_shown:
        sheet.text(f"【{entry.get('alt') or entry['media_type']}】", indented=True)
        detail = f"未印出:{entry['media_type']} / not printed"
        yield Problem(item.where, Level.WARNING, "media_left_out", detail)


def _options(sheet: Sheet, item: ReadItem, content: Json, media: Mapping[str, Medium]) -> Iterator[Problem]:
    options = content.get("options", [])
    if not any("media" in option for option in options):
        sheet.columns(_labelled(options))
        return
    entries = {entry["digest"]: entry for entry in content.get("media", [])}
    for option, text in zip(options, _labelled(options), strict=True):
        sheet.text(text, indented=True)
        if option.get("media") in entries:
            yield from _show(sheet, item, entries[option["media"]], media)


def _labelled(options: list[Json]) -> list[str]:
    return [f"{LETTERS[place]}. {option['text']}" for place, option in enumerate(options)]


def _nothing(_sheet: Sheet, _content: Json) -> None:
    pass


def _matches(sheet: Sheet, content: Json) -> None:
    sheet.columns([f"({place}) {match['text']}" for place, match in enumerate(content["matches"], start=1)])


def _gaps(sheet: Sheet, content: Json) -> None:
    for place, gap in enumerate(content["gaps"], start=1):
        sheet.text(f"({place}) " + "　　".join(_labelled(gap)), indented=True)


def _lines(count: int) -> Callable[[Sheet, Json], None]:
    return lambda sheet, _content: sheet.lines(count)


def _hotspot(sheet: Sheet, content: Json) -> None:
    sheet.text(f"（在图上标出 {content['points']} 处。）", indented=True)


_OTHERS: dict[ItemType, Callable[[Sheet, Json], None]] = {
    ItemType.MATCHING: _matches,
    ItemType.INLINE_CHOICE: _gaps,
    ItemType.HOTSPOT: _hotspot,
    ItemType.SHORT_ANSWER: _lines(4),
    ItemType.EXTENDED_ANSWER: _lines(12),
}
