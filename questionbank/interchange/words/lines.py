"""Lines of a document, whatever it was: the number of the paragraph, its text, what it shows and what got lost."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from questionbank.interchange.model import Medium


@dataclass(frozen=True)
class Line:
    """A paragraph, or a line of a pasted text; `number` counts from 1. `alts` tell what its media
    show by their digests, `losses` are (code, detail) of warnings.
    """

    number: int
    text: str
    media: tuple[Medium, ...] = ()
    alts: Mapping[str, str] = field(default_factory=dict)
    losses: tuple[tuple[str, str], ...] = ()

    @property
    def where(self) -> str:
        return f"¶{self.number}"


class Ahead(Iterator[Line]):
    """Lines of which the next one that is not blank can be seen before it is taken."""

    def __init__(self, lines: Iterable[Line]):
        self._lines = iter(lines)
        self._seen: deque[Line] = deque()

    def __next__(self) -> Line:
        return self._seen.popleft() if self._seen else next(self._lines)

    @property
    def following(self) -> str:
        """Return the next text that is not blank, "" at the end."""
        while not (self._seen and self._seen[-1].text.strip()):
            line = next(self._lines, None)
            if line is None:
                return ""
            self._seen.append(line)
        return self._seen[-1].text
