"""An item while it is gathered from lines, and the draft that it becomes."""

from collections import defaultdict
from dataclasses import dataclass, field

from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.model import Level, Medium, Problem
from questionbank.interchange.words import stems
from questionbank.interchange.words.lines import Line
from questionbank.interchange.words.marks import Section

STEM, OPTION, ANSWER = "stem", "option", "answer"
CASE_STYLE = "case"


@dataclass
class Gathered:
    """`style` and `number` are those of its start, "" and 0 without; `last` is the field that a further line goes on.

    `listed` is the last number of a list within a field, so that its lines are not taken for items.
    """

    line: Line
    style: str = ""
    number: int = 0
    section: Section | None = None
    last: str = STEM
    listed: int = 0
    is_case: bool = False
    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, str] = field(default_factory=dict)
    options: list[list[str]] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    option_media: dict[int, str] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: list["Gathered"] = field(default_factory=list)

    @property
    def next_letter(self) -> str:
        """Return the letter that the next option has; empty when the answer has been told."""
        is_open = self.last in (STEM, OPTION) and len(self.options) < len(LETTERS)
        return LETTERS[len(self.options)] if is_open else ""

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but lines of text, such as a title above the first item."""
        return not (self.options or self.parts or self.style or set(self.fields) - {STEM})

    def add(self, name: str, text: str, line: Line) -> None:
        """Add a text to the field, or to the last option."""
        self.last = name
        self.places.setdefault(name, line.where)
        (self.options[-1] if name == OPTION else self.fields[name]).append(text)

    def add_option(self, text: str, line: Line) -> None:
        self.places.setdefault("options", line.where)
        self.options.append([])
        self.add(OPTION, text, line)

    def show(self, line: Line) -> None:
        """Take in what the line shows; a picture among the options belongs to the last one."""
        for medium in line.media:
            if all(medium.digest != one.digest for one in self.media):
                self.media.append(medium)
            if self.last == OPTION:
                self.option_media.setdefault(len(self.options) - 1, medium.digest)
        self.alts.update(line.alts)
        self.problems += [Problem(line.where, Level.WARNING, code, detail) for code, detail in line.losses]

    def text(self, name: str) -> str:
        return "\n".join(self.fields.get(name, [])).strip()

    def draft(self, type_word: str = "", points: str = "") -> Draft:
        """Return the draft; its own words for type and points come before those of the section."""
        word = self.text("type") or type_word
        stem = stems.read(self.text(STEM), has_options=bool(self.options), type_word=word)
        chapter = {"chapter": self.text("chapter")} if self.text("chapter") else {}
        return Draft(
            where=self.line.where,
            stem=stem.text,
            type="案例题" if self.parts else stem.type or word,
            options=tuple("\n".join(texts).strip() for texts in self.options),
            answer=self.text(ANSWER) or stem.answer,
            outline=self.text("outline"),
            explanation=self.text("explanation"),
            code=self.text("code"),
            difficulty=self.text("difficulty"),
            work_task=self.text("work_task"),
            knowledge_point=self.text("knowledge_point"),
            tags=self.text("tags"),
            points=self.text("points") or stem.points or points,
            media=tuple(self.media),
            option_media=self.option_media,
            alts=self.alts,
            parts=tuple(part.draft() for part in self.parts),
            extras=chapter,
            places=self.places,
        )
