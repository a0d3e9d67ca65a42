"""Reading 附件2 back from a text document in our own layout. Pure."""

import re
from collections.abc import Iterable, Mapping

from examsvc.registry.annexes import annex2_docx, word, word_reading, wording
from examsvc.registry.annexes.errors import NotThisAnnex
from examsvc.registry.annexes.forms import Annex2, Outline, Proposal, clean, line

_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十百\d]+[）)]|\d+[.．、]\s*)")
_TASK = re.compile(r"^[（(][一二三四五六七八九十百\d]+[）)](?P<name>.*)（(?P<weight>\d{1,3})%）$")
_STYLES = {look.name: level for level, look in annex2_docx.LOOKS.items()}
_PARTS: Mapping[str, Mapping[str, str]] = {
    wording.SCHEME_PART: {heading: name for name, heading in (*wording.SCHEME_SECTIONS, *wording.OUTLOOK_SECTIONS)},
    wording.ORGANISATION_PART: {heading: name for name, heading in wording.ORGANISATION_SECTIONS},
}


def read(data: bytes) -> Annex2:
    """Return the annex; raises TooLarge and the kinds of BadDocument, NotThisAnnex for another layout."""
    sections = _sections(data)
    try:
        outline = _outline(sections.pop("outline"))
        organisation = line(sections.pop("organisation")).removeprefix(wording.ORGANISATION_NAME)
    except (KeyError, ValueError) as error:
        raise NotThisAnnex(annex=2) from error
    sections.pop("outlook", None)  # only a heading above its three parts
    return Annex2(outline, organisation, Proposal(**{name: clean(text) for name, text in sections.items()}))


def _sections(data: bytes) -> dict[str, str]:
    """Return the texts by section: fields of Proposal, and outline, outlook, organisation."""
    titles: list[str] = []
    found: dict[str, list[str]] = {}
    part, section = "", ""
    for style, text, _ in word_reading.blocks(word_reading.opened(data)):
        if style == word.TITLE.name:
            titles.append(line(text))
        elif style == word.PART.name:
            part, section = line(text), "organisation" if line(text) == wording.ORGANISATION_PART else ""
        elif style in _STYLES:
            section = _PARTS.get(part, {}).get(_NUMBER.sub("", line(text)), "")
        if section and style not in _STYLES:
            found.setdefault(section, []).append(text)
    if titles != [wording.ANNEX_2_TITLE]:
        raise NotThisAnnex(annex=2)
    return {name: "\n".join(texts) for name, texts in found.items()}


def _outline(text: str) -> Outline:
    """Return what stands of annex 3; raises ValueError when its lines are not there."""
    lines = text.split("\n")
    split = len(lines) - 1 - lines[::-1].index(wording.OUTLINE_TASKS)
    name, definition, tasks = lines[0], "\n".join(lines[1:split]), lines[split + 1 :]
    if not name.startswith(wording.OUTLINE_NAME) or not definition.startswith(wording.OUTLINE_DEFINITION):
        raise ValueError("no name or no definition")
    return Outline(
        line(name.removeprefix(wording.OUTLINE_NAME)),
        clean(definition.removeprefix(wording.OUTLINE_DEFINITION)),
        tuple(_tasks(tasks)),
    )


def _tasks(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    for text in lines:
        found = _TASK.match(line(text))
        if found:
            yield found["name"], int(found["weight"])
