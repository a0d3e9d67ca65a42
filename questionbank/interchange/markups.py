"""A text in one of the formats of Moodle: HTML, plain, Markdown, or HTML whose line breaks count."""

import re

from questionbank.interchange import richtext
from questionbank.interchange.gathering import Gathering

HTML, PLAIN, MARKDOWN, AUTO = "html", "plain_text", "markdown", "moodle_auto_format"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+);")
_MARKED_DOWN = re.compile(r"\*\*|^#+ |^> |`|\]\(|^\s*[*+] ", re.MULTILINE)


def fragment(gathering: Gathering, text: str, told: str) -> str:
    """Return the text as HTML; Markdown is kept as it is written, and named."""
    if told == HTML:
        return text
    if told == AUTO and _TAG.search(text):
        return text.strip().replace("\n", "<br>")
    if told == MARKDOWN and _MARKED_DOWN.search(text):
        gathering.warn("markdown_kept", "the signs of Markdown stand in the text as they are")
    return richtext.markup(text.strip())
