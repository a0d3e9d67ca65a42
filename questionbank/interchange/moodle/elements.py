"""The elements of Moodle's XML: texts as HTML with the files that they show beside them."""

import base64
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from lxml import etree

from questionbank.interchange import media, richtext
from questionbank.interchange.model import Medium, ReadItem
from questionbank.interchange.xml import Element

_TAGS = {media.PICTURE: '<img src="{0}" alt="{1}">', media.AUDIO: '<audio src="{0}" title="{1}" controls></audio>'}
_FILM = '<video src="{0}" title="{1}" controls></video>'


class Media:
    """The media of one item under names of their own, with what is said of them."""

    def __init__(self, item: ReadItem):
        self._data = {medium.digest: medium for medium in item.media}
        self._entries = {entry["digest"]: entry for entry in item.content.get("media", [])}
        taken = [medium.name for medium in item.media]
        self._names = {
            medium.digest: medium.name if medium.name and taken.count(medium.name) == 1 else _name(medium)
            for medium in item.media
        }

    def shown(self, digests: Iterable[str]) -> tuple[str, list[Element]]:
        """Return the HTML that shows the media, and the files."""
        here = [digest for digest in digests if digest in self._data]
        return "".join(self._tag(digest) for digest in here), [self._file(digest) for digest in here]

    def _tag(self, digest: str) -> str:
        entry = self._entries[digest]
        source = f"@@PLUGINFILE@@/{quote(self._names[digest])}"
        return _TAGS.get(entry["kind"], _FILM).format(source, escape(entry.get("alt", "")))

    def _file(self, digest: str) -> Element:
        file = etree.Element("file", name=self._names[digest], path="/", encoding="base64")
        file.text = base64.b64encode(self._data[digest].data).decode("ascii")
        return file


def _name(medium: Medium) -> str:
    return f"{medium.digest[:8]}-{medium.name}" if medium.name else f"{medium.digest[:16]}.{_ending(medium)}"


def _ending(medium: Medium) -> str:
    return medium.media_type.partition("/")[2]


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element with a bare text and return it."""
    made = etree.SubElement(parent, name, attributes)
    if text:
        made.text = text
    return made


def add_text(parent: Element, name: str, text: str, **attributes: str) -> Element:
    """Add an element whose `<text>` is the bare text."""
    made = add(parent, name, **attributes)
    add(made, "text", richtext.showable(text))
    return made


def add_html(parent: Element, name: str, html: str, files: Iterable[Element] = (), **attributes: str) -> Element:
    """Add an element whose `<text>` is HTML, with its files."""
    made = add(parent, name, format="html", **attributes)
    inner = add(made, "text")
    inner.text = etree.CDATA(html) if html and "]]>" not in html else html
    made.extend(files)
    return made


def add_option(parent: Element, name: str, option: Mapping[str, Any], held: Media, **attributes: str) -> Element:
    """Add an option's text and picture."""
    tags, files = held.shown([option["media"]] if "media" in option else [])
    return add_html(parent, name, f"{richtext.markup(option['text'])}{tags}", files, **attributes)
