"""What a text is found by: pairs of Chinese characters, whole Latin words, and every beginning of a code. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_GRAM = 24
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*|[^\W_a-z0-9]+")


def normal(text: str) -> str:
    """Return the text as it is compared: NFKC (full-width letters become plain), case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def of_text(text: str) -> frozenset[str]:
    """Return what the text is found by."""
    return frozenset(gram for word in _words(text) for gram in _of_word(word, whole=False))


def of_texts(texts: Iterable[str]) -> frozenset[str]:
    """Return what any of the texts is found by."""
    return frozenset().union(*(of_text(text) for text in texts))


def of_query(text: str) -> frozenset[str]:
    """Return what a text must be found by to match what somebody typed; empty when nothing searchable was typed."""
    return frozenset(gram for word in _words(text) for gram in _of_word(word, whole=True))


def _words(text: str) -> Iterator[str]:
    return (found.group() for found in _WORD.finditer(normal(text)))


def _of_word(word: str, *, whole: bool) -> Iterator[str]:
    """Latin words and codes are indexed by their beginnings and asked for whole; other scripts by pairs."""
    if word[0].isascii():
        cut = word[:LONGEST_GRAM].rstrip("-") or word[0]
        yield from [cut] if whole else (cut[:end] for end in range(1, len(cut) + 1))
    elif len(word) == 1:
        yield word
    else:
        yield from (word[start : start + 2] for start in range(len(word) - 1))
        yield from () if whole else word
