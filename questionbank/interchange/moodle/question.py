"""One `<question>` of Moodle: its texts with their files, its settings, and what was read of its answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from lxml import etree

from questionbank.interchange import markups, media, tagging, xml
from questionbank.interchange.gathering import Gathering
from questionbank.interchange.model import Medium
from questionbank.interchange.tagging import Tagged
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_PLUGIN_FILE = "@@PLUGINFILE@@/"
_NO_TEXT = frozenset({"file", "feedback", "answer", "tolerance", "group"})
_YES = frozenset({"1", "true", "yes"})


@dataclass
class Answer:
    """What content and key hold beside the stem; `stem` when it is another than the question's text."""

    type: ItemType
    content: dict[str, Any]
    key: dict[str, Any]
    stem: str | None = None
    feedback: list[str] = field(default_factory=list)


class Question:
    """The element as the readers of its answers see it; media are looked for beside the text that shows them."""

    def __init__(self, element: Element, where: str):
        self.element = element
        self.kind = element.get("type", "")
        self.gathering = Gathering(where, self._find)
        self._around = element
        self._shown: set[str] = set()

    @cached_property
    def tagged(self) -> Tagged:
        tags = xml.child(self.element, "tags")
        return tagging.read(xml.text(tag) for tag in ([] if tags is None else xml.children(tags, "tag")))

    @cached_property
    def stem(self) -> str:
        """The question's text as ours."""
        return self.text(xml.child(self.element, "questiontext"))

    def said(self, name: str) -> str:
        """Return a setting or a name, "" when it is not told."""
        return xml.child_text(self.element, name)

    def is_set(self, name: str) -> bool:
        """Return whether a setting is true."""
        return self.said(name).lower() in _YES

    def fragment(self, element: Element | None) -> str:
        """Return the HTML of an element with a `<text>`, in the format that it names; "" when there is none."""
        if element is None:
            return ""
        inner = xml.child(element, "text")
        told = element.get("format", markups.HTML)
        return markups.fragment(self.gathering, _written(element if inner is None else inner), told)

    def text(self, element: Element | None) -> str:
        """Return the element's text as ours, and gather what it shows."""
        return self.gathering.text(self._within(element))

    def aside(self, element: Element | None) -> str:
        """Return a text that candidates do not see."""
        return self.gathering.aside(self._within(element))

    def option(self, letter: str, element: Element) -> dict[str, Any]:
        """Return the option that the element holds."""
        return self.gathering.option(letter, self._within(element))

    def answers(self, name: str = "answer") -> list[Element]:
        """Return the question's answers, or its other children of this name."""
        return list(xml.children(self.element, name))

    def feedback(self) -> list[str]:
        """Return what is said to each answer; nothing when nothing is said at all."""
        told = [self.aside(xml.child(answer, "feedback")) for answer in self.answers()]
        return told if any(told) else []

    def unshown_files(self) -> Iterator[str]:
        """Yield the files that no text shows."""
        for file in self.element.iter():
            if xml.name(file) == "file" and _path(file) not in self._shown:
                yield _path(file)

    def _within(self, element: Element | None) -> str:
        self._around = self.element if element is None else element
        return self.fragment(element)

    def _find(self, source: str) -> Medium | None:
        if not source.startswith(_PLUGIN_FILE):
            return None
        path = unquote(source.removeprefix(_PLUGIN_FILE).partition("?")[0])
        for around in (self._around, self.element):
            for file in around.iter():
                if xml.name(file) == "file" and _path(file) == path:
                    self._shown.add(path)
                    return media.from_base64(file.text or "", file.get("name", ""))
        return None


def _path(file: Element) -> str:
    return f"{file.get('path', '/')}{file.get('name', '')}".lstrip("/")


def _written(element: Element) -> str:
    """Return the text; elements that stand in it bare, where CDATA was meant, are kept as HTML."""
    inner = [child for child in xml.children(element) if xml.name(child) not in _NO_TEXT]
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in inner)
