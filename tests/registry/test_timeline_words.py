"""Everything that a case's history can hold has words in both languages."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from examsvc import registry
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews.kinds import ReviewState
from questionbank import handing_in

PLACES = (Path(registry.__file__).parent, Path(handing_in.__file__).parent)
MESSAGES = Path(registry.__file__).parents[1] / "frontend" / "src" / "i18n"
SUBJECTS = (
    *("application", "case", "centre", "development", "document", "evidence", "meeting", "objection", "opinion"),
    *("organisation", "panellist", "recommendation", "review", "room", "staff"),
)
ACTION = re.compile(rf"(?:{'|'.join(SUBJECTS)})\.(?!id$)[a-z_]+")
SEALED = {f"objection.{secret}" for secret in ("check", "contact", "name", "secret")}  # what keys are derived for
ELSEWHERE = {"organisation.registered", *SEALED}  # the former stands in the organisation's own history
MOVES = {f"case.{state.lower()}" for state in CaseState} | {f"review.{ReviewState.CONCLUDED.lower()}"}


def _written() -> Iterator[str]:
    """Yield the actions that modules which keep a history write down."""
    for path in (found for place in PLACES for found in place.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "audit.append(" in text or "holding.note(" in text or "_note(" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
                    yield node.value


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_entry_of_a_cases_history_has_words(language: str) -> None:
    words = json.loads((MESSAGES / language / "registry" / "cases.json").read_text(encoding="utf-8"))["action"]
    wanted = {action.replace(".", "_") for action in (set(_written()) | MOVES) - ELSEWHERE}
    assert len(wanted) > len(MOVES)
    assert wanted - set(words) == set()
