"""Our texts as marked-up text: lines, formulas, blanks, pictures, sounds and films."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange.qti.writing.formulas import math
from questionbank.interchange.qti.writing.trees import Child, filled, made
from questionbank.interchange.xml import Element

_PIECES = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<block>.+?)\\\]|(?P<line>\n)|(?P<blank>____)", re.DOTALL)
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/ogg": ".ogv",
}
MEDIA_FOLDER = "media"


def inline(text: str, blanks: Iterable[Element] = ()) -> list[Child]:
    """Return the text in pieces; each blank becomes the next of `blanks` while there are any."""
    children: list[Child] = []
    waiting, end = iter(blanks), 0
    text = text.replace("\n ", "\n\xa0")  # else what begins a line would be no space
    for met in _PIECES.finditer(text):
        children += [showable(text[end : met.start()]), _piece(met, waiting)]
        end = met.end()
    return [*children, showable(text[end:])]


def _piece(met: re.Match[str], blanks: Iterator[Element]) -> Child:
    if met["line"]:
        return made("br")
    if met["blank"]:
        return next(blanks, BLANK)
    return math((met["inline"] or met["block"]).strip(), block=bool(met["block"]))


def paragraph(text: str, blanks: Iterable[Element] = ()) -> Element:
    """Return the text as one paragraph."""
    return filled(made("p"), inline(text, blanks))


def showable(text: str) -> str:
    """Return the text for marked-up text, in which double spaces stay only so."""
    return permitted(text).replace("  ", " \xa0")


def permitted(text: str) -> str:
    """Return what XML may hold of the text."""
    return _UNSHOWABLE.sub("\ufffd", text)


def address(entry: Mapping[str, Any]) -> str:
    """Return the name in the package of a medium of a content."""
    return f"{MEDIA_FOLDER}/{entry['digest']}{_SUFFIXES.get(entry['media_type'], '')}"


def shown(entry: Mapping[str, Any]) -> Element:
    """Return the medium as an item in the package's folder of items shows it."""
    source, alt = f"../{address(entry)}", permitted(entry.get("alt", ""))
    if entry["media_type"].startswith("image/"):
        size = {name: str(entry[name]) for name in ("width", "height") if name in entry}
        return made("img", src=source, alt=alt, **size)
    return made("object", alt, data=source, type=entry["media_type"])


def option(tag: str, given: Mapping[str, Any], media: Mapping[str, Mapping[str, Any]], **attributes: str) -> Element:
    """Return an option as an element of the tag, with what it shows."""
    element = filled(made(tag, **attributes), inline(given["text"]))
    if given.get("media") in media:
        element.append(shown(media[given["media"]]))
    return element
