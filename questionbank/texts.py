"""The texts of an item's content, whatever its type. Pure."""

from collections.abc import Iterator
from typing import Any

SAID = ("stem", "text", "unit")


def of(content: Any) -> Iterator[str]:
    """Yield what a candidate reads of a content: what stands under `stem`, `text` and `unit`, at any depth."""
    yield from (str(text) for text in _under(SAID, content))


def pictures_of(content: Any) -> Iterator[str]:
    """Yield the digests of the media of a content."""
    yield from (str(digest) for digest in _under(("digest",), content))


def _under(names: tuple[str, ...], value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _under(names, part)
    elif isinstance(value, dict):
        yield from (value[name] for name in names if value.get(name))
        yield from (found for part in value.values() for found in _under(names, part))
