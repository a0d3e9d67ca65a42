"""The texts of one item while it is read: its media and what got lost on the way are gathered."""

from collections.abc import Callable, Iterator
from typing import Any

from questionbank.interchange import media, richtext
from questionbank.interchange.model import Level, Medium, Problem
from questionbank.interchange.richtext import Plain, Shown
from questionbank.interchange.xml import Element

_MOST_TOLD = 200
Find = Callable[[str], Medium | None]


class Unreadable(Exception):
    """One item that cannot be read; it becomes an error of the report, and the file is read on."""

    def __init__(self, code: str, detail: str):
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Unmodelled(Unreadable):
    """One item that is sound, and none of our types; it is kept as its source."""


class Gathering:
    """`find` returns the medium that a fragment names by an address within the file, None when it is not there."""

    def __init__(self, where: str, find: Find = lambda _source: None):
        self.where = where
        self._find = find
        self._media: dict[str, Medium] = {}
        self._entries: dict[str, dict[str, Any]] = {}
        self._dropped: set[str] = set()
        self._warnings: dict[tuple[str, str], None] = {}

    def text(self, fragment: str | Element) -> str:
        """Return the fragment as our text, and gather what it shows."""
        return self._read(fragment)[0]

    def aside(self, fragment: str | Element) -> str:
        """Return a text that a candidate does not see, such as the explanation; what it shows is named as lost."""
        read = self._noted(fragment)
        for shown in read.shown:
            self.warn("explanation_media_dropped", shown.source[:_MOST_TOLD])
        return read.text

    def option(self, letter: str, fragment: str | Element) -> dict[str, Any]:
        """Return the option, with its picture when it has one."""
        words, shown = self._read(fragment)
        if len(shown) > 1:
            self.warn("option_media_moved", f"of {len(shown)} media of an option all but the first stand at the stem")
        return {"id": letter, "text": words, "media": shown[0]} if shown else {"id": letter, "text": words}

    def content(self, stem: str, **more: Any) -> dict[str, Any]:
        """Return the content with all media gathered so far."""
        shown = {"media": list(self._entries.values())} if self._entries else {}
        return {"stem": stem, **more, **shown}

    def warn(self, code: str, detail: str) -> None:
        """Note that something of the item is read otherwise than it stands, once for each."""
        self._warnings[code, detail] = None

    @property
    def media(self) -> tuple[Medium, ...]:
        return tuple(self._media.values())

    def problems(self) -> Iterator[Problem]:
        """Yield the warnings; of all looks that were lost there is one."""
        if self._dropped:
            yield Problem(self.where, Level.WARNING, "formatting_dropped", ", ".join(sorted(self._dropped)))
        for code, detail in self._warnings:
            yield Problem(self.where, Level.WARNING, code, detail)

    def add(self, found: Medium, alt: str = "") -> str:
        """Return the medium's digest, after it has been listed among the item's media."""
        kind = media.kind_of(found.media_type)
        self._media[found.digest] = found
        entry = {"digest": found.digest, "kind": kind, "media_type": found.media_type, "alt": alt}
        known = self._entries.setdefault(found.digest, entry)
        if kind == media.PICTURE and not known["alt"]:
            self.undescribed(found)
        return found.digest

    def undescribed(self, picture: Medium) -> None:
        """Note that alternative text is asked for; without it the item does not go to review."""
        self.warn("alt_missing", f"alternative text is asked for: {picture.name or picture.digest[:8]}")

    def _noted(self, fragment: str | Element) -> Plain:
        read = richtext.plain(fragment)
        self._dropped |= read.dropped
        for code, detail in read.warnings:
            self.warn(code, detail)
        return read

    def _read(self, fragment: str | Element) -> tuple[str, list[str]]:
        read = self._noted(fragment)
        return read.text, [digest for shown in read.shown if (digest := self._digest(shown))]

    def _digest(self, shown: Shown) -> str | None:
        found = media.from_data_uri(shown.source) or self._find(shown.source)
        if found is None:
            self.warn("media_missing", shown.source[:_MOST_TOLD])
            return None
        return self.add(found, shown.alt)
