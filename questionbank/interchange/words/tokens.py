"""The signs of a LaTeX formula, taken one after the other."""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from questionbank.interchange.words.equations import NotCarried

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_&]|\s+|.", re.DOTALL)
_DEEPEST = 40


class Tokens:
    """What is left of the formula; taking what is not there raises NotCarried."""

    def __init__(self, formula: str):
        self._left: deque[str] = deque(_TOKEN.findall(formula.strip()))
        self._depth = 0

    @property
    def next(self) -> str:
        """Return the next sign without taking it, "" at the end."""
        return self._left[0] if self._left else ""

    def take(self, wanted: str = "") -> str:
        """Return the next sign, which must be the one wanted."""
        if not self._left or (wanted and self._left[0] != wanted):
            raise NotCarried(f"{wanted or 'something'} is missing")
        return self._left.popleft()

    def skip_spaces(self) -> None:
        while self.next.isspace():
            self._left.popleft()

    def braced(self) -> str:
        """Return the text in braces as it stands."""
        self.take("{")
        depth, text = 1, ""
        while depth:
            sign = self.take()
            depth += (sign == "{") - (sign == "}")
            text += sign if depth else ""
        return text

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Raise NotCarried for what is nested deeper than anybody writes."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotCarried("too deep")
        yield
        self._depth -= 1
