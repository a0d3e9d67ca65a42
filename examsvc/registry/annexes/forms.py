"""The annexes as values, from and to the JSON that a case keeps. Pure.

Texts are clean: trimmed, lines ended by a line feed alone, no character that a document cannot hold.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from examsvc.registry.annexes.errors import UnprintableText

# What XML 1.0 cannot say: C0 controls but tab and line feed, surrogates, non-characters. C1 and U+2028 draw nothing.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def clean(text: str, where: str = "") -> str:
    """Return the text as documents hold it; raises UnprintableText that names the characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    odd = sorted(set(_UNPRINTABLE.findall(lines)))
    if odd:
        raise UnprintableText(where=where, characters=", ".join(f"U+{ord(char):04X}" for char in odd))
    return "\n".join(part.strip() for part in lines.split("\n")).strip()


def line(text: str, where: str = "") -> str:
    """Return the text as one line, single spaces between its words."""
    return " ".join(clean(text, where).split())


@dataclass(frozen=True)
class Annex1Row:
    """A row of 推荐汇总表; its place is its priority (H04)."""

    occupation_code: str
    occupation_name: str
    scheme_name: str
    industries: tuple[str, ...]
    organisation_name: str
    credit_code: str
    expected_candidates: int
    reason: str


@dataclass(frozen=True)
class Annex1:
    """推荐汇总表. `signed_on` is printed as 年月日, or left to be filled in by hand (H15)."""

    department: str
    contact_name: str
    contact_phone: str
    signed_on: date | None
    rows: tuple[Annex1Row, ...]


@dataclass(frozen=True)
class WorkTask:
    """A 工作任务 with its 考核比重 in percent."""

    name: str
    operations: tuple[str, ...]
    knowledge: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class ExtraSection:
    """J14: the template is a reference, so more sections may follow its two."""

    title: str
    text: str


@dataclass(frozen=True)
class Annex3:
    """主要考核内容. `occupation_name` is printed without its code (J07)."""

    scheme_name: str
    occupation_name: str
    definition: str
    work_tasks: tuple[WorkTask, ...]
    extra_sections: tuple[ExtraSection, ...] = ()

    @classmethod
    def from_json(cls, content: Mapping[str, Any], *, scheme_name: str, occupation_name: str) -> "Annex3":
        """Return the annex of a case's `main_content`; raises UnprintableText."""
        return cls(
            line(scheme_name, "scheme_name"),
            line(occupation_name, "occupation_name"),
            clean(content.get("definition", ""), "definition"),
            tuple(_task(task, f"work_tasks.{n}") for n, task in enumerate(content.get("work_tasks", ()))),
            tuple(_extra(extra, f"extra_sections.{n}") for n, extra in enumerate(content.get("extra_sections", ()))),
        )

    def to_json(self) -> dict[str, Any]:
        """Return what a case keeps as `main_content`."""
        return {
            "definition": self.definition,
            "work_tasks": [_listed(asdict(task)) for task in self.work_tasks],
            "extra_sections": [asdict(extra) for extra in self.extra_sections],
        }


@dataclass(frozen=True)
class Proposal:
    """The guided sections of 附件2 (I02–I11) and free text behind each part; empty is not yet written."""

    background: str = ""
    features: str = ""
    audience: str = ""
    assessment_so_far: str = ""
    social_effect: str = ""
    outlook_employment: str = ""
    outlook_industry: str = ""
    outlook_economy: str = ""
    extra_scheme: str = ""
    organisation_basics: str = ""
    organisation_groundwork: str = ""
    organisation_strengths: str = ""
    extra_organisation: str = ""

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Proposal":
        """Return the proposal of a case; raises UnprintableText."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: clean(content.get(name, ""), name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """Return what a case keeps as `proposal`."""
        return asdict(self)


@dataclass(frozen=True)
class Outline:
    """What 附件2 says of 附件3 (I04): the name, the definition, each task with its weight in percent."""

    scheme_name: str
    definition: str
    tasks: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, annex: Annex3) -> "Outline":
        return cls(annex.scheme_name, annex.definition, tuple((task.name, task.weight) for task in annex.work_tasks))


@dataclass(frozen=True)
class Annex2:
    """建议书."""

    outline: Outline
    organisation_name: str
    proposal: Proposal


def _task(task: Mapping[str, Any], where: str) -> WorkTask:
    name = line(task.get("name", ""), f"{where}.name")
    operations, knowledge = (_points(task, kind, where) for kind in ("operations", "knowledge"))
    return WorkTask(name, operations, knowledge, int(task.get("weight", 0)))


def _points(task: Mapping[str, Any], kind: str, where: str) -> tuple[str, ...]:
    """Return the points that say something: an empty one would be a number with nothing behind it."""
    return tuple(point for text in task.get(kind, ()) if (point := line(text, f"{where}.{kind}")))


def _extra(extra: Mapping[str, Any], where: str) -> ExtraSection:
    return ExtraSection(line(extra.get("title", ""), f"{where}.title"), clean(extra.get("text", ""), f"{where}.text"))


def _listed(task: dict[str, Any]) -> dict[str, Any]:
    return {**task, "operations": list(task["operations"]), "knowledge": list(task["knowledge"])}
