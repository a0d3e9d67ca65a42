"""`examsvc bank import FILE --dry-run`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from examsvc.cli import cli


def told(file: Path, text: str, *options: str) -> Result:
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(cli, ["bank", "import", str(file), "--dry-run", *options])


@pytest.mark.parametrize(
    ("text", "exit_code"),
    [("q {T}\n", 0), ("q {T}\n\nbroken {=\n", 1), ("q {T}\n\nonly a text\n", 1), ("hello\n", 2), ("", 2)],
)
def test_the_exit_code_says_whether_all_can_be_imported(tmp_path: Path, text: str, exit_code: int) -> None:
    for options in ((), ("--json",)):
        assert told(tmp_path / "q.txt", text, *options).exit_code == exit_code


def test_the_report_is_json_or_a_text(tmp_path: Path) -> None:
    text = "[html]<b>q</b> {T}\n\nbroken {=\n\nonly a text\n"
    assert json.loads(told(tmp_path / "q.txt", text, "--json").stdout) == {
        "format": "gift",
        "items": 1,
        "by_type": {"TRUE_FALSE": 1},
        "unsupported": [{"where": "line 5", "kind": "description", "detail": "a text without a question"}],
        "warnings": [{"where": "line 1", "code": "formatting_dropped", "detail": "b"}],
        "errors": [{"where": "line 3", "code": "braces_unbalanced", "detail": "a brace is not closed, or not opened"}],
    }
    shown = told(tmp_path / "q.txt", text).stdout
    assert shown.startswith("gift: 1 items\n")
    assert "line 3: a brace is not closed, or not opened [braces_unbalanced]" in shown


def test_a_refused_file_says_its_code(tmp_path: Path) -> None:
    refused = told(tmp_path / "q.txt", "hello\n", "--json")
    assert json.loads(refused.stdout)["refused"]["code"] == "format_unknown"
    assert "[format_unknown]" in refused.stderr
