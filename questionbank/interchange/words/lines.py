"""Lines of a document, whatever it was: the number of the paragraph, its text, what it shows and what got lost."""

from dataclasses import dataclass

from questionbank.interchange.model import Medium


@dataclass(frozen=True)
class Line:
    """A paragraph, or a line of a pasted text; `number` counts from 1. `losses` are (code, detail) of warnings."""

    number: int
    text: str
    media: tuple[Medium, ...] = ()
    losses: tuple[tuple[str, str], ...] = ()

    @property
    def where(self) -> str:
        return f"¶{self.number}"
