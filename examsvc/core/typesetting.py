"""PDF by typst: PDF/A-3a and PDF/UA-1, with the service's own fonts. The same files and stamp give the same bytes."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from examsvc.core import fonts

# PDF/UA also makes typst refuse a character that no font can draw, instead of leaving a hole in a name.
STANDARDS = ["a-3a", "ua-1"]
MAIN = "main.typ"


_run: Callable[[Callable[[], bytes]], bytes] = lambda call: call()  # noqa: E731 (a replaceable runner, not a function of this module)


def compile_by(run: Callable[[Callable[[], bytes]], bytes]) -> None:
    """Have documents compiled through `run`, where that holds up nobody else; called by the composition root."""
    global _run  # noqa: PLW0603 (a process has one way)
    _run = run


class CannotBeTypeset(Exception):
    """The document cannot be made, for example for a character without a glyph; says why."""


def check_drawable(text: str) -> None:
    """Raise CannotBeTypeset naming the characters that no font of the service can draw."""
    missing = sorted(fonts.undrawable(text))
    if missing:
        raise CannotBeTypeset("no font draws " + ", ".join(f"U+{ord(char):04X}" for char in missing))


class Typesetter:
    """The compiler and its fonts, read once. System fonts are left out: every machine prints the same.

    For mathematics there are the compiler's own fonts too: of the service's none has the signs of formulas.
    """

    def __init__(self, font_paths: tuple[Path, ...], *, has_mathematics: bool = False) -> None:
        own_fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=has_mathematics,
            font_paths=[str(path) for path in font_paths],
        )
        # Its types do not know that `input` may be files by name, of which main.typ is compiled.
        self._compiler: Any = typst.Compiler(font_paths=own_fonts, ignore_system_fonts=True)
        self._one_at_a_time = threading.Lock()  # the compiler is not made for several threads

    def pdf(self, files: Mapping[str, bytes], *, stamp: datetime) -> bytes:
        """Return the PDF of main.typ, dated `stamp`; raises CannotBeTypeset. Takes seconds for hundreds of pages."""
        with self._one_at_a_time:
            try:
                return _run(lambda: self._compiled(files, stamp))
            except typst.TypstError as error:
                raise CannotBeTypeset(error.message) from error

    def _compiled(self, files: Mapping[str, bytes], stamp: datetime) -> bytes:
        dated = stamp.replace(microsecond=0)
        return bytes(self._compiler.compile(dict(files), format="pdf", pdf_standards=STANDARDS, timestamp=dated))


@cache
def typesetter(font_paths: tuple[Path, ...], *, has_mathematics: bool = False) -> Typesetter:
    """Return the process's typesetter with these fonts."""
    return Typesetter(font_paths, has_mathematics=has_mathematics)
