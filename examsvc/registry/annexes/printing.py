"""附件2 and 附件3 as PDF. A character that no font of the service can draw is refused, never dropped."""

from datetime import datetime
from pathlib import Path
from typing import Any

from examsvc.core import canonical, fonts, typesetting
from examsvc.registry.annexes import annex2_layout, numerals, wording
from examsvc.registry.annexes.errors import AnnexNotPrintable, UnprintableText
from examsvc.registry.annexes.forms import Annex2, Annex3, WorkTask
from examsvc.registry.annexes.wording import ANNEX_3_WORDING, Annex3Wording

MEDIA_TYPE = "application/pdf"
_TEMPLATES = Path(__file__).parent / "templates"


def annex2(annex: Annex2, *, stamp: datetime) -> bytes:
    """Return the PDF dated `stamp`; raises UnprintableText, AnnexNotPrintable."""
    blocks = [{"level": level, "text": text} for level, text in annex2_layout.blocks(annex)]
    return _printed("annex2.typ", {"title": wording.ANNEX_2_TITLE, "blocks": blocks}, stamp)


def annex3(annex: Annex3, *, stamp: datetime, words: Annex3Wording = ANNEX_3_WORDING) -> bytes:
    """Return the PDF dated `stamp`; raises UnprintableText, AnnexNotPrintable."""
    told = {
        "title": f"{annex.scheme_name}{wording.ANNEX_3_TITLE}",
        "title_line": wording.ANNEX_3_TITLE,
        "scheme_name": annex.scheme_name,
        "occupation_name": annex.occupation_name,
        "definition_heading": wording.DEFINITION_HEADING,
        "definition": annex.definition,
        "content_heading": f"二、{words.content_heading}",
        "heads": _HEADS,
        "tasks": [_task(number, task) for number, task in enumerate(annex.work_tasks, start=1)],
        "extra_sections": [
            {"title": f"{numerals.chinese(number)}、{extra.title}", "text": extra.text}
            for number, extra in enumerate(annex.extra_sections, start=3)
        ],
    }
    return _printed("annex3.typ", told, stamp)


_HEADS = {
    "ability": wording.ABILITY,
    "field": wording.FIELD,
    "work_task": wording.WORK_TASK,
    "operations": wording.OPERATIONS,
    "knowledge": wording.KNOWLEDGE,
    "weight": wording.WEIGHT,
}


def _task(number: int, task: WorkTask) -> dict[str, Any]:
    return {
        "name": f"{numerals.in_brackets(number)}{task.name}",
        "operations": list(task.operations),
        "knowledge": list(task.knowledge),
        "weight": f"{task.weight}%",
    }


def _printed(template: str, told: dict[str, Any], stamp: datetime) -> bytes:
    words = canonical.encode(told)
    missing = sorted(fonts.undrawable(words.decode()))
    if missing:
        raise UnprintableText(where="", characters=", ".join(f"U+{ord(char):04X}" for char in missing))
    files = {name: (_TEMPLATES / name).read_bytes() for name in ("annex.typ", template)}
    files = {"annex.typ": files["annex.typ"], typesetting.MAIN: files[template], "annex.json": words}
    try:
        return typesetting.typesetter(fonts.folders()).pdf(files, stamp=stamp)
    except typesetting.CannotBeTypeset as error:
        raise AnnexNotPrintable(reason=str(error)) from error
