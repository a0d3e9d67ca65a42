"""Pasted papers: plain text as lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from questionbank.interchange import decoding
from questionbank.interchange.words.lines import Line


def lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a text file in any usual encoding; raises Refused."""
    with decoding.opened(path) as file:
        yield from of_text(file)


def of_text(texts: Iterable[str]) -> Iterator[Line]:
    """Yield lines of a text given line by line."""
    return (Line(number, text.replace("\u00a0", " ").rstrip("\r\n")) for number, text in enumerate(texts, start=1))
