"""`examsvc …` in this process: a process of its own would load the service anew for every command."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from examsvc.cli import main


@dataclass(frozen=True)
class Ended:
    """What a command printed and the status it left."""

    returncode: int
    stdout: str
    stderr: str


def run(data: Path, *arguments: str, **environ: str) -> Ended:
    """Run a command over a data folder."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["examsvc", *arguments])
        for name, value in {"EXAMSVC_DATA_DIR": str(data), **environ}.items():
            patch.setenv(name, value)
        try:
            main()
        except SystemExit as left:
            status = int(left.code or 0)
    return Ended(status, out.getvalue(), err.getvalue())
