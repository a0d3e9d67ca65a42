"""Holders' names, as people type them and as the public sees them. Pure."""

import re
import unicodedata

_DOTS = re.compile(r"\s*[·・•‧∙⋅．﹒]\s*")
_FEW = 2


def folded(name: str) -> str:
    """Return the name without what people type differently: spaces around it, kinds of middle dot, letter case."""
    composed = unicodedata.normalize("NFC", name)
    return _DOTS.sub("·", re.sub(r"\s+", " ", composed)).strip().casefold()


def masked(name: str) -> str:
    """Return the name with all but its first and last character hidden: 王*明; of two, the first: 李*."""
    if len(name) <= _FEW:
        return name[:1] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
