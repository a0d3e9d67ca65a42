"""How names are written: one line, in one Unicode form, rare characters kept, nothing that reads as HTML. Pure."""

import unicodedata

from examsvc.core.errors import Invalid
from examsvc.registry.annexes import forms
from examsvc.registry.errors import HtmlInText


def written(text: str, field: str, *, most: int) -> str:
    """Return a name as it is kept; raises HtmlInText, UnprintableText, Invalid when it is longer than `most`.

    Rare characters pass (GB 18030, extension B); `<` and `>` do not, though every page would show them as text.
    """
    line = bounded(forms.line(normal(text), field), field, most=most)
    if "<" in line or ">" in line:
        raise HtmlInText(field=field)
    return line


def normal(text: str) -> str:
    """Return the text in NFC, so that the same name is the same characters."""
    return unicodedata.normalize("NFC", text)


def bounded(text: str, field: str, *, most: int) -> str:
    """Return the text; raises Invalid when it is longer than `most` characters."""
    if len(text) > most:
        raise Invalid(errors={field: [f"is longer than {most} characters"]})
    return text
