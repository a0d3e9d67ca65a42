"""By what alike items are found: a hash of the plain text, and a MinHash of its trigrams in bands. Pure.

Two items whose trigrams agree by a share s have a band in common with probability 1 - (1 - s**ROWS)**BANDS: nearly
certain from 0.8 upwards, unlikely below 0.3. What is found so is compared exactly (`similarity`).
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np

from questionbank import texts

BANDS, ROWS, GRAM = 16, 4, 3
_SEED = 140
_FACTORS = np.random.default_rng(_SEED).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * 2 + 1


def plain(text: str) -> str:
    """Return the letters and digits of a text: no case, no width, no spaces, no punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def same(content: Mapping[str, Any]) -> str:
    """Return the digest that two contents share which say the same, options in any order, with the same pictures."""
    stem, *others = (plain(text) for text in texts.of(content))
    whole = [stem, *sorted(others), *sorted(texts.pictures_of(content))]
    return hashlib.sha256("\0".join(whole).encode()).hexdigest()


def trigrams(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the runs of three letters of the stem and of every other text; a shorter text is one run."""
    found = (plain(text) for text in texts.of(content))
    return frozenset(
        text[start : start + GRAM] for text in found if text for start in range(max(1, len(text) - GRAM + 1))
    )


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of all trigrams that both hold, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def bands(content: Mapping[str, Any], key: bytes = b"") -> list[int]:
    """Return the numbers (63 bits) under which a content is filed: one for its plain text, others for alike ones.

    With a key they tell nothing to who does not hold it.
    """
    filed = {_number(same(content).encode(), key)}
    runs = [_number(run.encode(), key) for run in trigrams(content)]
    if runs:
        mixed = np.array(runs, dtype=np.uint64)[:, None] * _FACTORS
        least = (mixed >> np.uint64(32)).min(axis=0).reshape(BANDS, ROWS)
        filed |= {_number(bytes([place]) + row.tobytes(), key) for place, row in enumerate(least)}
    return sorted(filed)


def _number(value: bytes, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(value, digest_size=8, key=key).digest()) >> 1
