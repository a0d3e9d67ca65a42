"""Names of people, as they come to stand on a certificate."""

import unicodedata

from examsvc.core import fonts
from examsvc.delivery.errors import BadName, NameNotDrawable

MOST_CHARACTERS = 60
_ALSO = frozenset(" ·•・.-'’")


def checked(name: str) -> str:
    """Return the name in its composed form with single spaces; raises BadName, NameNotDrawable."""
    composed = " ".join(unicodedata.normalize("NFC", name).split())
    if not 0 < len(composed) <= MOST_CHARACTERS or not all(map(_may_be_in_a_name, composed)):
        raise BadName
    missing = fonts.undrawable(composed)
    if missing:
        raise NameNotDrawable(characters="".join(sorted(missing)))
    return composed


def _may_be_in_a_name(character: str) -> bool:
    # Private-use characters (Co) stand in old files for rare ones; the fonts, not this rule, refuse them.
    return unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Co" or character in _ALSO
