"""RULES.md names every rule of the notice once, with modules and tests that exist."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAST = {"A": 13, "B": 7, "C": 12, "D": 15, "E": 10, "F": 8, "G": 12, "H": 16, "I": 11, "J": 14}
IDS = [f"{letter}{number:02d}" for letter, last in LAST.items() for number in range(1, last + 1)]
NOT_IMPLEMENTED = {"G02", "G08", "G12"}
_ID = re.compile(r"[a-j]\d\d")


def ids_in(name: str) -> Iterator[str]:
    """Yield the ids that a test's name carries; `i02_to_i04` stands for all three."""
    words = name.split("_")
    for place, word in enumerate(words):
        if _ID.fullmatch(word):
            is_range = place > 1 and words[place - 1] == "to" and _ID.fullmatch(words[place - 2])
            first = int(words[place - 2][1:]) if is_range else int(word[1:])
            yield from (f"{word[0].upper()}{number:02d}" for number in range(first, int(word[1:]) + 1))


@cache
def ids_of_tests() -> dict[str, set[str]]:
    """Return every test function that carries ids, with them."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and list(ids_in(node.name)):
                found.setdefault(node.name, set()).update(ids_in(node.name))
    return found


def table() -> list[tuple[str, str, str]]:
    """Return id, modules and last cell of every row."""
    rows = re.findall(
        r"^\| (\w+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", (ROOT / "RULES.md").read_text("utf-8"), re.MULTILINE
    )
    return [row for row in rows if row[0] != "id"]


def test_every_rule_has_one_row_in_the_order_of_the_notice() -> None:
    assert [name for name, _, _ in table()] == IDS


def test_every_module_that_the_table_names_exists() -> None:
    named = {(name, path) for name, modules, _ in table() for path in re.findall(r"`([^`]+)`", modules)}
    assert [(name, path) for name, path in named if not (ROOT / path).is_file()] == []
    assert {name for name, modules, _ in table() if "`" not in modules} == NOT_IMPLEMENTED


def test_the_table_names_exactly_the_tests_that_carry_each_id() -> None:
    carried = {name: {test for test, ids in ids_of_tests().items() if name in ids} for name in IDS}
    named = {name: set(re.findall(r"`(test_\w+)`", last)) for name, _, last in table()}
    differing = {name: carried[name] ^ named.get(name, set()) for name in IDS}
    assert {name: sorted(tests) for name, tests in differing.items() if tests} == {}
    assert {name for name, tests in named.items() if not tests} == NOT_IMPLEMENTED


def test_no_test_carries_an_id_that_the_notice_does_not_have() -> None:
    assert {test: ids - set(IDS) for test, ids in ids_of_tests().items() if ids - set(IDS)} == {}


def test_what_is_not_implemented_stands_in_the_architecture_with_its_reason() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| (\w\d\d) \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE))
    pointing = {name for name, _, last in table() if "ARCHITECTURE.md" in last}
    assert set(reasons) == pointing >= NOT_IMPLEMENTED
    assert all(reason.strip() for reason in reasons.values())
