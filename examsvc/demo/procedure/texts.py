"""The content files of the procedure, as the steps take them."""

from typing import Any

from examsvc.demo import bank_filling, content_files
from examsvc.demo.bank_filling import Contents
from examsvc.registry.developing.specifying import Shares

PRACTICAL_MINUTES = 40
FILES = ("late", "middle", "early", "drafts")


def cases() -> list[dict[str, Any]]:
    """Return every case, those that are farthest first; the filed one is of the scheme whose exam the demo holds."""
    found = [case for name in FILES for case in content_files.load(f"cases/{name}.toml")["cases"]]
    return [case if "scheme_name" in case else {**case, **_scheme_of_exam()} for case in found]


def _scheme_of_exam() -> dict[str, Any]:
    text = content_files.load("scheme.toml")
    tasks = [
        {**task, "weight": task["theory_share"] + task["practical_share"], "knowledge": task["knowledge_points"]}
        for task in text["work_tasks"]
    ]
    return {**text, "scheme_name": text["name"], "work_tasks": tasks}


def shares(case: dict[str, Any]) -> list[Shares]:
    """Return how each work task of a case is split between theory and practice."""
    return [Shares(task["theory_share"], task["weight"] - task["theory_share"]) for task in case["work_tasks"]]


def contents(case: dict[str, Any]) -> Contents:
    """Return what the case's bank holds."""
    if "items" not in case:
        return bank_filling.of_exam()
    items = [_item(entry) for entry in case["items"]]
    return Contents(items, [_practical(number, task) for number, task in enumerate(case["work_tasks"], start=1)])


def _item(entry: dict[str, Any]) -> dict[str, Any]:
    task, point = entry["at"]
    code = f"T{task}-K{point}-001"
    whole = {**entry, "code": code, "type": "true_false", "difficulty": "medium"}
    return {"work_task": task, "knowledge_point": point, "items": [whole]}


def _practical(number: int, task: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": f"P{number}",
        "work_task": number,
        "title": task["practical_title"],
        "brief": task["practical_brief"],
        "minutes": PRACTICAL_MINUTES,
        "criteria": content_files.load("cases/late.toml")["criteria"],
    }
