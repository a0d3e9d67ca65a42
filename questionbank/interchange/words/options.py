"""Options at the beginning of a line, several of them in one line as well."""

import re
import unicodedata

from questionbank.interchange.drafts.choices import LETTERS

_FIRST = re.compile(r"\s*[(（【\[]?\s*(?P<letter>[A-J])\s*[.．、:：)）】\]]\s*")
_MARK = r"[(（]?{letter}\s*[.．、:：)）]\s*"
_AFTER_SPACE = r"(?:(?<=[\s;；,，。])){mark}"
_AFTER_ANY = r"(?<![A-Za-z(（]){mark}"


def split(line: str, expected: str) -> list[tuple[str, str]]:
    """Return the options of a line with their letters, none when it does not begin with the letter expected.

    A letter out of its order begins no option: "B 超" within an option's text stays there.
    """
    text = _half_width_letters(line)
    first = _FIRST.match(text)
    if (
        not first
        or first["letter"].upper() != expected
        or (first["letter"].islower() and ")" not in first[0] and "." not in first[0])
    ):
        return []
    options, letter, begin = [], expected, first.end()
    while letter:
        following = _following(letter)
        mark = _next(text, begin, following) if following else None
        end = mark.start() if mark else len(text)
        options.append((letter, text[begin:end].strip(" \t\u3000;；\n")))
        if not mark:
            break
        letter, begin = following, mark.end()
    return options


def _next(text: str, begin: int, letter: str) -> re.Match[str] | None:
    mark = _MARK.format(letter=letter)
    for pattern in (_AFTER_SPACE, _AFTER_ANY):
        if found := re.compile(pattern.format(mark=mark)).search(text, begin):
            return found
    return None


def _following(letter: str) -> str:
    place = LETTERS.index(letter) + 1
    return LETTERS[place] if place < len(LETTERS) else ""


def _half_width_letters(line: str) -> str:
    return "".join(unicodedata.normalize("NFKC", char) if "Ａ" <= char <= "ｚ" else char for char in line)
